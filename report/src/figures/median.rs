//! The median and an interval for it that supposes nothing about how values are spread.

use std::collections::BTreeMap;

use super::interval::{Estimate, Interval, Z_95};

/// The median of counted values, times `unit`. The interval runs between the values of ranks
/// n/2 ± z · √n / 2 (Conover, Practical Nonparametric Statistics, 3.2); `None` without values.
pub(crate) fn estimate(counts: &BTreeMap<u32, u64>, unit: f64) -> Option<Estimate> {
    let n: u64 = counts.values().sum();
    let lower = of_rank(counts, n.div_ceil(2))?;
    let upper = of_rank(counts, n / 2 + 1)?;
    let interval = |(low, high)| {
        Some(Interval {
            low: f64::from(of_rank(counts, low)?),
            high: f64::from(of_rank(counts, high)?),
        })
    };
    Some(Estimate {
        value: f64::from(lower).midpoint(f64::from(upper)) * unit,
        interval: ranks(n)
            .and_then(interval)
            .map(|interval| interval.times(unit)),
    })
}

/// Between which ranks, from 1, of n values the median lies; `None` where they are too few.
pub(super) fn ranks(n: u64) -> Option<(u64, u64)> {
    let half_width = Z_95 * (n as f64).sqrt() / 2.0;
    let middle = n as f64 / 2.0;
    let low = (middle - half_width).floor();
    let high = (middle + half_width).ceil() + 1.0;
    (low >= 1.0 && high <= n as f64).then_some((low as u64, high as u64))
}

/// The value of this rank, from 1.
fn of_rank(counts: &BTreeMap<u32, u64>, rank: u64) -> Option<u32> {
    let mut passed = 0;
    counts.iter().find_map(|(value, count)| {
        passed += count;
        (rank >= 1 && passed >= rank).then_some(*value)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn median(values: &[u32]) -> Option<Estimate> {
        let mut counts = BTreeMap::new();
        for value in values {
            *counts.entry(*value).or_default() += 1;
        }
        estimate(&counts, 0.5)
    }

    #[test]
    fn half_are_below_and_half_above() {
        assert_eq!(median(&[]), None);
        assert_eq!(median(&[7]).map(|found| found.value), Some(3.5));
        assert_eq!(median(&[1, 2, 9]).map(|found| found.value), Some(1.0));
        assert_eq!(median(&[9, 1, 2, 5]).map(|found| found.value), Some(1.75));
    }

    #[test]
    fn few_values_have_no_interval_and_many_have_one_around_the_median() {
        assert_eq!(median(&[1, 2, 3, 4]).unwrap().interval, None);
        let hundred: Vec<u32> = (1..=100).collect();
        // Ranks 40 and 61, as in tables of the sign test.
        let interval = median(&hundred).unwrap().interval.unwrap();
        assert_eq!((interval.low, interval.high), (20.0, 30.5));
    }
}
