//! A sorted file of keys: looked up where it lies, so that a million keys need no memory.
//!
//! The format is the segment's length in bytes when the keys were collected (8 bytes), the keys in
//! ascending order (20 bytes each: id, then seq, big-endian), and a check sum of both (XXH3, 8 bytes).

use super::filter::Filter;
use super::storage::{Sequential, Storage, StorageFile};
use std::hash::{BuildHasher, RandomState};
use std::io::{self, BufReader, Read, Write};
use std::path::Path;
use survey::accept::EventKey;
use xxhash_rust::xxh3::Xxh3;

/// Twenty bytes where an [`EventKey`] takes 32; sorts as the key does.
pub(super) type Packed = [u8; 20];

const HEAD: usize = 8;
const TAIL: usize = 8;
/// So much is read at a time.
const PIECE: usize = 64 << 10;

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
    /// The keys are read piece by piece: a start must not need memory for them.
    pub(super) fn open(
        storage: &dyn Storage,
        path: &Path,
        length: u64,
        hasher: &RandomState,
    ) -> io::Result<Option<Self>> {
        let Some(count) = Self::count(storage, path, length) else {
            return Ok(None);
        };
        let mut filter = Filter::new(count);
        let add = |key: &Packed| filter.add(hasher.hash_one(key));
        let is_whole = each_key(storage.read(path, 0)?, count, add)?;
        let keys = Keys::Disk(storage.open(path)?);
        Ok(is_whole.then_some(Self {
            keys,
            count,
            filter,
        }))
    }

    /// How many keys are in a file, if it was made for a segment of this length. Its check sum is left
    /// to [`Run::open`].
    pub(super) fn count(storage: &dyn Storage, path: &Path, length: u64) -> Option<usize> {
        let mut head = [0; HEAD];
        storage.read(path, 0).ok()?.read_exact(&mut head).ok()?;
        let bytes = usize::try_from(storage.length(path).ok()?).ok()?;
        let bytes = bytes.checked_sub(HEAD + TAIL)?;
        let is_of_it = u64::from_be_bytes(head) == length && bytes % size_of::<Packed>() == 0;
        is_of_it.then_some(bytes / size_of::<Packed>())
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
        let mut filter = Filter::new(sorted.len());
        for key in sorted {
            filter.add(hasher.hash_one(key));
        }
        Self {
            keys,
            count: sorted.len(),
            filter,
        }
    }

    /// All of them, for where there are few.
    pub(super) fn keys(&self) -> io::Result<Vec<Packed>> {
        match &self.keys {
            Keys::Memory(keys) => Ok(keys.clone()),
            Keys::Disk(file) => {
                let mut keys = vec![Packed::default(); self.count];
                file.read_exact_at(keys.as_flattened_mut(), HEAD as u64)?;
                Ok(keys)
            }
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

/// Calls `each` with the keys of a file that holds so many; says whether its check sum is right.
fn each_key(file: impl Read, count: usize, mut each: impl FnMut(&Packed)) -> io::Result<bool> {
    let mut file = BufReader::with_capacity(PIECE, file);
    let (mut head, mut key, mut tail) = ([0; HEAD], Packed::default(), [0; TAIL]);
    let mut sum = Xxh3::new();
    file.read_exact(&mut head)?;
    sum.update(&head);
    for _ in 0..count {
        file.read_exact(&mut key)?;
        sum.update(&key);
        each(&key);
    }
    file.read_exact(&mut tail)?;
    Ok(sum.digest() == u64::from_be_bytes(tail))
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
        let run = Run::open(&memory, path, 9, &hasher)
            .expect("read")
            .expect("whole");
        assert_eq!(run.keys().expect("read"), written);
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
