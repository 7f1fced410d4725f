//! Which events were stored lately, exactly: a filter that is sometimes wrong would lose answers.
//!
//! Bounded by count and not by time, since a clock may jump. What has left the window and arrives once
//! more becomes a second line, which the report folds into the first.

use std::collections::HashSet;
use survey::accept::EventKey;

/// As many keys as fit a hash table of 2^19 places, at 21 bytes a place.
const GENERATION: usize = 458_752;
const GENERATIONS: usize = 3;

/// Remembers the last 917,504 keys at least and 1,376,256 at most, in up to 33 MB.
pub(super) struct Window {
    /// The newest first.
    generations: [HashSet<Packed>; GENERATIONS],
    size: usize,
}

/// Twenty bytes where an [`EventKey`] takes 32, for its alignment.
type Packed = [u32; 5];

impl Default for Window {
    fn default() -> Self {
        Self::of(GENERATION)
    }
}

impl Window {
    fn of(size: usize) -> Self {
        Self {
            generations: Default::default(),
            size,
        }
    }

    pub(super) fn contains(&self, key: EventKey) -> bool {
        let packed = pack(key);
        self.generations
            .iter()
            .any(|generation| generation.contains(&packed))
    }

    /// Remembers a key that was just stored, and forgets the oldest generation when it must.
    pub(super) fn insert(&mut self, key: EventKey) {
        if self.generations[0].len() >= self.size {
            self.generations.rotate_right(1);
            self.generations[0].clear();
        }
        self.generations[0].insert(pack(key));
    }

    /// Remembers a key older than all so far, while there is room: for filling at start, newest first.
    pub(super) fn insert_older(&mut self, key: EventKey) {
        let size = self.size;
        if let Some(roomy) = self.generations.iter_mut().find(|keys| keys.len() < size) {
            roomy.insert(pack(key));
        }
    }

    pub(super) fn is_full(&self) -> bool {
        self.generations
            .iter()
            .all(|generation| generation.len() >= self.size)
    }
}

fn pack(key: EventKey) -> Packed {
    let id = key.id;
    [
        (id >> 96) as u32,
        (id >> 64) as u32,
        (id >> 32) as u32,
        id as u32,
        key.seq,
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(number: usize) -> EventKey {
        EventKey {
            id: number as u128,
            seq: 1,
        }
    }

    #[test]
    fn at_least_two_generations_are_remembered_and_at_most_three() {
        let mut window = Window::of(10);
        for number in 0..1_000 {
            window.insert(key(number));
            let remembered = (0..=number)
                .filter(|&past| window.contains(key(past)))
                .count();
            assert!(
                remembered > number.min(20) && remembered <= 30,
                "{remembered} at {number}"
            );
            assert!(window.contains(key(number)));
        }
    }

    #[test]
    fn every_part_of_a_key_counts() {
        let mut window = Window::default();
        window.insert(EventKey { id: 0, seq: 0 });
        for bit in 0..128 {
            assert!(
                !window.contains(EventKey {
                    id: 1 << bit,
                    seq: 0
                }),
                "{bit}"
            );
        }
        assert!(!window.contains(EventKey { id: 0, seq: 1 }));
    }

    #[test]
    fn what_was_filled_in_at_start_leaves_oldest_first() {
        let mut window = Window::of(10);
        for number in (0..40).rev() {
            window.insert_older(key(number));
        }
        assert!(window.is_full());
        assert!(!window.contains(key(9)), "there was no room for the oldest");
        window.insert(key(40));
        let remembered: Vec<_> = (0..=40)
            .filter(|&past| window.contains(key(past)))
            .collect();
        assert_eq!(remembered, (20..=40).collect::<Vec<_>>());
    }
}
