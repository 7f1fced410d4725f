//! The bounded queue between requests and the writer.
//!
//! Bounded by count and by bytes, so that a slow disk ends in refusals and never in memory.

use super::delivery::{Delivery, Refused};
use std::collections::VecDeque;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

const MOST_DELIVERIES: usize = 4_096;
const MOST_BYTES: usize = 8 << 20;
/// What one write and one sync take at most, unless a single delivery is larger.
const BATCH_LINES: usize = 4_096;
const BATCH_BYTES: usize = 1 << 20;

#[derive(Default)]
pub(super) struct Queue {
    waiting: Mutex<Waiting>,
    changed: Condvar,
}

#[derive(Default)]
struct Waiting {
    deliveries: VecDeque<Delivery>,
    bytes: usize,
    closed: bool,
}

impl Queue {
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
        drop(waiting);
        self.changed.notify_one();
        Ok(())
    }

    /// Waits for deliveries and takes a batch of them; `None` once closed and empty.
    pub(super) fn take(&self) -> Option<Vec<Delivery>> {
        let mut waiting = self.lock();
        while waiting.deliveries.is_empty() {
            if waiting.closed {
                return None;
            }
            waiting = self
                .changed
                .wait(waiting)
                .unwrap_or_else(PoisonError::into_inner);
        }
        Some(waiting.batch())
    }

    /// Takes no more deliveries.
    pub(super) fn close(&self) {
        self.lock().closed = true;
        self.changed.notify_all();
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
    delivery.lines.iter().map(|line| line.text.len() + 1).sum()
}

#[cfg(test)]
mod tests {
    use super::super::model::delivery;
    use super::*;

    #[test]
    fn a_full_queue_refuses_and_takes_again_once_emptied() {
        let queue = Queue::default();
        for number in 0..MOST_DELIVERIES {
            assert_eq!(queue.push(delivery(number, 10).0), Ok(()), "{number}");
        }
        assert_eq!(queue.push(delivery(0, 10).0), Err(Refused::Full));
        assert_eq!(queue.take().map(|batch| batch.len()), Some(BATCH_LINES));
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
        let sizes: Vec<_> = (0..3)
            .filter_map(|_| queue.take())
            .map(|batch| batch.len())
            .collect();
        assert_eq!(sizes, [1, 1, 1]);
    }

    #[test]
    fn a_closed_queue_gives_what_it_has_and_then_ends() {
        let queue = Queue::default();
        assert_eq!(queue.push(delivery(0, 10).0), Ok(()));
        queue.close();
        assert_eq!(queue.push(delivery(1, 10).0), Err(Refused::Closed));
        assert_eq!(queue.take().map(|batch| batch.len()), Some(1));
        assert!(queue.take().is_none());
    }
}
