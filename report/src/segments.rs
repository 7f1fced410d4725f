//! The journal's files, read as a stranger would: `DATA/events/date=YYYY-MM-DD/NNNNNN.jsonl`.

use std::fs::{self, File};
use std::io::{self, BufRead, BufReader};
use std::path::{Path, PathBuf};

use crate::line::LineError;

/// The segment files under `data_dir`, oldest first. No `events` folder yet means none.
pub(crate) fn segments(data_dir: &Path) -> Result<Vec<PathBuf>, ReadError> {
    if !data_dir.is_dir() {
        return Err(ReadError::NoFolder(data_dir.to_owned()));
    }
    let events = events_folder(data_dir);
    if !events.exists() {
        return Ok(Vec::new());
    }
    let mut segments = Vec::new();
    for day in entries(&events)?
        .into_iter()
        .filter(|path| path.is_dir() && is_day(path))
    {
        for file in entries(&day)? {
            let packed = name(&file).strip_suffix(".zst");
            // Both exist only after a crash between packing and removing; the plain one counts.
            let is_doubled = packed.is_some_and(|plain| day.join(plain).exists());
            if packed.unwrap_or(name(&file)).ends_with(".jsonl") && !is_doubled {
                segments.push(file);
            }
        }
    }
    // Numbers grow across days, whatever the clock did.
    segments.sort_by_cached_key(|path| (number(path), path.clone()));
    Ok(segments)
}

fn number(path: &Path) -> Option<u64> {
    name(path).split('.').next()?.parse().ok()
}

/// Where under `data_dir` the lines are.
pub(crate) fn events_folder(data_dir: &Path) -> PathBuf {
    data_dir.join("events")
}

/// Hands each line of a file to `visit` with its number, from 1; blank ones are passed over.
pub(crate) fn for_each_line(
    path: &Path,
    mut visit: impl FnMut(u64, LineBytes<'_>),
) -> Result<(), ReadError> {
    let mut each = || -> io::Result<()> {
        let mut source = open(path)?;
        let mut buffer = Vec::new();
        for number in 1.. {
            match next_line(&mut source, &mut buffer)? {
                None => break,
                Some(Ok(bytes)) if bytes.trim_ascii().is_empty() => {}
                Some(line) => visit(number, line),
            }
        }
        Ok(())
    };
    each().map_err(|source| refused(path, source))
}

/// So much is asked of the system at a time.
const READ_BYTES: usize = 256 << 10;

fn open(path: &Path) -> io::Result<Box<dyn BufRead>> {
    let file = File::open(path)?;
    if name(path).ends_with(".zst") {
        let unpacked = zstd::stream::read::Decoder::new(file)?;
        return Ok(Box::new(BufReader::with_capacity(READ_BYTES, unpacked)));
    }
    Ok(Box::new(BufReader::with_capacity(READ_BYTES, file)))
}

/// No line of the collector is nearly as long; what is longer is not one, and is not kept in memory.
pub(crate) const LINE_BYTES_MAX: usize = 1 << 20;

/// The bytes of one line without its end, or the news that it is too long to be one.
pub(crate) type LineBytes<'a> = Result<&'a [u8], TooLong>;

/// The line exceeds [`LINE_BYTES_MAX`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct TooLong;

impl From<TooLong> for LineError {
    fn from(TooLong: TooLong) -> Self {
        Self::TooLong(LINE_BYTES_MAX)
    }
}

/// Why there is no report at all.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// The data folder does not exist.
    #[error(
        "there is no folder `{}`\n  name the collector's data folder with `--data`, or start `hark serve` once: it makes one",
        .0.display()
    )]
    NoFolder(PathBuf),
    /// The system refused a folder or a file.
    #[error("cannot read `{}`: {source}\n  may this user read it?", .path.display())]
    Unreadable {
        /// What was to be read.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
}

fn next_line<'b>(
    source: &mut impl BufRead,
    buffer: &'b mut Vec<u8>,
) -> io::Result<Option<LineBytes<'b>>> {
    buffer.clear();
    let limit = LINE_BYTES_MAX as u64 + 1;
    if io::Read::take(&mut *source, limit).read_until(b'\n', buffer)? == 0 {
        return Ok(None);
    }
    if let Some(line) = buffer.strip_suffix(b"\n") {
        return Ok(Some(Ok(line)));
    }
    if buffer.len() > LINE_BYTES_MAX {
        source.skip_until(b'\n')?;
        return Ok(Some(Err(TooLong)));
    }
    Ok(Some(Ok(buffer)))
}

fn entries(folder: &Path) -> Result<Vec<PathBuf>, ReadError> {
    let listing = fs::read_dir(folder).and_then(|listing| {
        listing
            .map(|entry| entry.map(|entry| entry.path()))
            .collect::<io::Result<Vec<_>>>()
    });
    let mut paths = listing.map_err(|source| refused(folder, source))?;
    paths.sort();
    Ok(paths)
}

fn is_day(path: &Path) -> bool {
    name(path).starts_with("date=")
}

fn name(path: &Path) -> &str {
    path.file_name()
        .and_then(|name| name.to_str())
        .unwrap_or_default()
}

fn refused(path: &Path, source: io::Error) -> ReadError {
    ReadError::Unreadable {
        path: path.to_owned(),
        source,
    }
}
