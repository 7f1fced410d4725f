//! The one thread that writes: every rule by which an acknowledged line is on disk stands here.

use super::answering::{Answer, Answering};
use super::batch::Batch;
use super::delivery::{Delivery, Refused, Stored};
use super::queue::Queue;
use super::recovery::Recovered;
use super::segment::{Fault, Segment};
use super::storage::Storage;
use super::window::Window;
use jiff::civil::Date;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// So many failed syncs in a row are no hiccup: a supervisor and an operator should see it.
const MOST_FAILED_SYNCS: u32 = 8;

/// Why the writer ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Ending {
    /// The queue was closed, and all it held is on disk.
    Drained,
    /// The disk failed to sync again and again.
    GaveUp,
}

pub(super) struct Writer {
    storage: Box<dyn Storage>,
    events: PathBuf,
    segment: Option<Segment>,
    next_number: u64,
    window: Window,
    failed_syncs: u32,
    writable: Arc<AtomicBool>,
    answering: Answering,
}

impl Writer {
    pub(super) fn new(
        storage: Box<dyn Storage>,
        events: PathBuf,
        recovered: Recovered,
        writable: Arc<AtomicBool>,
        answering: Answering,
    ) -> Self {
        Self {
            storage,
            events,
            segment: None,
            next_number: recovered.next_number,
            window: recovered.window,
            failed_syncs: 0,
            writable,
            answering,
        }
    }

    /// Stores what the queue brings until it is closed and empty, or the disk is given up.
    pub(super) fn run(mut self, queue: &Queue) -> Ending {
        while let Some(mut deliveries) = queue.take() {
            while !deliveries.is_empty() {
                let rest = deliveries.split_off(same_day(&deliveries));
                self.store(deliveries);
                deliveries = rest;
            }
            if self.failed_syncs >= MOST_FAILED_SYNCS {
                queue.close();
                return Ending::GaveUp;
            }
        }
        Ending::Drained
    }

    /// Stores deliveries of one day with one sync, then answers each of them.
    pub(super) fn store(&mut self, deliveries: Vec<Delivery>) {
        let Some(day) = deliveries.first().map(|delivery| delivery.day) else {
            return;
        };
        let Batch {
            bytes,
            keys,
            counts,
        } = Batch::of(&deliveries, &self.window);
        let stored = self.persist(day, &bytes);
        self.note(&stored, counts.len());
        if stored.is_ok() {
            keys.into_iter().for_each(|key| self.window.insert(key));
        }
        let answer = |(delivery, count): (Delivery, Stored)| Answer {
            reply: delivery.reply,
            stored: stored
                .as_ref()
                .map(|()| count)
                .map_err(|_| Refused::Failing),
        };
        let answers = deliveries.into_iter().zip(counts).map(answer);
        self.answering.answer(answers.collect());
    }

    fn persist(&mut self, day: Date, bytes: &[u8]) -> Result<(), Fault> {
        if bytes.is_empty() {
            return Ok(());
        }
        let mut segment = match self.segment.take() {
            Some(segment) if segment.takes(day) => segment,
            _ => self.next_segment(day)?,
        };
        let stored = segment.append(bytes);
        let usable = match &stored {
            Ok(()) => true,
            Err(Fault::Write(_)) => segment.cut_back().is_ok(),
            // Cutting back is a courtesy to readers here: this file is never synced again.
            Err(Fault::Sync(_)) => {
                let _ = segment.cut_back();
                false
            }
        };
        self.segment = usable.then_some(segment);
        stored
    }

    fn next_segment(&mut self, day: Date) -> Result<Segment, Fault> {
        let number = self.next_number;
        // Counted even when it fails, since the file may be there by then.
        self.next_number += 1;
        Segment::create(self.storage.as_ref(), &self.events, day, number)
    }

    /// Keeps readiness and the row of failed syncs, and tells the log when either way it turns.
    fn note(&mut self, stored: &Result<(), Fault>, deliveries: usize) {
        self.failed_syncs = match stored {
            Ok(()) => 0,
            Err(Fault::Write(_)) => self.failed_syncs,
            Err(Fault::Sync(_)) => self.failed_syncs + 1,
        };
        let was_writable = self.writable.swap(stored.is_ok(), Ordering::Relaxed);
        match stored {
            Ok(()) if !was_writable => tracing::info!("storing again"),
            Err(Fault::Write(error)) if was_writable => {
                tracing::error!(
                    "cannot write to the data folder: {error}; requests refused: {deliveries}"
                );
            }
            Err(Fault::Sync(error)) => {
                tracing::error!(
                    "cannot sync the data folder: {error}; requests refused: {deliveries}"
                );
            }
            _ => {}
        }
    }
}

/// How many deliveries at the front share the first one's day.
fn same_day(deliveries: &[Delivery]) -> usize {
    let day = deliveries.first().map(|delivery| delivery.day);
    deliveries
        .iter()
        .take_while(|delivery| Some(delivery.day) == day)
        .count()
}
