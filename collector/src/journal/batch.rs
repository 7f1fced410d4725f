//! What one write and one sync will cover: the new lines of some deliveries, and what each will hear.

use super::delivery::{Delivery, Stored};
use super::window::Window;
use std::collections::HashSet;
use survey::accept::EventKey;

pub(super) struct Batch {
    /// The new lines, each with its newline.
    pub(super) bytes: Vec<u8>,
    /// Their keys, which enter the window only once the bytes are on disk.
    pub(super) keys: HashSet<EventKey>,
    /// One count per delivery, true once the bytes are on disk: a duplicate may have met its original
    /// in this very batch.
    pub(super) counts: Vec<Stored>,
}

impl Batch {
    pub(super) fn of(deliveries: &[Delivery], window: &Window) -> Self {
        let mut batch = Self {
            bytes: Vec::new(),
            keys: HashSet::new(),
            counts: Vec::with_capacity(deliveries.len()),
        };
        for delivery in deliveries {
            let count = batch.add(delivery, window);
            batch.counts.push(count);
        }
        batch
    }

    fn add(&mut self, delivery: &Delivery, window: &Window) -> Stored {
        let mut count = Stored::default();
        for line in &delivery.lines {
            if window.contains(line.key) || !self.keys.insert(line.key) {
                count.duplicates += 1;
            } else {
                count.accepted += 1;
                self.bytes.extend_from_slice(line.text.as_bytes());
                self.bytes.push(b'\n');
            }
        }
        count
    }
}
