//! One series of segments in a folder: lines go to the open one, and each reason to seal begins another.

use super::segment::{Fault, Segment};
use super::storage::Storage;
use jiff::civil::Date;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// The number of the open segment, 0 while there is none. Every other segment is sealed: nobody writes
/// to it any more, and it may be compressed, rewritten or removed.
#[derive(Clone, Debug, Default)]
pub(super) struct Open(Arc<AtomicU64>);

impl Open {
    /// Whether this segment is sealed. Asked after the folder was listed, the answer holds for what
    /// was in the list: a segment is noted here before its file is created.
    pub(super) fn is_sealed(&self, number: u64) -> bool {
        self.0.load(Ordering::SeqCst) != number
    }
}

pub(super) struct Series {
    storage: Arc<dyn Storage>,
    folder: PathBuf,
    segment: Option<Segment>,
    next_number: u64,
    open: Open,
}

impl Series {
    pub(super) fn new(storage: Arc<dyn Storage>, folder: PathBuf, next_number: u64) -> Self {
        Self {
            storage,
            folder,
            segment: None,
            next_number,
            open: Open::default(),
        }
    }

    /// Which of its segments is open.
    pub(super) fn open(&self) -> Open {
        self.open.clone()
    }

    /// Nothing is added to the open segment any more.
    pub(super) fn seal(&mut self) {
        self.segment = None;
        self.open.0.store(0, Ordering::SeqCst);
    }

    /// Puts whole lines on disk, or none of them; says whether a segment was begun for them.
    pub(super) fn append(&mut self, day: Date, bytes: &[u8]) -> Result<bool, Fault> {
        let (mut segment, is_new) = match self.segment.take() {
            Some(segment) if segment.takes(day) => (segment, false),
            _ => (self.begin(day)?, true),
        };
        match segment.append(bytes) {
            Ok(()) => {
                self.segment = Some(segment);
                Ok(is_new)
            }
            Err(fault) => {
                // After a failed sync this is a courtesy to readers: the file is never used again.
                let is_whole = segment.cut_back().is_ok();
                // An error seals, but a full disk must not leave an empty file for every attempt.
                if is_whole && segment.is_empty() && matches!(fault, Fault::Write(_)) {
                    self.segment = Some(segment);
                } else {
                    self.seal();
                }
                Err(fault)
            }
        }
    }

    fn begin(&mut self, day: Date) -> Result<Segment, Fault> {
        let number = self.next_number;
        // Counted even when it fails, since the file may be there by then.
        self.next_number += 1;
        self.open.0.store(number, Ordering::SeqCst);
        Segment::create(self.storage.as_ref(), &self.folder, day, number)
    }
}
