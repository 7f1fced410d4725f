//! Which sequence numbers of an id were seen.

/// An id has a handful, nearly always small ones: those are bits of a word.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Seqs {
    /// Bit `n` stands for number `n`.
    pub(crate) small: u64,
    /// Those from 64 up, sorted.
    pub(crate) large: Vec<u32>,
}

impl Seqs {
    pub(super) fn insert(&mut self, seq: u32) {
        if seq < u64::BITS {
            self.small |= 1 << seq;
        } else if let Err(place) = self.large.binary_search(&seq) {
            self.large.insert(place, seq);
        }
    }

    pub(super) fn merge(&mut self, other: Self) {
        self.small |= other.small;
        for seq in other.large {
            self.insert(seq);
        }
    }

    /// How many different ones.
    pub(super) fn count(&self) -> u64 {
        u64::from(self.small.count_ones()) + self.large.len() as u64
    }
}
