//! The bounded queue between requests and the writer.
//!
//! Bounded by count and by bytes, so that a slow disk ends in refusals and never in memory.

use super::delivery::{Delivery, Line, Refused};
use super::gauges::Gauges;
use std::collections::VecDeque;
use std::sync::mpsc::{self, Sender};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};

const MOST_DELIVERIES: usize = 4_096;
const MOST_BYTES: usize = 8 << 20;
/// What one write and one sync take at most, unless a single delivery is larger.
const BATCH_LINES: usize = 4_096;
const BATCH_BYTES: usize = 1 << 20;

/// What the writer is to do next.
pub(super) enum Work {
    /// Store these.
    Store(Vec<Delivery>),
    /// Seal the open segments, and say so.
    Seal(SealReply),
}

/// Hears that the open segments are sealed.
pub(super) type SealReply = Sender<()>;

#[derive(Default)]
pub(super) struct Queue {
    waiting: Mutex<Waiting>,
    changed: Condvar,
    gauges: Arc<Gauges>,
}

#[derive(Default)]
struct Waiting {
    deliveries: VecDeque<Delivery>,
    seals: Vec<SealReply>,
    bytes: usize,
    closed: bool,
    /// Whether the writer sleeps until it is told of work.
    writer_sleeps: bool,
}

impl Queue {
    pub(super) fn new(gauges: Arc<Gauges>) -> Self {
        Self {
            gauges,
            ..Self::default()
        }
    }

    /// Lets the delivery wait for the writer.
    pub(super) fn push(&self, delivery: Delivery) -> Result<(), Refused> {
        let bytes = size(&delivery);
        let mut waiting = self.lock();
        if waiting.closed {
            return Err(Refused::Closed);
        }
        if waiting.deliveries.len() >= MOST_DELIVERIES || waiting.bytes + bytes > MOST_BYTES {
            return Err(Refused::Full);
        }
        waiting.bytes += bytes;
        waiting.deliveries.push_back(delivery);
        self.measure(&waiting);
        self.wake_writer(waiting);
        Ok(())
    }

    /// Waits until the open segments are sealed; false if the writer has ended, and so nothing is open.
    pub(super) fn seal(&self) -> bool {
        let (reply, sealed) = mpsc::channel();
        let mut waiting = self.lock();
        if waiting.closed {
            return false;
        }
        waiting.seals.push(reply);
        self.wake_writer(waiting);
        sealed.recv().is_ok()
    }

    /// Waits for work; `None` once closed and empty. To seal goes first, so that a crowd cannot put it off.
    pub(super) fn take(&self) -> Option<Work> {
        let mut waiting = self.lock();
        loop {
            if let Some(reply) = waiting.seals.pop() {
                return Some(Work::Seal(reply));
            }
            if !waiting.deliveries.is_empty() {
                let batch = waiting.batch();
                self.measure(&waiting);
                return Some(Work::Store(batch));
            }
            if waiting.closed {
                return None;
            }
            waiting.writer_sleeps = true;
            waiting = self
                .changed
                .wait(waiting)
                .unwrap_or_else(PoisonError::into_inner);
        }
    }

    /// Only where it sleeps: to notify is a system call, whether anybody waits or not.
    fn wake_writer(&self, mut waiting: MutexGuard<'_, Waiting>) {
        let sleeps = std::mem::take(&mut waiting.writer_sleeps);
        drop(waiting);
        if sleeps {
            self.changed.notify_one();
        }
    }

    fn measure(&self, waiting: &Waiting) {
        let deliveries = waiting.deliveries.len() as u64;
        self.gauges.queued_deliveries.set(deliveries);
        self.gauges.queued_bytes.set(waiting.bytes as u64);
    }

    /// Takes no more deliveries.
    pub(super) fn close(&self) {
        let mut waiting = self.lock();
        waiting.closed = true;
        // Whoever waits for a seal hears that nobody is left to do it.
        waiting.seals.clear();
        self.wake_writer(waiting);
    }

    fn lock(&self) -> MutexGuard<'_, Waiting> {
        // A panic elsewhere must not take the writer down; the state is whole between statements.
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Waiting {
    fn batch(&mut self) -> Vec<Delivery> {
        let (mut lines, mut bytes) = (0, 0);
        let mut batch = Vec::new();
        while let Some(delivery) = self.deliveries.pop_front() {
            lines += delivery.lines.len();
            bytes += size(&delivery);
            if !batch.is_empty() && (lines > BATCH_LINES || bytes > BATCH_BYTES) {
                self.deliveries.push_front(delivery);
                break;
            }
            self.bytes -= size(&delivery);
            batch.push(delivery);
        }
        batch
    }
}

fn size(delivery: &Delivery) -> usize {
    let contact = |line: &Line| line.contact.as_ref().map_or(0, |contact| contact.len() + 1);
    let lines = delivery.lines.iter();
    lines.map(|line| line.text.len() + 1 + contact(line)).sum()
}

#[cfg(test)]
mod tests {
    use super::super::model::delivery;
    use super::*;
    use std::thread;

    /// How many deliveries the writer would store next.
    fn taken(queue: &Queue) -> Option<usize> {
        match queue.take()? {
            Work::Store(batch) => Some(batch.len()),
            Work::Seal(_) => Some(0),
        }
    }

    #[test]
    fn a_seal_goes_before_what_waits_and_ends_with_the_queue() {
        let queue = Queue::default();
        assert_eq!(queue.push(delivery(0, 10).0), Ok(()));
        thread::scope(|scope| {
            let sealing = scope.spawn(|| queue.seal());
            while !matches!(queue.take(), Some(Work::Seal(reply)) if reply.send(()).is_ok()) {
                assert_eq!(queue.push(delivery(0, 10).0), Ok(()));
            }
            assert!(sealing.join().expect("an end"));
        });
        queue.close();
        assert!(!queue.seal());
    }

    #[test]
    fn what_waits_is_measured() {
        let gauges = Arc::<Gauges>::default();
        let queue = Queue::new(Arc::clone(&gauges));
        assert_eq!(queue.push(delivery(0, 99).0), Ok(()));
        let measured = || (gauges.queued_deliveries.get(), gauges.queued_bytes.get());
        assert_eq!(measured(), (1, 100));
        queue.take();
        assert_eq!(measured(), (0, 0));
    }

    #[test]
    fn a_full_queue_refuses_and_takes_again_once_emptied() {
        let queue = Queue::default();
        for number in 0..MOST_DELIVERIES {
            assert_eq!(queue.push(delivery(number, 10).0), Ok(()), "{number}");
        }
        assert_eq!(queue.push(delivery(0, 10).0), Err(Refused::Full));
        assert_eq!(taken(&queue), Some(BATCH_LINES));
        assert_eq!(queue.push(delivery(0, 10).0), Ok(()));
    }

    #[test]
    fn bytes_are_bounded_as_well_as_the_count() {
        let queue = Queue::default();
        assert_eq!(queue.push(delivery(0, MOST_BYTES - 1).0), Ok(()));
        assert_eq!(queue.push(delivery(1, 0).0), Err(Refused::Full));
    }

    #[test]
    fn a_batch_ends_before_it_grows_too_large_but_is_never_empty() {
        let queue = Queue::default();
        for (number, bytes) in [
            (0, 2 * BATCH_BYTES),
            (1, BATCH_BYTES / 2),
            (2, BATCH_BYTES / 2),
        ] {
            assert_eq!(queue.push(delivery(number, bytes).0), Ok(()));
        }
        let sizes: Vec<_> = (0..3).filter_map(|_| taken(&queue)).collect();
        assert_eq!(sizes, [1, 1, 1]);
    }

    #[test]
    fn a_closed_queue_gives_what_it_has_and_then_ends() {
        let queue = Queue::default();
        assert_eq!(queue.push(delivery(0, 10).0), Ok(()));
        queue.close();
        assert_eq!(queue.push(delivery(1, 10).0), Err(Refused::Closed));
        assert_eq!(taken(&queue), Some(1));
        assert!(queue.take().is_none());
    }
}
