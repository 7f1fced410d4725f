//! Two shares: the N − 1 two-proportion test (Campbell, Statistics in Medicine, 2007), or Fisher's
//! exact test where an expected count is below 1.

use super::super::interval::{Interval, Z_95};
use super::super::share::wilson_percent;
use super::counts::Counts;
use super::{Difference, two_sided};
use crate::distribution::Bands;

/// Of the upper bands, in percent, with Newcombe's hybrid score interval (Newcombe, Statistics in
/// Medicine, 1998, method 10).
pub(super) fn difference(these: Bands, those: Bands) -> Option<Difference> {
    of_counts(&Counts {
        these: these.high,
        of_these: these.n(),
        those: those.high,
        of_those: those.n(),
    })
}

pub(super) fn of_counts(counts: &Counts) -> Option<Difference> {
    let (one, other) = counts.shares()?;
    let p = if counts.expected_min() < 1.0 {
        counts.fisher()
    } else {
        two_sided(counts.z_n_minus_1()?)
    };
    Some(Difference {
        raw: 100.0 * (one - other),
        interval: newcombe(counts),
        p: Some(p),
    })
}

/// Both Wilson intervals, joined at right angles.
fn newcombe(counts: &Counts) -> Option<Interval> {
    let (one, other) = counts.shares()?;
    let (one, other) = (100.0 * one, 100.0 * other);
    let these = wilson_percent(counts.these, counts.of_these, Z_95)?;
    let those = wilson_percent(counts.those, counts.of_those, Z_95)?;
    let difference = one - other;
    Some(Interval {
        low: difference - (one - these.low).hypot(those.high - other),
        high: difference + (these.high - one).hypot(other - those.low),
    })
}
