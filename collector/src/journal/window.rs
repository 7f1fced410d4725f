//! Which events were stored lately, exactly: a filter that is sometimes wrong would lose answers.
//!
//! The latest keys are in memory, those before in sorted files beside the journal, with a small filter
//! in memory that spares most looks at them: a million keys take about 4 MB. Bounded by count and not
//! by time, since a clock may jump. What has left the window and arrives once more becomes a second
//! line, which the report folds into the first.

use super::run::{Packed, Run, pack};
use super::storage::Storage;
use std::collections::{HashSet, VecDeque};
use std::hash::{BuildHasher, RandomState};
use std::io;
use std::path::PathBuf;
use std::sync::Arc;
use survey::accept::EventKey;

/// So many keys are remembered at least.
pub(super) const REMEMBERED: usize = 1_000_000;
/// As many as fit a hash table of 2^17 places, at 21 bytes a place.
const IN_MEMORY: usize = 114_688;
/// A file with fewer keys is not worth a look at each time: they are taken into memory.
const SMALL: usize = 16_384;

pub(super) struct Window {
    latest: HashSet<Packed>,
    /// The newest first.
    runs: VecDeque<Run>,
    hasher: RandomState,
    storage: Arc<dyn Storage>,
    folder: PathBuf,
    spilled: u64,
    sizes: Sizes,
}

/// How many keys are remembered at least, and how many of them in memory at most.
#[derive(Clone, Copy)]
struct Sizes {
    remembered: usize,
    in_memory: usize,
}

impl Window {
    /// Puts what does not stay in memory into this folder.
    pub(super) fn new(storage: Arc<dyn Storage>, folder: PathBuf) -> Self {
        let sizes = Sizes {
            remembered: REMEMBERED,
            in_memory: IN_MEMORY,
        };
        Self::of(sizes, storage, folder)
    }

    fn of(sizes: Sizes, storage: Arc<dyn Storage>, folder: PathBuf) -> Self {
        Self {
            latest: HashSet::new(),
            runs: VecDeque::new(),
            hasher: RandomState::new(),
            storage,
            folder,
            spilled: 0,
            sizes,
        }
    }

    /// Whether the key was stored. Where the disk does not say it counts as new: at worst a line is
    /// there twice, which folding puts right.
    pub(super) fn contains(&self, key: EventKey) -> bool {
        let packed = pack(key);
        if self.latest.contains(&packed) {
            return true;
        }
        if self.runs.is_empty() {
            return false;
        }
        let hash = self.hasher.hash_one(packed);
        self.runs.iter().any(|run| {
            let found = run.contains(&packed, hash);
            found.unwrap_or_else(|error| {
                tracing::error!("cannot read which events are stored: {error}");
                false
            })
        })
    }

    /// Remembers a key that was just stored, and forgets the oldest when it must.
    pub(super) fn insert(&mut self, key: EventKey) {
        self.remember(pack(key));
    }

    fn remember(&mut self, key: Packed) {
        if self.latest.len() >= self.sizes.in_memory {
            self.spill();
        }
        self.latest.insert(key);
    }

    /// Takes in keys that were found on disk, and are older than all so far.
    pub(super) fn insert_older(&mut self, run: Run) -> io::Result<()> {
        if run.len() < SMALL.min(self.sizes.in_memory) {
            run.keys()?.into_iter().for_each(|key| self.remember(key));
        } else {
            self.runs.push_back(run);
        }
        Ok(())
    }

    /// The hashes of its keys are made with this.
    pub(super) fn hasher(&self) -> RandomState {
        self.hasher.clone()
    }

    pub(super) fn len(&self) -> usize {
        self.latest.len() + self.runs.iter().map(Run::len).sum::<usize>()
    }

    pub(super) fn is_full(&self) -> bool {
        self.len() >= self.sizes.remembered
    }

    /// Moves what is in memory to disk, and forgets the oldest file when the rest is enough.
    fn spill(&mut self) {
        let mut keys: Vec<Packed> = self.latest.drain().collect();
        keys.sort_unstable();
        let path = self.folder.join(format!("spill-{:06}.tmp", self.spilled));
        self.spilled += 1;
        let run = match Run::write(self.storage.as_ref(), &path, 0, &keys) {
            Ok(file) => Run::on_disk(file, &keys, &self.hasher),
            Err(error) => {
                tracing::error!(
                    "cannot write which events are stored: {error}; they stay in memory"
                );
                Run::in_memory(keys, &self.hasher)
            }
        };
        // Its name is needed no more, and so it is gone with this process.
        let _ = self.storage.remove(&path);
        self.runs.push_front(run);
        while let Some(oldest) = self.runs.back()
            && self.len() - oldest.len() >= self.sizes.remembered
        {
            self.runs.pop_back();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::memory::{Failure, Memory};
    use super::*;

    fn key(number: usize) -> EventKey {
        EventKey {
            id: number as u128,
            seq: 1,
        }
    }

    fn window(memory: &Memory) -> Window {
        memory.put("index/keep", b"");
        let sizes = Sizes {
            remembered: 30,
            in_memory: 10,
        };
        Window::of(sizes, Arc::new(memory.clone()), "index".into())
    }

    fn assert_remembers(window: &mut Window) {
        for number in 0..1_000 {
            window.insert(key(number));
            let is_remembered = |&past: &usize| window.contains(key(past));
            let remembered = (0..=number).rev().take_while(is_remembered).count();
            let least = (number + 1).min(30);
            assert!(
                remembered >= least && remembered <= 50,
                "{remembered} at {number}"
            );
            assert!(!window.contains(key(number + 1)));
        }
    }

    #[test]
    fn as_many_keys_as_promised_are_remembered_and_not_many_more() {
        let memory = Memory::default();
        assert_remembers(&mut window(&memory));
        assert_eq!(memory.files().len(), 1, "files without a name hold them");
    }

    #[test]
    fn a_disk_that_takes_no_keys_leaves_them_in_memory() {
        let memory = Memory::default();
        let mut window = window(&memory);
        memory.fails(Failure::KilledAt(1));
        assert_remembers(&mut window);
    }

    #[test]
    fn every_part_of_a_key_counts() {
        let memory = Memory::default();
        let mut window = window(&memory);
        window.insert(EventKey { id: 0, seq: 0 });
        for bit in 0..128 {
            let other = EventKey {
                id: 1 << bit,
                seq: 0,
            };
            assert!(!window.contains(other), "{bit}");
        }
        assert!(!window.contains(EventKey { id: 0, seq: 1 }));
    }
}
