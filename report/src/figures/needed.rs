//! How many answers a question needs.

use survey::metric::Metric;

use super::interval::Z_95;
use super::{ANSWERS_FIRM, change};

/// The normal quantile that leaves 20 % above it: a power of 80 %.
const Z_80: f64 = 0.841_621_233_572_914_2;

/// Answers for an interval of ± `half_width`, in the unit of the standard deviation:
/// z² · variance / half_width².
pub(crate) fn for_half_width(variance: f64, half_width: f64) -> u64 {
    whole(Z_95.powi(2) * variance / half_width.powi(2))
}

/// Answers in each of two groups, so that four in five true differences of this size are found:
/// (z₀.₉₇₅ + z₀.₈)² · 2 · variance / difference².
pub(crate) fn for_difference(variance: f64, difference: f64) -> u64 {
    whole((Z_95 + Z_80).powi(2) * 2.0 * variance / difference.powi(2))
}

/// What somebody would act on: 10 points or percent, or half a point of the scale; as the values of
/// [`change::Day`].
pub(crate) const fn worth(metric: Metric) -> f64 {
    match metric {
        Metric::Nps | Metric::Csat => 0.1,
        Metric::Ces => 0.5,
    }
}

/// Answers for an interval of ± [`worth`], by the variance of these answers, or by the usual one where
/// they are too few to tell.
pub(crate) fn for_worth(metric: Metric, values: change::Day) -> u64 {
    let usual = match metric {
        Metric::Nps => 0.6,
        Metric::Csat => 0.8 * 0.2,
        Metric::Ces => 1.6 * 1.6,
    };
    let is_known = values.n >= ANSWERS_FIRM as f64;
    let variance = values.variance().filter(|_| is_known).unwrap_or(usual);
    for_half_width(variance, worth(metric))
}

/// Rounding must not turn 60.000000001 into 61.
fn whole(answers: f64) -> u64 {
    (answers - 1e-9).ceil().max(1.0) as u64
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::tests::cases_of;
    use super::*;

    const VECTORS: &str = include_str!("../../vectors/weighting.json");

    #[test]
    fn every_sample_size_agrees_with_the_vectors() {
        for case in cases_of(VECTORS, &["sample_size", "nps"]) {
            let number = |key: &str| case[key].as_f64().unwrap();
            let n = for_half_width(number("variance"), number("moe_points") / 100.0);
            assert_eq!(json!(n), case["n"], "{case}");
        }
        for case in cases_of(VECTORS, &["sample_size", "csat"]) {
            let number = |key: &str| case[key].as_f64().unwrap();
            let variance = number("p") * (1.0 - number("p"));
            let n = for_half_width(variance, number("moe_points") / 100.0);
            assert_eq!(json!(n), case["n"], "{case}");
        }
        for case in cases_of(VECTORS, &["sample_size", "ces"]) {
            let number = |key: &str| case[key].as_f64().unwrap();
            let n = for_half_width(number("sd").powi(2), number("moe"));
            assert_eq!(json!(n), case["n"], "{case}");
        }
        for case in cases_of(VECTORS, &["sample_size", "detect_difference_80_power"]) {
            let number = |key: &str| case[key].as_f64().unwrap();
            let n = for_difference(number("variance_each"), number("diff_points") / 100.0);
            assert_eq!(json!(n), case["n_per_group"], "{case}");
        }
    }
}
