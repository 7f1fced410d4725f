//! The keys of each sealed segment in a small file of their own, `index/NNNNNN.ids`: a start reads
//! twenty bytes a line and not the lines.
//!
//! It is never more than a copy. Missing, torn, or made for a segment of another length, as after a
//! restored backup, it is made again from the lines.

use super::lines::{self, each_line, key_of, parse};
use super::run::{Packed, Run, pack};
use super::segment::{Form, Found};
use super::storage::{Storage, StorageFile};
use std::hash::RandomState;
use std::io;
use std::path::{Path, PathBuf};

/// The keys of a segment, from its index or, where that is of no use, from its lines.
pub(super) fn keys(
    storage: &dyn Storage,
    index: &Path,
    segment: &Found,
    hasher: &RandomState,
) -> io::Result<Run> {
    let length = storage.length(&segment.path)?;
    if let Some(run) = Run::open(storage, &path(index, segment.number), length, hasher)? {
        return Ok(run);
    }
    // A line found is not yet a line on disk, and only what is on disk may count as stored.
    if segment.form == Form::Plain {
        storage.open(&segment.path)?.sync()?;
    }
    let keys = read(storage, segment)?;
    match write(storage, index, segment, &keys) {
        Ok(file) => Ok(Run::on_disk(file, &keys, hasher)),
        Err(error) => {
            let number = segment.number;
            tracing::warn!("cannot write the index of segment {number}: {error}");
            Ok(Run::in_memory(keys, hasher))
        }
    }
}

/// Makes the index of a sealed segment, unless a good one is there; gives how many keys it has.
pub(super) fn make(storage: &dyn Storage, index: &Path, segment: &Found) -> io::Result<usize> {
    let length = storage.length(&segment.path)?;
    let path = path(index, segment.number);
    if let Some(count) = Run::count(storage, &path, length) {
        return Ok(count);
    }
    let keys = read(storage, segment)?;
    write(storage, index, segment, &keys)?;
    Ok(keys.len())
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

/// The keys in a segment's lines, sorted and each once.
pub(super) fn read(storage: &dyn Storage, segment: &Found) -> io::Result<Vec<Packed>> {
    let doubtful_from = lines::doubtful_from(storage, segment)?;
    let mut keys = Vec::new();
    each_line(storage, segment, |line, after| {
        let key = if after < doubtful_from {
            key_of(line)
        } else {
            parse(line).and_then(|line| line.key())
        };
        keys.extend(key.map(pack));
        Ok(())
    })?;
    keys.sort_unstable();
    keys.dedup();
    Ok(keys)
}
