//! Some of many things, drawn so that neither their order nor their number changes the draw.
//!
//! Each thing has a hash, and those with the lowest hashes are kept: every subset of one size is as
//! likely as any other (bottom-k sampling; Cohen and Kaplan, PODC 2007).

use std::collections::BTreeMap;

use xxhash_rust::xxh3::xxh3_64;

/// At most so many of the things offered.
#[derive(Clone, Debug)]
pub(super) struct Sample<T> {
    kept: BTreeMap<(u64, u128), T>,
    size: usize,
    offered: u64,
}

impl<T> Sample<T> {
    pub(super) fn of(size: usize) -> Self {
        Self {
            kept: BTreeMap::new(),
            size,
            offered: 0,
        }
    }

    /// Offers a thing with its id, which is made only if it is to be kept. A lower rank goes first,
    /// whatever the hash.
    pub(super) fn offer(&mut self, rank: u8, id: u128, thing: impl FnOnce() -> T) {
        self.offered += 1;
        // The rank takes the place of the hash's first byte.
        let hash = xxh3_64(&id.to_le_bytes()) >> 8 | u64::from(rank) << 56;
        let place = (hash, id);
        if self.kept.len() >= self.size {
            match self.kept.last_key_value() {
                Some((last, _)) if *last > place => {}
                _ => return,
            }
            self.kept.pop_last();
        }
        self.kept.insert(place, thing());
    }

    /// Adds a sample of other things: together they are a sample of all.
    pub(super) fn merge(&mut self, other: Self) {
        self.offered += other.offered;
        self.kept.extend(other.kept);
        while self.kept.len() > self.size {
            self.kept.pop_last();
        }
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &T> {
        self.kept.values()
    }

    /// How many were offered.
    pub(super) fn offered(&self) -> u64 {
        self.offered
    }

    pub(super) fn len(&self) -> usize {
        self.kept.len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drawn(ids: impl Iterator<Item = u128>) -> Vec<u128> {
        let mut sample = Sample::of(10);
        for id in ids {
            sample.offer(0, id, || id);
        }
        sample.iter().copied().collect()
    }

    #[test]
    fn the_order_of_things_does_not_change_the_draw() {
        assert_eq!(drawn(0..1_000), drawn((0..1_000).rev()));
        assert_eq!(drawn(0..1_000).len(), 10);
    }

    #[test]
    fn two_samples_are_a_sample_of_all() {
        let offered = |ids: std::ops::Range<u128>| {
            let mut sample = Sample::of(10);
            ids.for_each(|id| sample.offer(0, id, || id));
            sample
        };
        for part in [0, 1, 5, 500, 1_000] {
            let mut merged = offered(0..part);
            merged.merge(offered(part..1_000));
            assert_eq!(merged.offered(), 1_000);
            assert!(merged.iter().eq(offered(0..1_000).iter()), "{part}");
        }
    }

    #[test]
    fn a_lower_rank_goes_first() {
        let mut sample = Sample::of(2);
        for id in 0..100 {
            sample.offer(u8::from(id != 7 && id != 8), id, || id);
        }
        let mut kept: Vec<u128> = sample.iter().copied().collect();
        kept.sort_unstable();
        assert_eq!(kept, [7, 8]);
    }
}
