//! Reads the journal: every segment into runs, the runs into one stream of folded impressions.

mod segment;
mod steady;

use std::io;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use crate::cache::{self, Cache};
use crate::cases::StoredDeed;
use crate::erasure::Erasures;
use crate::fold::{Folded, Key};
use crate::merge::Merge;
use crate::names::Names;
use crate::run::{Block, BytesAt, Folding, PLACES_KEPT, StoredRun, Wanted};
use crate::segments::{self, ReadError};
use crate::summary::{Lines, Place};

/// Each thread needs memory for a segment.
const THREADS_MAX: usize = 4;

/// So many bytes of runs may stay in memory; what is more goes into temporary files.
const MEMORY_BYTES_MAX: usize = 32 << 20;

/// How far the reading is: bytes of segments looked at, of all there are.
pub type Progress<'p> = &'p (dyn Fn(u64, u64) + Sync);

/// Everything read, ready to be told impression by impression.
pub(crate) struct Reading {
    runs: Vec<StoredRun>,
    pub(crate) names: Names,
    erasures: Erasures,
    pub(crate) lines: Lines,
    /// The latest receipt, in microseconds since 1970; 0 if there is none.
    pub(crate) newest: i64,
    /// Holds what may neither stay in memory nor be kept; gone with the reading.
    _spilled: Option<tempfile::TempDir>,
}

impl Reading {
    /// Reads every segment under `data_dir`, or what was kept of it.
    pub(crate) fn of(data_dir: &Path, progress: Progress<'_>) -> Result<Self, ReadError> {
        let cache = Cache::under(data_dir);
        let segments = steady::read(data_dir, &cache, progress)?;
        let (mut paths, mut read) = (Vec::new(), Vec::new());
        for (path, runs) in segments {
            read.extend(runs.into_iter().map(|run| (path.clone(), run)));
            paths.push(path);
        }
        let mut reading = Self {
            runs: Vec::new(),
            names: Names::default(),
            erasures: Erasures::default(),
            lines: Lines::default(),
            newest: 0,
            _spilled: spill(&mut read).map_err(|source| segments::refused(data_dir, source))?,
        };
        for (path, run) in read {
            reading.add(&path, run);
        }
        cache.keep_only(&paths);
        Ok(reading)
    }

    fn add(&mut self, segment: &Path, mut run: StoredRun) {
        let index = &mut run.index;
        self.erasures.merge(&index.erasures, self.runs.len() as u64);
        self.names.merge(std::mem::take(&mut index.names));
        self.lines.read += index.lines.read;
        self.lines.unreadable += index.lines.unreadable;
        self.newest = self.newest.max(index.lines.newest.unwrap_or(0));
        let room = PLACES_KEPT.saturating_sub(self.lines.unreadable_places.len());
        let places = std::mem::take(&mut index.lines.places);
        let places = places.into_iter().take(room).map(|place| Place {
            file: segment.to_owned(),
            line: place.line,
            reason: place.reason,
        });
        self.lines.unreadable_places.extend(places);
        self.runs.push(run);
    }

    /// Tells each impression once, in the order of ids, which is nearly that of time.
    pub(crate) fn for_each(
        &self,
        wanted: Wanted,
        each: impl FnMut(&Key, Folded),
    ) -> Result<(), ReadError> {
        self.merge(wanted)
            .tell(0, None, each)
            .map_err(ReadError::Changed)
    }

    /// The same, with the events of the page's own that shop figures are made of.
    pub(crate) fn for_each_and_event(
        &self,
        wanted: Wanted,
        each: impl FnMut(&Key, Folded),
    ) -> Result<(), ReadError> {
        let merge = Merge {
            told: true,
            ..self.merge(wanted)
        };
        merge.tell(0, None, each).map_err(ReadError::Changed)
    }

    /// The same of the ids from `first` to `last`.
    pub(crate) fn for_ids(
        &self,
        first: u128,
        last: u128,
        wanted: Wanted,
        each: impl FnMut(&Key, Folded),
    ) -> Result<(), ReadError> {
        self.merge(wanted)
            .tell(first, last.checked_add(1), each)
            .map_err(ReadError::Changed)
    }

    /// Tells what staff did, but for what is forgotten.
    pub(crate) fn for_each_deed(&self, mut each: impl FnMut(StoredDeed)) -> Result<(), ReadError> {
        for (moment, run) in self.runs.iter().enumerate() {
            for deed in run.deeds().map_err(ReadError::Changed)? {
                if !self.erasures.hide_deed(&deed, moment as u64) {
                    each(deed);
                }
            }
        }
        Ok(())
    }

    /// Tells each impression once to one of several tellers, who hear different ids, each in its
    /// own thread.
    pub(crate) fn for_each_apart<T: Send>(
        &self,
        wanted: Wanted,
        teller: impl Fn() -> T + Sync,
        each: impl Fn(&mut T, &Key, Folded) + Sync,
    ) -> Result<Vec<T>, ReadError> {
        let bounds = self.bounds(threads());
        let tell = |from: u128, to: Option<u128>| {
            let mut heard = teller();
            self.merge(wanted)
                .tell(from, to, |key, folded| each(&mut heard, key, folded))
                .map(|()| heard)
        };
        let told: Vec<io::Result<T>> = thread::scope(|scope| {
            let started: Vec<_> = bounds
                .iter()
                .enumerate()
                .map(|(place, &from)| {
                    let to = bounds.get(place + 1).copied();
                    scope.spawn(move || tell(from, to))
                })
                .collect();
            started.into_iter().map(joined).collect()
        });
        told.into_iter()
            .collect::<io::Result<_>>()
            .map_err(ReadError::Changed)
    }

    fn merge(&self, wanted: Wanted) -> Merge<'_> {
        Merge {
            runs: &self.runs,
            names: &self.names,
            erasures: &self.erasures,
            wanted,
            told: false,
        }
    }

    /// Ids that part all impressions into about equal shares, the first from 0.
    fn bounds(&self, shares: usize) -> Vec<u128> {
        let blocks = self.runs.iter().flat_map(|run| &run.index.blocks);
        let mut firsts: Vec<u128> = blocks.map(Block::first_id).collect();
        firsts.sort_unstable();
        let mut bounds = vec![0];
        bounds.extend((1..shares).filter_map(|share| firsts.get(firsts.len() * share / shares)));
        bounds.dedup();
        bounds
    }
}

/// The runs of these segments, read by several threads.
fn all(
    paths: &[PathBuf],
    newest: Option<&PathBuf>,
    cache: &Cache,
    progress: Progress<'_>,
) -> Vec<io::Result<Vec<StoredRun>>> {
    let next = AtomicUsize::new(0);
    let reader = segment::Reader::new(paths, newest, cache, progress);
    let done: Mutex<Vec<_>> = Mutex::new(Vec::new());
    thread::scope(|scope| {
        for _ in 0..threads().min(paths.len()) {
            scope.spawn(|| {
                let mut folding = Folding::default();
                while let Some(path) = paths.get(next.fetch_add(1, Ordering::Relaxed)) {
                    let runs = reader.read(path, &mut folding);
                    if let Ok(mut done) = done.lock() {
                        done.push((path, runs));
                    }
                }
            });
        }
    });
    let mut done = done.into_inner().unwrap_or_default();
    done.sort_by_key(|(path, _)| paths.iter().position(|known| known == *path));
    done.into_iter().map(|(_, runs)| runs).collect()
}

/// Moves runs into temporary files until the rest may stay in memory.
fn spill(read: &mut [(PathBuf, StoredRun)]) -> io::Result<Option<tempfile::TempDir>> {
    let mut in_memory: usize = read.iter().map(|(_, run)| bytes_in_memory(run)).sum();
    let mut folder = None;
    for (place, (_, run)) in read.iter_mut().enumerate() {
        if in_memory <= MEMORY_BYTES_MAX {
            break;
        }
        in_memory -= bytes_in_memory(run);
        let folder = match &mut folder {
            Some(folder) => folder,
            None => folder.insert(tempfile::tempdir()?),
        };
        cache::store(run, folder.path().join(place.to_string()), &true)?;
    }
    Ok(folder)
}

fn bytes_in_memory(run: &StoredRun) -> usize {
    match &run.place {
        BytesAt::Memory(bytes) => bytes.len(),
        BytesAt::File { .. } => 0,
    }
}

fn threads() -> usize {
    thread::available_parallelism().map_or(1, |threads| threads.get().min(THREADS_MAX))
}

fn joined<T>(thread: thread::ScopedJoinHandle<'_, io::Result<T>>) -> io::Result<T> {
    match thread.join() {
        Ok(told) => told,
        Err(panic) => std::panic::resume_unwind(panic),
    }
}
