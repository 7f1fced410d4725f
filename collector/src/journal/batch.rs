//! What one write and one sync will cover: the new lines of some deliveries, and what each will hear.

use super::delivery::{Delivery, Line, Stored};
use super::mark::{self, Completion, Mark};
use super::tally::{Numbers, Tally};
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
    /// How many responses will have been completed then, of each survey that some of these complete.
    pub(super) numbers: Numbers,
    /// One count per delivery, true once the bytes are on disk: a duplicate may have met its original
    /// in this very batch.
    pub(super) counts: Vec<Stored>,
}

impl Batch {
    pub(super) fn of(deliveries: &[Delivery], window: &Window, tally: &Tally) -> Self {
        let mut batch = Self::default();
        for delivery in deliveries {
            let count = batch.add(delivery, window, tally);
            batch.counts.push(count);
        }
        batch
    }

    fn add(&mut self, delivery: &Delivery, window: &Window, tally: &Tally) -> Stored {
        let mut count = Stored::default();
        for line in &delivery.lines {
            let is_known = |key| window.contains(key) || !self.keys.insert(key);
            if line.key.is_some_and(is_known) {
                count.duplicates += 1;
            } else {
                count.accepted += 1;
                match self.mark(line, window, tally) {
                    Some(mark) => mark.put_on(&line.text, &mut self.bytes),
                    None => add_line(&mut self.bytes, &line.text),
                }
                if let Some(contact) = &line.contact {
                    add_line(&mut self.contacts, contact);
                }
            }
        }
        count
    }

    /// Counts the response that a new line completes, or says that it is one too many. Where there is a
    /// quota, what a response completes again is not counted again.
    fn mark(&mut self, line: &Line, window: &Window, tally: &Tally) -> Option<Mark> {
        let (key, Completion { subject, quota }) = (line.key?, line.completes.as_ref()?);
        if quota.is_some() {
            let completed = mark::completed(key.id);
            if window.contains(completed) || !self.keys.insert(completed) {
                return None;
            }
        }
        if !self.numbers.contains_key(subject) {
            self.numbers.insert(subject.clone(), tally.of(subject));
        }
        let number = self.numbers.get_mut(subject)?;
        if quota.is_some_and(|quota| *number >= u64::from(quota)) {
            return Some(Mark::OverQuota);
        }
        *number += 1;
        Some(Mark::Counted {
            number: *number,
            quota: *quota,
        })
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
