//! What one write and one sync will cover: the new lines of some deliveries, and what each will hear.

use super::delivery::{Delivery, Stored};
use super::window::Window;
use std::collections::HashSet;
use survey::accept::EventKey;

#[derive(Default)]
pub(super) struct Batch {
    /// The new lines, each with its newline.
    pub(super) bytes: Vec<u8>,
    /// The contacts left with them, each with its newline.
    pub(super) contacts: Vec<u8>,
    /// Their keys, which enter the window only once the bytes are on disk.
    pub(super) keys: HashSet<EventKey>,
    /// One count per delivery, true once the bytes are on disk: a duplicate may have met its original
    /// in this very batch.
    pub(super) counts: Vec<Stored>,
}

impl Batch {
    pub(super) fn of(deliveries: &[Delivery], window: &Window) -> Self {
        let mut batch = Self::default();
        for delivery in deliveries {
            let count = batch.add(delivery, window);
            batch.counts.push(count);
        }
        batch
    }

    fn add(&mut self, delivery: &Delivery, window: &Window) -> Stored {
        let mut count = Stored::default();
        for line in &delivery.lines {
            let is_known = |key| window.contains(key) || !self.keys.insert(key);
            if line.key.is_some_and(is_known) {
                count.duplicates += 1;
            } else {
                count.accepted += 1;
                add_line(&mut self.bytes, &line.text);
                if let Some(contact) = &line.contact {
                    add_line(&mut self.contacts, contact);
                }
            }
        }
        count
    }

    /// How many of both kinds there are.
    pub(super) fn count(&self) -> (usize, usize) {
        let lines = |bytes: &[u8]| memchr::memchr_iter(b'\n', bytes).count();
        (lines(&self.bytes), lines(&self.contacts))
    }
}

fn add_line(bytes: &mut Vec<u8>, line: &str) {
    bytes.extend_from_slice(line.as_bytes());
    bytes.push(b'\n');
}
