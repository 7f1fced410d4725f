//! The journal's files, read as a stranger would: `DATA/events/date=YYYY-MM-DD/NNNNNN.jsonl`.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// The segment files under `data_dir`, oldest first. No `events` folder yet means none.
pub(crate) fn segments(data_dir: &Path) -> Result<Vec<PathBuf>, ReadError> {
    if !data_dir.is_dir() {
        return Err(ReadError::NoFolder(data_dir.to_owned()));
    }
    under(&events_folder(data_dir))
}

/// Likewise those of contacts.
pub(crate) fn contacts(data_dir: &Path) -> Result<Vec<PathBuf>, ReadError> {
    under(&data_dir.join("contacts"))
}

fn under(folder: &Path) -> Result<Vec<PathBuf>, ReadError> {
    if !folder.exists() {
        return Ok(Vec::new());
    }
    let mut segments = Vec::new();
    for day in entries(folder)?
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

/// Is it not compressed?
pub(crate) fn is_plain(segment: &Path) -> bool {
    name(segment).ends_with(".jsonl")
}

/// The number in a segment's name.
pub(crate) fn number(path: &Path) -> Option<u64> {
    name(path).split('.').next()?.parse().ok()
}

/// Where under `data_dir` the lines are.
pub(crate) fn events_folder(data_dir: &Path) -> PathBuf {
    data_dir.join("events")
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
    /// What was read first was no longer there when it was needed again.
    #[error("the journal changed while it was read: {0}\n  ask again")]
    Changed(io::Error),
}

/// So often a journal is read whose oldest parts are removed while they are looked at. That is seldom: what is
/// newer is held, and what changes while it is read is read again by itself (`read/steady.rs`).
const ATTEMPTS: usize = 5;

/// What `read` says once the journal holds still for so long, as it hardly ever does not.
pub(crate) fn steadily<T>(mut read: impl FnMut() -> Result<T, ReadError>) -> Result<T, ReadError> {
    for _ in 1..ATTEMPTS {
        match read() {
            Err(ReadError::Changed(_)) => {}
            done => return done,
        }
    }
    read()
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

/// The day of a segment's lines, as its folder's name has it.
pub(crate) fn day(segment: &Path) -> Option<&str> {
    name(segment.parent()?).strip_prefix("date=")
}

fn is_day(path: &Path) -> bool {
    name(path).starts_with("date=")
}

fn name(path: &Path) -> &str {
    path.file_name()
        .and_then(|name| name.to_str())
        .unwrap_or_default()
}

/// The error of a file or folder that cannot be read, or is gone since it was seen.
pub(crate) fn refused(path: &Path, source: io::Error) -> ReadError {
    if source.kind() == io::ErrorKind::NotFound {
        return ReadError::Changed(source);
    }
    ReadError::Unreadable {
        path: path.to_owned(),
        source,
    }
}
