//! Intervals that may be looked at all the time.
//!
//! An ordinary 95 % interval watched from the 30th answer to the 3,000th leaves out the truth at some
//! moment in 39 to 50 % of cases. These leave it out at any moment in about 5 %; the price is about
//! one and a half times the width.

use super::interval::Interval;
use super::mean::moments;
use super::nps::{Method, score, spread};
use crate::distribution::Distribution;

/// Where the sequence is narrowest, in answers.
const ANSWERS_OPTIMAL: f64 = 200.0;

/// ln(1 / 5 %).
const LN_INVERSE_ALPHA: f64 = 2.995_732_273_553_991;

/// Of θ from −1 to 1, the net promoter score: its variance with the usual pseudo-answers.
pub(crate) fn nps(distribution: &Distribution) -> Option<Interval> {
    let bands = distribution.bands();
    let n = bands.n() as f64;
    let spread = spread(bands, Method::AdjustedWald.pseudo());
    let variance = spread.standard_error.powi(2) * (n + 3.0);
    let interval = Interval::around(score(bands)?, radius(n, variance));
    Some(interval.clipped(-1.0, 1.0))
}

/// Of a share: its variance with two of each added.
pub(crate) fn share(count: u64, n: u64) -> Option<Interval> {
    let (count, n) = (count as f64, n as f64);
    let padded = (count + 2.0) / (n + 4.0);
    let interval = Interval::around(count / n, radius(n, padded * (1.0 - padded)));
    (n > 0.0).then(|| interval.clipped(0.0, 1.0))
}

/// Of the mean: its variance with one answer at each end of the scale added.
pub(crate) fn mean(distribution: &Distribution) -> Option<Interval> {
    let scale = distribution.metric().scale();
    let ends = [*scale.start(), *scale.end()];
    let padded = distribution.with(&ends);
    let padded = moments(&padded)?;
    let variance = padded.standard_deviation?.powi(2) * (padded.n - 1.0) / padded.n;
    let moments = moments(distribution)?;
    let interval = Interval::around(moments.mean, radius(moments.n, variance));
    Some(interval.clipped(f64::from(ends[0]), f64::from(ends[1])))
}

/// s · √((n + ρ)(ln(1 + n/ρ) + 2 ln(1/α))) / n with ρ = 200 / (2 ln(1/α) + ln(1 + 2 ln(1/α))): the normal
/// mixture (Howard, Ramdas, McAuliffe and Sekhon, Annals of Statistics, 2021) with estimated variance
/// (Waudby-Smith, Arbour, Sinha, Kennedy and Ramdas, 2021). From 30 answers on.
fn radius(n: f64, variance: f64) -> f64 {
    let twice = 2.0 * LN_INVERSE_ALPHA;
    let rho = ANSWERS_OPTIMAL / (twice + twice.ln_1p());
    (variance * (n + rho) * ((n / rho).ln_1p() + twice)).sqrt() / n
}

#[cfg(test)]
mod tests {
    use serde_json::Value;
    use survey::metric::Metric;

    use super::super::tests::{assert_close, bands, cases, counted, counts};
    use super::*;

    const VECTORS: &str = include_str!("../../vectors/sequential_cs.json");

    #[track_caller]
    fn assert_sequence(found: Option<Interval>, case: &Value) {
        let expected = &case["asymptotic"];
        super::super::tests::assert_interval(found, expected, case);
    }

    #[test]
    fn every_case_agrees_with_the_vectors() {
        for case in cases(VECTORS, "csat") {
            let [satisfied, n] = ["satisfied", "n"].map(|key| case[key].as_u64().unwrap());
            assert_sequence(share(satisfied, n), &case);
            let padded = (satisfied as f64 + 2.0) / (n as f64 + 4.0);
            let radius = radius(n as f64, padded * (1.0 - padded));
            assert_close(Some(radius), &case["asymptotic"]["radius"], &case);
        }
        for case in cases(VECTORS, "nps") {
            let bands = bands(&case);
            let counts = [0, 0, 0, 0, 0, 0, bands.low, 0, bands.middle, 0, bands.high];
            assert_sequence(nps(&counted(Metric::Nps, &counts)), &case);
        }
        for case in cases(VECTORS, "ces") {
            let answers = counted(Metric::Ces, &counts(&case, "counts_1_to_7"));
            assert_sequence(mean(&answers), &case);
        }
    }
}
