//! The keys of each sealed segment in a small file of their own, `index/NNNNNN.ids`: a start reads
//! twenty bytes a line and not the lines.
//!
//! It is never more than a copy. Missing, torn, or made for a segment of another length, as after a
//! restored backup, it is made again from the lines.

use super::lines::{self, each_line, key_of, parse};
use super::mark;
use super::run::{Packed, Run, pack};
use super::segment::{Form, Found};
use super::storage::{Storage, StorageFile};
use super::tail;
use super::tally::{Highest, Numbers};
use std::hash::RandomState;
use std::io;
use std::path::{Path, PathBuf};

/// Bytes: few lines are shorter.
const SHORT_LINE: u64 = 128;

/// The keys of a segment, from its index or, where that is of no use, from its lines; then with the numbers
/// of the responses completed in it.
pub(super) fn keys(
    storage: &dyn Storage,
    index: &Path,
    segment: &Found,
    hasher: &RandomState,
) -> io::Result<(Run, Option<Numbers>)> {
    let length = storage.length(&segment.path)?;
    if let Some(run) = Run::open(storage, &path(index, segment.number), length, hasher)? {
        return Ok((run, None));
    }
    let Content { keys, numbers } = stored(storage, segment)?;
    let run = match write(storage, index, segment, &keys) {
        Ok(file) => Run::on_disk(file, &keys, hasher),
        Err(error) => {
            let number = segment.number;
            tracing::warn!("cannot write the index of segment {number}: {error}");
            Run::in_memory(keys, hasher)
        }
    };
    Ok((run, Some(numbers)))
}

/// Makes the index of a sealed segment, unless a good one is there; gives how many keys it has.
pub(super) fn make(storage: &dyn Storage, index: &Path, segment: &Found) -> io::Result<usize> {
    let length = storage.length(&segment.path)?;
    let path = path(index, segment.number);
    if let Some(count) = Run::count(storage, &path, length) {
        return Ok(count);
    }
    let keys = stored(storage, segment)?.keys;
    write(storage, index, segment, &keys)?;
    Ok(keys.len())
}

/// Reads the lines of a segment once they are on disk for certain: a line found need not be, and only what is
/// may count as stored.
pub(super) fn stored(storage: &dyn Storage, segment: &Found) -> io::Result<Content> {
    if segment.form == Form::Plain {
        tail::store_again(storage, segment)?;
    }
    read(storage, segment)
}

/// Writes the index of a segment with these keys, sorted and each once.
pub(super) fn write(
    storage: &dyn Storage,
    index: &Path,
    segment: &Found,
    keys: &[Packed],
) -> io::Result<Box<dyn StorageFile>> {
    let length = storage.length(&segment.path)?;
    Run::write(storage, &path(index, segment.number), length, keys)
}

/// Forgets a segment's index.
pub(super) fn remove(storage: &dyn Storage, index: &Path, number: u64) -> io::Result<()> {
    match storage.remove(&path(index, number)) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        removed => removed,
    }
}

fn path(index: &Path, number: u64) -> PathBuf {
    index.join(format!("{number:06}.ids"))
}

/// What an index is made of, and what else the same lines tell.
pub(super) struct Content {
    /// Sorted and each once.
    pub(super) keys: Vec<Packed>,
    /// Of the responses completed.
    pub(super) numbers: Numbers,
}

fn read(storage: &dyn Storage, segment: &Found) -> io::Result<Content> {
    let doubtful_from = lines::doubtful_from(storage, segment)?;
    // Room that is never written to takes no memory; a list that grows leaves pieces behind.
    let room = storage.length(&segment.path)? / SHORT_LINE;
    let mut keys = Vec::with_capacity(usize::try_from(room).unwrap_or_default());
    let mut highest = Highest::default();
    each_line(storage, segment, |line, after| {
        let key = if after < doubtful_from {
            key_of(line)
        } else {
            parse(line).and_then(|line| line.key())
        };
        keys.extend(key.map(pack));
        if let Some(key) = key
            && let Some(mark) = highest.note(line)
        {
            let completed = mark.is_for_a_quota().then(|| mark::completed(key.id));
            keys.extend(completed.map(pack));
        }
        Ok(())
    })?;
    keys.sort_unstable();
    keys.dedup();
    let numbers = highest.into_numbers();
    Ok(Content { keys, numbers })
}
