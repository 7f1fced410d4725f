//! Amounts, of money or pages: their mean, their median, and how far two groups of them are apart.

use super::difference::{self, Difference};
use super::interval::{Estimate, Interval};
use super::mean::{self, Moments};
use super::median;

/// The mean and its 95 % t interval, none of it below zero; `None` without values.
///
/// Money is skewed: from few values the interval is too narrow at its upper end (Johnson, Journal of the
/// American Statistical Association, 1978), one reason why figures of fewer than thirty are preliminary.
pub(crate) fn mean(values: &[f64]) -> Option<Estimate> {
    let moments = moments(values)?;
    let interval = mean::student(&moments);
    Some(Estimate {
        value: moments.mean,
        interval: interval.map(|interval| interval.clipped(0.0, f64::INFINITY)),
    })
}

/// The median and an interval for it that supposes nothing about how values are spread; `None` without
/// values. See [`median::estimate`] for its source.
pub(crate) fn median(values: &[f64]) -> Option<Estimate> {
    let mut sorted = values.to_vec();
    sorted.sort_unstable_by(f64::total_cmp);
    let of_rank = |rank: u64| {
        sorted
            .get(usize::try_from(rank).ok()?.checked_sub(1)?)
            .copied()
    };
    let n = sorted.len() as u64;
    let value = of_rank(n.div_ceil(2))?.midpoint(of_rank(n / 2 + 1)?);
    let interval = median::ranks(n).and_then(|(low, high)| {
        Some(Interval {
            low: of_rank(low)?,
            high: of_rank(high)?,
        })
    });
    Some(Estimate { value, interval })
}

/// The mean of `these` less that of `those`, with Welch's test; `None` if a group is empty.
pub(crate) fn difference(these: &[f64], those: &[f64]) -> Option<Difference> {
    difference::of_means(&moments(these)?, &moments(those)?)
}

fn moments(values: &[f64]) -> Option<Moments> {
    mean::of_counted(values.iter().map(|&value| (value, 1.0)))
}

#[cfg(test)]
mod tests;
