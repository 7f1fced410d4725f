//! A Bloom filter: says for most keys that were never stored that a look at the disk is not needed.
//!
//! It never decides: whatever it cannot rule out is looked up exactly. (Bloom, "Space/time trade-offs
//! in hash coding with allowable errors", CACM 1970; the two halves of one hash stand in for seven, as
//! in Kirsch and Mitzenmacher, "Less hashing, same performance", 2008.)

/// With seven probes, about 1 in 120 unknown keys is not ruled out.
const BITS_A_KEY: usize = 10;
const PROBES: u64 = 7;

pub(super) struct Filter {
    words: Vec<u64>,
}

impl Filter {
    /// For so many keys, none of which is in it yet.
    pub(super) fn new(count: usize) -> Self {
        Self {
            words: vec![0; count * BITS_A_KEY / 64 + 1],
        }
    }

    /// Puts a key in, by its hash.
    pub(super) fn add(&mut self, hash: u64) {
        for (word, bit) in probes(hash, self.words.len()) {
            self.words[word] |= bit;
        }
    }

    /// False only for what was never put in.
    pub(super) fn may_contain(&self, hash: u64) -> bool {
        let mut probes = probes(hash, self.words.len());
        probes.all(|(word, bit)| self.words[word] & bit != 0)
    }
}

fn probes(hash: u64, words: usize) -> impl Iterator<Item = (usize, u64)> {
    let step = (hash >> 32) | 1;
    (0..PROBES).map(move |probe| {
        let place = hash.wrapping_add(probe.wrapping_mul(step)) & 0xffff_ffff;
        // Spreads 32 bits over all words, and takes six others for the bit within.
        let word = (place * words as u64) >> 32;
        let bit = place.wrapping_mul(0x9e37_79b9) >> 26 & 63;
        (word as usize, 1 << bit)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::hash::{BuildHasher, RandomState};

    #[test]
    fn what_was_put_in_is_never_ruled_out_and_most_of_the_rest_is() {
        let state = RandomState::new();
        let hash = |number: u32| state.hash_one(number);
        let mut filter = Filter::new(20_000);
        (0..20_000).map(hash).for_each(|hash| filter.add(hash));
        assert!((0..20_000).all(|number| filter.may_contain(hash(number))));
        let others = (20_000..120_000).filter(|&number| filter.may_contain(hash(number)));
        let others = others.count();
        assert!(others < 2_500, "{others} of 100,000 were not ruled out");
    }
}
