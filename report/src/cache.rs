//! Runs of sealed segments, kept under `DATA/cache` so that the next report need not read the lines.
//!
//! Nothing depends on it: a kept run whose segment has changed is not looked at, one whose bytes
//! have is thrown away, and the folder may be deleted at any time. It holds answers, so whoever
//! erases or retires lines calls [`forget`].

use std::collections::HashSet;
use std::ffi::OsString;
use std::fs::{self, File};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;
use xxhash_rust::xxh3::{Xxh3, xxh3_64};

use crate::run::{BytesAt, Index, StoredRun};

/// Changes whenever a kept run would be read or made otherwise than before.
const VERSION: u32 = 5;

/// After the blocks and the index: both lengths, a checksum of all before it, and this.
const END: &[u8; 8] = b"hark-run";
const TRAILER_BYTES: usize = 8 + 8 + 8 + END.len();

/// The folder of kept runs.
pub(crate) struct Cache {
    folder: PathBuf,
}

/// A segment as it was when it was looked at: its path, length, time of change and inode.
pub(crate) struct Segment<'s> {
    pub(crate) path: &'s Path,
    pub(crate) bytes: u64,
    identity: u64,
}

/// Removes what reports have kept of the lines under `data_dir`. The next report reads them anew.
///
/// # Errors
/// When the folder is there and cannot be removed.
pub fn forget(data_dir: &Path) -> io::Result<()> {
    match fs::remove_dir_all(folder(data_dir)) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        done => done,
    }
}

fn folder(data_dir: &Path) -> PathBuf {
    data_dir.join("cache")
}

impl<'s> Segment<'s> {
    pub(crate) fn look(path: &'s Path) -> io::Result<Self> {
        let metadata = fs::metadata(path)?;
        let seen = format!(
            "{VERSION} {} {} {}.{:09} {}",
            path.display(),
            metadata.len(),
            metadata.mtime(),
            metadata.mtime_nsec(),
            metadata.ino()
        );
        Ok(Self {
            path,
            bytes: metadata.len(),
            identity: xxh3_64(seen.as_bytes()),
        })
    }

    /// A segment in very many pieces has several runs.
    fn name(&self, part: usize) -> OsString {
        format!("{}-{part}.run", self.stem()).into()
    }

    fn stem(&self) -> String {
        let name = self.path.file_name().unwrap_or_default().to_string_lossy();
        let number = name.split('.').next().unwrap_or_default();
        format!("{number}-{:016x}", self.identity)
    }
}

impl Cache {
    pub(crate) fn under(data_dir: &Path) -> Self {
        Self {
            folder: folder(data_dir),
        }
    }

    /// All runs of a segment, if they are kept and whole.
    pub(crate) fn load(&self, segment: &Segment<'_>) -> Option<Vec<StoredRun>> {
        let mut runs = Vec::new();
        loop {
            let path = self.folder.join(segment.name(runs.len()));
            let (index, is_last) = read_index(&path).ok()??;
            runs.push(StoredRun {
                place: BytesAt::File(path),
                index,
            });
            if is_last {
                return Some(runs);
            }
        }
    }

    /// Keeps the runs of a segment, and has them read from there; in memory they stay if they cannot
    /// be kept, as in a folder that may only be read.
    pub(crate) fn keep(&self, segment: &Segment<'_>, runs: &mut [StoredRun]) -> io::Result<()> {
        fs::create_dir_all(&self.folder)?;
        let last = runs.len().saturating_sub(1);
        for (part, run) in runs.iter_mut().enumerate() {
            let path = self.folder.join(segment.name(part));
            store(run, path, part == last)?;
        }
        Ok(())
    }

    /// Removes what is kept of segments that are gone or have changed.
    ///
    /// What is kept of the others stays even where this report has no use for it: another one may be
    /// reading it, or writing what is not yet a run.
    pub(crate) fn keep_only(&self, segments: &[PathBuf]) {
        let current: HashSet<String> = segments
            .iter()
            .filter_map(|path| Segment::look(path).ok())
            .map(|segment| segment.stem())
            .collect();
        let entries = fs::read_dir(&self.folder).into_iter().flatten().flatten();
        for entry in entries {
            let name = entry.file_name();
            let name = name.to_string_lossy();
            let stem = name.rsplit_once('-').map_or("", |(stem, _)| stem);
            if name.ends_with(".run") && !current.contains(stem) {
                // Another report may have been quicker, or the folder may only be read.
                let _ = fs::remove_file(entry.path());
            }
        }
    }
}

/// Writes a run into a file of its own, complete or not at all, and has it read from there.
pub(crate) fn store(run: &mut StoredRun, path: PathBuf, is_last: bool) -> io::Result<()> {
    let BytesAt::Memory(blocks) = &run.place else {
        return Ok(());
    };
    let index = serde_json::to_vec(&(&run.index, is_last))?;
    let mut sum = Xxh3::new();
    let folder = path.parent().unwrap_or(Path::new("."));
    let mut file = NamedTempFile::new_in(folder)?;
    let lengths = [blocks.len(), index.len()].map(|length| (length as u64).to_le_bytes());
    for part in [&blocks[..], &index, &lengths[0], &lengths[1]] {
        sum.update(part);
        file.write_all(part)?;
    }
    file.write_all(&sum.digest().to_le_bytes())?;
    file.write_all(END)?;
    file.persist(&path)?;
    run.place = BytesAt::File(path);
    Ok(())
}

/// The index of a kept run, once all its bytes have been found to be as they were written.
fn read_index(path: &Path) -> io::Result<Option<(Index, bool)>> {
    let mut file = File::open(path)?;
    let length = file.metadata()?.len();
    let Some(index_end) = length.checked_sub(TRAILER_BYTES as u64) else {
        return Ok(None);
    };
    let mut trailer = [0; TRAILER_BYTES];
    file.seek(SeekFrom::Start(index_end))?;
    file.read_exact(&mut trailer)?;
    let number = |at: usize| {
        let bytes = trailer
            .get(at..at + 8)
            .and_then(|bytes| bytes.try_into().ok());
        bytes.map_or(0, u64::from_le_bytes)
    };
    let (blocks, index) = (number(0), number(8));
    let fits = blocks.checked_add(index) == Some(index_end);
    if !trailer.ends_with(END) || !fits {
        return Ok(None);
    }
    let mut sum = Xxh3::new();
    let mut buffer = vec![0; 256 << 10];
    file.seek(SeekFrom::Start(0))?;
    hash(&mut (&mut file).take(blocks), &mut buffer, &mut sum)?;
    let mut text = vec![0; index as usize];
    file.read_exact(&mut text)?;
    sum.update(&text);
    sum.update(trailer.get(..16).unwrap_or_default());
    if sum.digest() != number(16) {
        return Ok(None);
    }
    Ok(serde_json::from_slice(&text).ok())
}

fn hash(source: &mut impl Read, buffer: &mut [u8], sum: &mut Xxh3) -> io::Result<()> {
    loop {
        match source.read(buffer)? {
            0 => return Ok(()),
            read => sum.update(buffer.get(..read).unwrap_or_default()),
        }
    }
}
