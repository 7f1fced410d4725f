//! A sorted file of keys: looked up where it lies, so that a million keys need no memory.
//!
//! The format is the segment's length in bytes when the keys were collected (8 bytes), the keys in
//! ascending order (20 bytes each: id, then seq, big-endian), and a check sum of both (XXH3, 8 bytes).

use super::filter::Filter;
use super::storage::{Sequential, Storage, StorageFile};
use std::hash::{BuildHasher, RandomState};
use std::io::{self, Read, Write};
use std::path::Path;
use survey::accept::EventKey;
use xxhash_rust::xxh3::Xxh3;

/// Twenty bytes where an [`EventKey`] takes 32; sorts as the key does.
pub(super) type Packed = [u8; 20];

const HEAD: usize = 8;
const TAIL: usize = 8;

/// Keys on disk, or in memory where the disk refused them.
pub(super) struct Run {
    keys: Keys,
    count: usize,
    filter: Filter,
}

enum Keys {
    Disk(Box<dyn StorageFile>),
    Memory(Vec<Packed>),
}

impl Run {
    /// Writes the keys, sorted and each once, for a segment of this length. They are not synced: what
    /// a crash leaves of the file fails its check sum, and the segment is read again.
    pub(super) fn write(
        storage: &dyn Storage,
        path: &Path,
        length: u64,
        keys: &[Packed],
    ) -> io::Result<Box<dyn StorageFile>> {
        let mut file = Sequential::create(storage, path)?;
        let mut sum = Xxh3::new();
        for part in [&length.to_be_bytes()[..], keys.as_flattened()] {
            sum.update(part);
            file.write_all(part)?;
        }
        file.write_all(&sum.digest().to_be_bytes())?;
        Ok(file.into_file())
    }

    /// Opens what [`Run::write`] left; `None` if it is not whole or of another length of the segment.
    pub(super) fn open(
        storage: &dyn Storage,
        path: &Path,
        length: u64,
        hasher: &RandomState,
    ) -> io::Result<Option<(Self, Vec<Packed>)>> {
        let mut bytes = Vec::with_capacity(usize::try_from(storage.length(path)?).unwrap_or(0));
        storage.read(path, 0)?.read_to_end(&mut bytes)?;
        let Some((keys, rest)) = whole(&bytes, length) else {
            return Ok(None);
        };
        if !rest.is_empty() {
            return Ok(None);
        }
        let keys = keys.to_vec();
        drop(bytes);
        let run = Self::new(Keys::Disk(storage.open(path)?), &keys, hasher);
        Ok(Some((run, keys)))
    }

    /// How many keys are in a file, if it was made for a segment of this length. Its check sum is left
    /// to [`Run::open`].
    pub(super) fn count(storage: &dyn Storage, path: &Path, length: u64) -> Option<usize> {
        let mut head = [0; HEAD];
        storage.read(path, 0).ok()?.read_exact(&mut head).ok()?;
        let bytes = usize::try_from(storage.length(path).ok()?).ok()?;
        let keys = bytes.checked_sub(HEAD + TAIL)? / size_of::<Packed>();
        (u64::from_be_bytes(head) == length).then_some(keys)
    }

    /// Keys that were just written to this file.
    pub(super) fn on_disk(
        file: Box<dyn StorageFile>,
        keys: &[Packed],
        hasher: &RandomState,
    ) -> Self {
        Self::new(Keys::Disk(file), keys, hasher)
    }

    /// Keys that no disk would take.
    pub(super) fn in_memory(keys: Vec<Packed>, hasher: &RandomState) -> Self {
        let run = Self::new(Keys::Memory(Vec::new()), &keys, hasher);
        Self {
            keys: Keys::Memory(keys),
            ..run
        }
    }

    fn new(keys: Keys, sorted: &[Packed], hasher: &RandomState) -> Self {
        let hashes = sorted.iter().map(|key| hasher.hash_one(key));
        Self {
            keys,
            count: sorted.len(),
            filter: Filter::of(sorted.len(), hashes),
        }
    }

    pub(super) const fn len(&self) -> usize {
        self.count
    }

    /// Whether the key is in it, for certain.
    pub(super) fn contains(&self, key: &Packed, hash: u64) -> io::Result<bool> {
        if !self.filter.may_contain(hash) {
            return Ok(false);
        }
        match &self.keys {
            Keys::Memory(keys) => Ok(keys.binary_search(key).is_ok()),
            Keys::Disk(file) => search(file.as_ref(), self.count, key),
        }
    }
}

fn search(file: &dyn StorageFile, count: usize, key: &Packed) -> io::Result<bool> {
    let (mut low, mut high) = (0, count);
    let mut found = Packed::default();
    while low < high {
        let middle = low.midpoint(high);
        let offset = HEAD + middle * size_of::<Packed>();
        file.read_exact_at(&mut found, offset as u64)?;
        match found.cmp(key) {
            std::cmp::Ordering::Less => low = middle + 1,
            std::cmp::Ordering::Greater => high = middle,
            std::cmp::Ordering::Equal => return Ok(true),
        }
    }
    Ok(false)
}

/// The keys in a file that is whole and of this length of the segment, and what is no key behind them.
fn whole(bytes: &[u8], length: u64) -> Option<(&[Packed], &[u8])> {
    let (content, sum) = bytes.split_last_chunk::<TAIL>()?;
    let (head, keys) = content.split_first_chunk::<HEAD>()?;
    let is_whole = xxhash_rust::xxh3::xxh3_64(content) == u64::from_be_bytes(*sum)
        && u64::from_be_bytes(*head) == length;
    is_whole.then_some(keys.as_chunks())
}

pub(super) fn pack(key: EventKey) -> Packed {
    let mut packed = Packed::default();
    packed[..16].copy_from_slice(&key.id.to_be_bytes());
    packed[16..].copy_from_slice(&key.seq.to_be_bytes());
    packed
}

#[cfg(test)]
mod tests {
    use super::super::memory::Memory;
    use super::*;

    fn keys(numbers: impl Iterator<Item = u32>) -> Vec<Packed> {
        let key = |seq| pack(EventKey { id: 7 << 80, seq });
        numbers.map(key).collect()
    }

    #[test]
    fn each_key_written_is_found_and_no_other() {
        let memory = Memory::default();
        memory.put("index/keep", b"");
        let path = Path::new("index/1.ids");
        let hasher = RandomState::new();
        let written = keys((0..1_000).map(|number| 2 * number));
        Run::write(&memory, path, 9, &written).expect("written");
        let (run, read) = Run::open(&memory, path, 9, &hasher)
            .expect("read")
            .expect("whole");
        assert_eq!(read, written);
        for key in keys(0..2_000) {
            let found = run.contains(&key, hasher.hash_one(key)).expect("read");
            assert_eq!(found, written.contains(&key), "{key:?}");
        }
    }

    #[test]
    fn a_file_changed_in_any_byte_or_of_another_segment_is_not_believed() {
        let memory = Memory::default();
        memory.put("index/keep", b"");
        let path = Path::new("index/1.ids");
        let hasher = RandomState::new();
        Run::write(&memory, path, 9, &keys(0..3)).expect("written");
        assert!(
            Run::open(&memory, path, 8, &hasher)
                .expect("read")
                .is_none()
        );
        let whole = memory.files()[path].clone();
        for place in 0..whole.len() {
            let mut changed = whole.clone();
            changed[place] ^= 1;
            memory.put("index/1.ids", &changed);
            assert!(
                Run::open(&memory, path, 9, &hasher)
                    .expect("read")
                    .is_none()
            );
            memory.put("index/1.ids", &whole[..place]);
            assert!(
                Run::open(&memory, path, 9, &hasher)
                    .expect("read")
                    .is_none()
            );
        }
    }
}
