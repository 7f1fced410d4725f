//! Do two groups of answers differ, and by how much? One test for each metric; it knows nothing of
//! what the groups are.

mod counts;
mod mean;
mod nps;
mod share;

use statrs::distribution::{ContinuousCDF, Normal};
use survey::metric::Metric;

use super::interval::Interval;
use super::mean::Moments;
use super::nps::Method;
use crate::distribution::Distribution;

/// One group less the other.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Difference {
    /// Of the raw values, in points, percent or points of the scale.
    pub(crate) raw: f64,
    /// 95 %.
    pub(crate) interval: Option<Interval>,
    /// How often chance alone makes a difference at least as large; `None` where no test can say.
    pub(crate) p: Option<f64>,
}

/// `these` less `those`: NPS in points, the satisfied in percent, or the mean ease. `None` if a
/// group is empty.
///
/// The groups are taken to be of different people; lines without a visitor cannot tell.
pub(crate) fn between(
    these: &Distribution,
    those: &Distribution,
    method: Method,
) -> Option<Difference> {
    match these.metric() {
        Metric::Nps => nps::difference(these.bands(), those.bands(), method),
        Metric::Csat => share::difference(these.bands(), those.bands()),
        Metric::Ces => mean::difference(these, those),
    }
}

/// How many of how many on one side, less the same on the other; in percent.
pub(crate) fn of_shares(these: (u64, u64), those: (u64, u64)) -> Option<Difference> {
    share::of_counts(&counts::Counts {
        these: these.0,
        of_these: these.1,
        those: those.0,
        of_those: those.1,
    })
}

/// The mean of one side less that of the other, in the unit of the values.
pub(super) fn of_means(these: &Moments, those: &Moments) -> Option<Difference> {
    mean::of_moments(these, those)
}

/// Of a standard normal value, both tails.
pub(super) fn two_sided(z: f64) -> f64 {
    (2.0 * Normal::standard().sf(z.abs())).min(1.0)
}

#[cfg(test)]
mod tests;
