//! A collector's two threads without threads, for tests: each step is taken when it is asked for.

use super::answering::answering;
use super::delivery::{Delivery, Line};
use super::erase::Erasure;
use super::folders::Folders;
use super::keeper::{Keeper, Retention};
use super::memory::Memory;
use super::queue::Queue;
use super::recovery::recover;
use super::storage::Storage;
use super::writer::Writer;
use jiff::Timestamp;
use jiff::civil::Date;
use std::path::Path;
use std::sync::Arc;

/// What such a process keeps lines and contacts for.
pub(super) const RETENTION: Retention = Retention {
    days: 395,
    contact_days: 90,
};

/// A running collector's two threads, taken step by step.
pub(super) struct Process {
    pub(super) writer: Writer,
    pub(super) keeper: Keeper,
}

impl Process {
    pub(super) fn start(memory: &Memory) -> std::io::Result<Self> {
        let storage: Arc<dyn Storage> = Arc::new(memory.clone());
        let folders = Folders::of(Path::new("data"));
        folders.create(memory)?;
        let recovered = recover(&storage, &folders)?;
        let gauges = Arc::default();
        let tally = Arc::clone(&recovered.tally);
        let writer = Writer::new(
            &storage,
            &folders,
            recovered,
            Arc::default(),
            Arc::clone(&gauges),
            answering().0,
        );
        let (open_events, open_contacts) = writer.open();
        let queue = Arc::new(Queue::default());
        // What it would ask the writer for is done here.
        queue.close();
        let keeper = Keeper {
            storage,
            folders,
            queue,
            open_events,
            open_contacts,
            retention: Some(RETENTION),
            health: Arc::default(),
            gauges,
            tally,
            clock: Timestamp::now,
            forget: |_| Ok(()),
            hold_back: |_, _| Ok(()),
        };
        keeper.clean()?;
        Ok(Self { writer, keeper })
    }

    /// Whether a request's lines were stored.
    pub(super) fn store(&mut self, day: Date, lines: Vec<Line>) -> bool {
        let (delivery, mut answer) = Delivery::new(day, lines);
        self.writer.store(vec![delivery]);
        answer.try_recv().expect("an answer").is_ok()
    }

    /// Whether all of it is done; if not, what is still to be done, with what was found out.
    pub(super) fn erase(&mut self, day: Date, erasure: &mut Erasure) -> bool {
        let line = |text| Line {
            key: None,
            text,
            contact: None,
            completes: None,
        };
        let lines = erasure.lines("now").into_iter().map(line).collect();
        if !self.store(day, lines) {
            return false;
        }
        self.writer.seal();
        let Ok(resolved) = self.keeper.resolve(erasure) else {
            return false;
        };
        *erasure = resolved;
        self.keeper.erase(erasure).is_ok()
    }
}
