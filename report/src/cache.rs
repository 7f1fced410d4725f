//! Runs of segments, kept under `DATA/cache` so that the next report need not read the lines: all of a sealed
//! one, and those of the newest that are full.
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

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use tempfile::NamedTempFile;
use xxhash_rust::xxh3::{Xxh3, xxh3_64};

use crate::lines::Reached;
use crate::owner;
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
    pub(crate) identity: u64,
}

/// How far into its segment a full run reaches, and what its last line was: should the collector have taken
/// that line back, because it could not be synced, another one stands there.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct End {
    pub(crate) reached: Reached,
    line_bytes: u64,
    line_sum: u64,
}

impl End {
    /// After this line, which ends with a newline.
    pub(crate) fn after(reached: Reached, line: &[u8]) -> Self {
        Self {
            reached,
            line_bytes: line.len() as u64,
            line_sum: xxh3_64(line),
        }
    }

    fn is_still_there(&self, path: &Path) -> bool {
        let read = || {
            let mut file = File::open(path)?;
            let start = self.reached.bytes.saturating_sub(self.line_bytes + 1);
            file.seek(SeekFrom::Start(start))?;
            let mut line = Vec::new();
            file.take(self.line_bytes + 1).read_to_end(&mut line)?;
            io::Result::Ok(line)
        };
        let line = read().unwrap_or_default();
        let line = line.strip_suffix(b"\n");
        line.is_some_and(|line| xxh3_64(line) == self.line_sum)
    }
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

/// Where what is kept is.
pub(crate) fn folder(data_dir: &Path) -> PathBuf {
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

    /// The one that may still grow, as it is known however long it is.
    pub(crate) fn growing(path: &'s Path) -> io::Result<Self> {
        let metadata = fs::metadata(path)?;
        let seen = format!("{VERSION} {} grows {}", path.display(), metadata.ino());
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
            let (index, is_last) = read_index::<bool>(&path).ok()??;
            runs.push(StoredRun {
                place: BytesAt::file(path),
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
        owner::create_folder(&self.folder)?;
        let last = runs.len().saturating_sub(1);
        for (part, run) in runs.iter_mut().enumerate() {
            let path = self.folder.join(segment.name(part));
            store(run, path, &(part == last))?;
        }
        Ok(())
    }

    /// The full runs of a segment that grows, and how far they reach.
    pub(crate) fn load_full(&self, segment: &Segment<'_>) -> (Vec<StoredRun>, Reached) {
        let (mut runs, mut reached) = (Vec::new(), Reached::default());
        loop {
            let path = self.folder.join(segment.name(runs.len()));
            let Ok(Some((index, end))) = read_index::<End>(&path) else {
                return (runs, reached);
            };
            if !end.is_still_there(segment.path) {
                return (runs, reached);
            }
            reached = end.reached;
            runs.push(StoredRun {
                place: BytesAt::file(path),
                index,
            });
        }
    }

    /// Keeps one of them, the next one.
    pub(crate) fn keep_full(
        &self,
        segment: &Segment<'_>,
        part: usize,
        run: &mut StoredRun,
        end: &End,
    ) -> io::Result<()> {
        owner::create_folder(&self.folder)?;
        store(run, self.folder.join(segment.name(part)), end)
    }

    /// Removes what is kept of segments that are gone or have changed.
    ///
    /// What is kept of the others stays even where this report has no use for it: another one may be
    /// reading it, or writing what is not yet a run.
    pub(crate) fn keep_only(&self, segments: &[PathBuf]) {
        let growing = segments.last().map(|path| Segment::growing(path));
        let current: HashSet<String> = segments
            .iter()
            .map(|path| Segment::look(path))
            .chain(growing)
            .filter_map(|segment| Some(segment.ok()?.stem()))
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
pub(crate) fn store(run: &mut StoredRun, path: PathBuf, end: &impl Serialize) -> io::Result<()> {
    let BytesAt::Memory(blocks) = &run.place else {
        return Ok(());
    };
    let index = serde_json::to_vec(&(&run.index, end))?;
    let mut sum = Xxh3::new();
    let folder = owner::above(&path);
    let mut file = NamedTempFile::new_in(folder)?;
    owner::give_to_owner_of(folder, file.as_file())?;
    let lengths = [blocks.len(), index.len()].map(|length| (length as u64).to_le_bytes());
    for part in [&blocks[..], &index, &lengths[0], &lengths[1]] {
        sum.update(part);
        file.write_all(part)?;
    }
    file.write_all(&sum.digest().to_le_bytes())?;
    file.write_all(END)?;
    file.persist(&path)?;
    run.place = BytesAt::file(path);
    Ok(())
}

/// The index of a kept run, once all its bytes have been found to be as they were written.
fn read_index<E: DeserializeOwned>(path: &Path) -> io::Result<Option<(Index, E)>> {
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
