//! Reads the segments until all that was read is what is there. Segments are packed, rewritten and removed
//! while they are read: those that changed are read again, and only those.

use std::collections::HashMap;
use std::io;
use std::path::{Path, PathBuf};

use super::{Progress, all};
use crate::cache::{Cache, Segment};
use crate::run::StoredRun;
use crate::segments::{self, ReadError};

/// Each round reads what has changed since the one before and so is shorter, unless the journal changes more
/// quickly than it can be read.
const ROUNDS_MAX: usize = 200;

/// So many runs are kept open, those of the newest segments. The others are so old that nothing happens to
/// them but their removal.
const OPEN_MAX: usize = 256;

/// A segment, and what was read of it.
pub(super) type Read = (PathBuf, Vec<StoredRun>);

/// Every segment under `data_dir` as it was at one moment, the oldest first. Its newest runs can be read
/// though they are removed meanwhile.
pub(super) fn read(
    data_dir: &Path,
    cache: &Cache,
    progress: Progress<'_>,
) -> Result<Vec<Read>, ReadError> {
    let mut known: HashMap<PathBuf, (u64, Vec<StoredRun>)> = HashMap::new();
    for _ in 0..ROUNDS_MAX {
        let Some(there) = identities(data_dir)? else {
            continue;
        };
        known.retain(|path, (identity, _)| there.contains(&(path.clone(), *identity)));
        let changed = there.iter().filter(|(path, _)| !known.contains_key(path));
        let changed: Vec<(PathBuf, u64)> = changed.cloned().collect();
        if changed.is_empty() {
            let mut read = take(&mut known, &there);
            if hold(&mut read)? {
                return Ok(read);
            }
            continue;
        }
        let newest = there.last().map(|(path, _)| path);
        let paths: Vec<PathBuf> = changed.iter().map(|(path, _)| path.clone()).collect();
        for ((path, identity), runs) in changed
            .into_iter()
            .zip(all(&paths, newest, cache, progress))
        {
            match runs {
                Ok(runs) => {
                    known.insert(path, (identity, runs));
                }
                // Packed or removed since it was listed; the next round knows.
                Err(gone) if gone.kind() == io::ErrorKind::NotFound => {}
                Err(source) => return Err(segments::refused(&path, source)),
            }
        }
    }
    Err(ReadError::Changed(io::Error::other(
        "its segments are replaced more quickly than they can be read",
    )))
}

/// Each segment as it is now; `None` where one went meanwhile.
fn identities(data_dir: &Path) -> Result<Option<Vec<(PathBuf, u64)>>, ReadError> {
    let paths = match segments::segments(data_dir) {
        Err(ReadError::Changed(_)) => return Ok(None),
        listed => listed?,
    };
    let newest = paths.last().cloned();
    let mut there = Vec::new();
    for path in paths {
        let identity = if newest.as_ref() == Some(&path) && segments::is_plain(&path) {
            Segment::growing(&path).map(|segment| segment.identity)
        } else {
            Segment::look(&path).map(|segment| segment.identity)
        };
        match identity {
            Ok(identity) => there.push((path, identity)),
            Err(gone) if gone.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(source) => return Err(segments::refused(&path, source)),
        }
    }
    Ok(Some(there))
}

/// What is known, in the order of the segments.
fn take(
    known: &mut HashMap<PathBuf, (u64, Vec<StoredRun>)>,
    there: &[(PathBuf, u64)],
) -> Vec<Read> {
    let paths = there.iter().map(|(path, _)| path);
    paths
        .filter_map(|path| Some((path.clone(), known.remove(path)?.1)))
        .collect()
}

/// Opens the newest of the runs that are in files; gives whether all were there.
fn hold(read: &mut [Read]) -> Result<bool, ReadError> {
    let newest = read.iter_mut().rev();
    let runs = newest.flat_map(|(_, runs)| runs.iter_mut().rev());
    for run in runs.take(OPEN_MAX) {
        match run.place.hold() {
            Ok(()) => {}
            Err(gone) if gone.kind() == io::ErrorKind::NotFound => return Ok(false),
            // As where no more files may be open: it is then opened for each of its blocks.
            Err(_) => return Ok(true),
        }
    }
    Ok(true)
}
