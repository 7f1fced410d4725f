//! The one thread that writes: every rule by which an acknowledged line is on disk stands here.

use super::answering::{Answer, Answering};
use super::batch::Batch;
use super::delivery::{Delivery, Refused, Stored};
use super::folders::Folders;
use super::gauges::Gauges;
use super::health::Health;
use super::queue::{Queue, Work};
use super::recovery::Recovered;
use super::segment::Fault;
use super::series::{Open, Series};
use super::storage::Storage;
use super::tally::Tally;
use super::window::Window;
use jiff::civil::Date;
use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant};

/// So many failed syncs in a row are no hiccup: a supervisor and an operator should see it.
const MOST_FAILED_SYNCS: u32 = 8;
/// So many requests stored at once are a crowd. A lone visitor is in none, and never waits.
const CROWD: usize = 8;
/// How long a crowd gathers before it is stored together. On a fast disk the time of a sync is too short
/// for that, and waking threads for a few requests each takes more of the processor than storing them.
const GATHERING: Duration = Duration::from_micros(500);

/// Why the writer ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Ending {
    /// The queue was closed, and all it held is on disk.
    Drained,
    /// The disk failed to sync again and again.
    GaveUp,
}

pub(super) struct Writer {
    events: Series,
    contacts: Series,
    window: Window,
    tally: Arc<Tally>,
    failed_syncs: u32,
    health: Arc<Health>,
    gauges: Arc<Gauges>,
    answering: Answering,
}

impl Writer {
    pub(super) fn new(
        storage: &Arc<dyn Storage>,
        folders: &Folders,
        recovered: Recovered,
        health: Arc<Health>,
        gauges: Arc<Gauges>,
        answering: Answering,
    ) -> Self {
        let series = |folder, next| Series::new(Arc::clone(storage), folder, next);
        gauges.known_keys.set(recovered.window.len() as u64);
        Self {
            events: series(folders.events.clone(), recovered.next_event_segment),
            contacts: series(folders.contacts.clone(), recovered.next_contact_segment),
            window: recovered.window,
            tally: recovered.tally,
            failed_syncs: 0,
            health,
            gauges,
            answering,
        }
    }

    /// Which segments of events and of contacts are open.
    pub(super) fn open(&self) -> (Open, Open) {
        (self.events.open(), self.contacts.open())
    }

    /// Stores what the queue brings until it is closed and empty, or the disk is given up.
    pub(super) fn run(mut self, queue: &Queue) -> Ending {
        while let Some(work) = queue.take() {
            match work {
                Work::Store(deliveries) => {
                    let is_crowd = deliveries.len() >= CROWD;
                    self.store_by_day(deliveries);
                    if is_crowd {
                        thread::sleep(GATHERING);
                    }
                }
                Work::Seal(reply) => {
                    self.seal();
                    // Whoever asked may have gone.
                    let _ = reply.send(());
                }
            }
            if self.failed_syncs >= MOST_FAILED_SYNCS {
                queue.close();
                return Ending::GaveUp;
            }
        }
        self.seal();
        Ending::Drained
    }

    fn store_by_day(&mut self, mut deliveries: Vec<Delivery>) {
        while !deliveries.is_empty() {
            let rest = deliveries.split_off(same_day(&deliveries));
            self.store(deliveries);
            deliveries = rest;
        }
    }

    /// Adds nothing to the open segments any more.
    pub(super) fn seal(&mut self) {
        self.events.seal();
        self.contacts.seal();
    }

    /// Stores deliveries of one day with one sync, then answers each of them.
    pub(super) fn store(&mut self, deliveries: Vec<Delivery>) {
        let Some(day) = deliveries.first().map(|delivery| delivery.day) else {
            return;
        };
        let mut batch = Batch::of(&deliveries, &self.window, &self.tally);
        let stored = self.persist(day, &batch);
        if !batch.bytes.is_empty() {
            self.note(&stored, &batch);
        }
        if stored.is_ok() {
            for &key in &batch.keys {
                self.window.insert(key);
            }
            self.gauges.known_keys.set(self.window.len() as u64);
            self.tally.raise(std::mem::take(&mut batch.numbers));
            if !batch.bytes.is_empty() {
                self.gauges.news.tell();
            }
        }
        let answer = |(delivery, count): (Delivery, Stored)| {
            if stored.is_ok() {
                self.gauges.freshness.note(delivery.handed_in.elapsed());
                self.gauges.duplicates.add(count.duplicates);
            }
            Answer {
                reply: delivery.reply,
                stored: stored
                    .as_ref()
                    .map(|()| count)
                    .map_err(|_| Refused::Failing),
            }
        };
        let answers = deliveries.into_iter().zip(batch.counts).map(answer);
        self.answering.answer(answers.collect());
    }

    /// Contacts first: whoever is told that an answer is stored is told so of the contact as well.
    fn persist(&mut self, day: Date, batch: &Batch) -> Result<(), Fault> {
        for (series, bytes) in [
            (&mut self.contacts, &batch.contacts),
            (&mut self.events, &batch.bytes),
        ] {
            if !bytes.is_empty() {
                let began = Instant::now();
                let has_begun_segment = series.append(day, bytes)?;
                self.gauges.syncs.note(began.elapsed());
                self.gauges.segments.add(usize::from(has_begun_segment));
            }
        }
        Ok(())
    }

    /// Keeps readiness and the row of failed syncs, and tells the log when either way it turns.
    fn note(&mut self, stored: &Result<(), Fault>, batch: &Batch) {
        let (lines, contacts) = batch.count();
        let has_turned = self.health.note(stored.is_ok());
        let requests = batch.counts.len();
        match stored {
            Ok(()) => {
                self.failed_syncs = 0;
                self.gauges.lines.add(lines);
                self.gauges.contacts.add(contacts);
                self.gauges.bytes.add(batch.bytes.len());
                if has_turned {
                    tracing::info!("storing again");
                }
            }
            Err(Fault::Write(error)) => {
                self.gauges.refused.add(lines);
                if has_turned {
                    tracing::error!(
                        "cannot write to the data folder: {error}; requests refused: {requests}"
                    );
                }
            }
            Err(Fault::Sync(error)) => {
                self.failed_syncs += 1;
                self.gauges.failed_syncs.add(1);
                self.gauges.refused.add(lines);
                tracing::error!(
                    "cannot sync the data folder: {error}; requests refused: {requests}"
                );
            }
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
