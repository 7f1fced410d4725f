//! Intervals that may be looked at all the time.
//!
//! An ordinary 95 % interval watched from the 30th answer to the 3,000th leaves out the truth at some
//! moment in 39 to 50 % of cases. These leave it out at any moment in about 5 %; the price is about
//! one and a half times the width.

mod early;

use super::ANSWERS_FIRM;
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
    let n = bands.n();
    let score = score(bands)?;
    if n < ANSWERS_FIRM {
        return Some(on_scale(score, n, -1.0, 1.0));
    }
    let spread = spread(bands, Method::AdjustedWald.pseudo());
    let variance = spread.standard_error.powi(2) * (n as f64 + 3.0);
    Some(Interval::around(score, radius(n as f64, variance)).clipped(-1.0, 1.0))
}

/// Of a share: its variance with two of each added.
pub(crate) fn share(count: u64, n: u64) -> Option<Interval> {
    let share = (n > 0).then(|| count as f64 / n as f64)?;
    if n < ANSWERS_FIRM {
        return Some(on_scale(share, n, 0.0, 1.0));
    }
    let padded = (count as f64 + 2.0) / (n as f64 + 4.0);
    let radius = radius(n as f64, padded * (1.0 - padded));
    Some(Interval::around(share, radius).clipped(0.0, 1.0))
}

/// Of the mean: its variance with one answer at each end of the scale added.
pub(crate) fn mean(distribution: &Distribution) -> Option<Interval> {
    let scale = distribution.metric().scale();
    let ends = [*scale.start(), *scale.end()];
    let [least, most] = ends.map(f64::from);
    let mean = moments(distribution)?.mean;
    let n = distribution.n();
    if n < ANSWERS_FIRM {
        return Some(on_scale(mean, n, least, most));
    }
    let padded = moments(&distribution.with(&ends))?;
    let variance = padded.standard_deviation?.powi(2) * (padded.n - 1.0) / padded.n;
    Some(Interval::around(mean, radius(n as f64, variance)).clipped(least, most))
}

/// Of the mean of few values between `least` and `most`.
fn on_scale(mean: f64, n: u64, least: f64, most: f64) -> Interval {
    let width = most - least;
    let share = (mean - least) / width;
    let interval = early::bounded(share * n as f64, n as f64);
    Interval {
        low: least + width * interval.low,
        high: least + width * interval.high,
    }
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

    use super::super::tests::{assert_close, assert_interval, bands, cases, counted, counts};
    use super::*;

    const VECTORS: &str = include_str!("../../vectors/sequential_cs.json");

    /// Which of the two sequences the vectors hold for so many answers.
    fn expected(case: &Value) -> &Value {
        if case["n"].as_u64().unwrap() < ANSWERS_FIRM {
            &case["beta_binomial"]
        } else {
            &case["asymptotic"]
        }
    }

    /// For comparison: half the range in place of the deviation.
    fn hoeffding(n: f64, range: f64) -> f64 {
        let variance = (range / 2.0).powi(2);
        let twice = 2.0 * LN_INVERSE_ALPHA;
        let rho = ANSWERS_OPTIMAL * variance / (twice + twice.ln_1p());
        let sum = n * variance;
        ((sum + rho) * ((sum / rho).ln_1p() + twice)).sqrt() / n
    }

    #[test]
    fn every_case_agrees_with_the_vectors() {
        for case in cases(VECTORS, "csat") {
            let [satisfied, n] = ["satisfied", "n"].map(|key| case[key].as_u64().unwrap());
            assert_interval(share(satisfied, n), expected(&case), &case);
            let (count, n) = (satisfied as f64, n as f64);
            let padded = (count + 2.0) / (n + 4.0);
            let radius = radius(n, padded * (1.0 - padded));
            assert_close(Some(radius), &case["asymptotic"]["radius"], &case);
            let early = early::bounded(count, n);
            assert_interval(Some(early), &case["beta_binomial"], &case);
            let normal = &case["hoeffding_normal_mixture"]["radius"];
            assert_close(Some(hoeffding(n, 1.0)), normal, &case);
        }
        for case in cases(VECTORS, "nps") {
            let bands = bands(&case);
            let counts = [0, 0, 0, 0, 0, 0, bands.low, 0, bands.middle, 0, bands.high];
            let found = nps(&counted(Metric::Nps, &counts));
            assert_interval(found, expected(&case), &case);
            let early = on_scale(score(bands).unwrap(), bands.n(), -1.0, 1.0);
            assert_interval(Some(early), &case["beta_binomial"], &case);
            let radius = hoeffding(bands.n() as f64, 2.0);
            assert_close(Some(radius), &case["hoeffding"]["radius"], &case);
        }
        for case in cases(VECTORS, "ces") {
            let answers = counted(Metric::Ces, &counts(&case, "counts_1_to_7"));
            assert_interval(mean(&answers), &case["asymptotic"], &case);
        }
    }
}
