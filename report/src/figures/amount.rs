//! Amounts, of money or pages, counted: their mean, their median, and how far two groups of them are apart.

use std::collections::BTreeMap;

use super::difference::{self, Difference};
use super::interval::{Estimate, Interval};
use super::mean::{self, Moments};
use super::median;

/// So many different amounts are kept apart. There are fewer prices in most shops, and 1.5 MB of them.
const DIFFERENT_MAX: usize = 1 << 16;

/// How often each amount was met; none is below zero. Memory does not grow with how many there are: beyond
/// [`DIFFERENT_MAX`] different ones, all are rounded to as many binary digits as leave fewer.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Amounts {
    /// By the bits of the number, whose order is that of numbers that are not negative.
    counts: BTreeMap<u64, u64>,
    n: u64,
    /// So many of the last bits are rounded away.
    rounded_bits: u32,
}

impl Amounts {
    /// Counts one more; what is below zero counts as zero.
    pub(crate) fn add(&mut self, amount: f64) {
        self.add_times(amount, 1);
    }

    /// Counts one more, so many times.
    pub(crate) fn add_times(&mut self, amount: f64, count: u64) {
        if count > 0 {
            self.put(amount.max(0.0).to_bits(), count);
        }
    }

    /// Adds what was counted elsewhere.
    pub(crate) fn merge(&mut self, other: &Self) {
        for (&bits, &count) in &other.counts {
            self.put(bits, count);
        }
    }

    /// How many there are.
    pub(crate) const fn n(&self) -> u64 {
        self.n
    }

    /// The mean and its 95 % t interval, none of it below zero; `None` without values.
    ///
    /// Money is skewed: from few values the interval is too narrow at its upper end (Johnson, Journal of the
    /// American Statistical Association, 1978), one reason why figures of fewer than thirty are preliminary.
    pub(crate) fn mean(&self) -> Option<Estimate> {
        let moments = self.moments()?;
        let interval = mean::student(&moments);
        Some(Estimate {
            value: moments.mean,
            interval: interval.map(|interval| interval.clipped(0.0, f64::INFINITY)),
        })
    }

    /// The median and an interval for it that supposes nothing about how values are spread; `None` without
    /// values. See [`median::estimate`] for its source.
    pub(crate) fn median(&self) -> Option<Estimate> {
        let value = self
            .of_rank(self.n.div_ceil(2))?
            .midpoint(self.of_rank(self.n / 2 + 1)?);
        let interval = median::ranks(self.n).and_then(|(low, high)| {
            Some(Interval {
                low: self.of_rank(low)?,
                high: self.of_rank(high)?,
            })
        });
        Some(Estimate { value, interval })
    }

    /// Their mean less that of `those`, with Welch's test; `None` if a group is empty.
    pub(crate) fn less(&self, those: &Self) -> Option<Difference> {
        difference::of_means(&self.moments()?, &those.moments()?)
    }

    fn put(&mut self, bits: u64, count: u64) {
        *self
            .counts
            .entry(rounded(bits, self.rounded_bits))
            .or_default() += count;
        self.n += count;
        while self.counts.len() > DIFFERENT_MAX {
            self.rounded_bits += 4;
            for (bits, count) in std::mem::take(&mut self.counts) {
                *self
                    .counts
                    .entry(rounded(bits, self.rounded_bits))
                    .or_default() += count;
            }
        }
    }

    fn moments(&self) -> Option<Moments> {
        let counted = self.counts.iter();
        mean::of_counted(counted.map(|(&bits, &count)| (f64::from_bits(bits), count as f64)))
    }

    /// The amount of this rank, from 1.
    fn of_rank(&self, rank: u64) -> Option<f64> {
        let mut passed = 0;
        self.counts.iter().find_map(|(&bits, count)| {
            passed += count;
            (rank >= 1 && passed >= rank).then(|| f64::from_bits(bits))
        })
    }
}

/// To the nearest number that has no such last bits.
const fn rounded(bits: u64, rounded_bits: u32) -> u64 {
    let step = 1 << rounded_bits;
    (bits + step / 2) & !(step - 1)
}

#[cfg(test)]
mod tests;
