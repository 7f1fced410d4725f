//! The sequence for few answers: exact at every number of them, for values from 0 to 1.

use statrs::function::beta::ln_beta;

use super::super::interval::Interval;
use super::{ANSWERS_OPTIMAL, LN_INVERSE_ALPHA};

/// Halvings until an end is found to 1e-12.
const HALVINGS: usize = 40;

/// All means p whose beta-binomial mixture stays below 1/α: with K = 200 / (2 ln(1/α) + ln(1 + 2 ln(1/α))) − 1,
/// B(Kp + s, K(1 − p) + n − s) / B(Kp, K(1 − p)) ≤ pˢ (1 − p)ⁿ⁻ˢ / α, where s is the sum of the values (Howard, Ramdas,
/// McAuliffe and Sekhon, Annals of Statistics, 2021). Exact for shares, on the safe side for anything
/// else between 0 and 1.
pub(super) fn bounded(sum: f64, n: f64) -> Interval {
    let mean = sum / n;
    let holds = |p: f64| ln_mixture(p, sum, n) <= LN_INVERSE_ALPHA;
    Interval {
        low: end(0.0, mean, holds),
        high: end(1.0, mean, holds),
    }
}

/// Between an end that may not hold and the mean, which does.
fn end(outer: f64, mean: f64, holds: impl Fn(f64) -> bool) -> f64 {
    if mean == outer {
        return outer;
    }
    let (mut outside, mut inside) = (outer, mean);
    for _ in 0..HALVINGS {
        let middle = outside.midpoint(inside);
        if holds(middle) {
            inside = middle;
        } else {
            outside = middle;
        }
    }
    // Next to the end of the scale, nothing is ruled out.
    if (inside - outer).abs() < 1e-9 {
        outer
    } else {
        inside
    }
}

fn ln_mixture(p: f64, sum: f64, n: f64) -> f64 {
    let twice = 2.0 * LN_INVERSE_ALPHA;
    let prior = ANSWERS_OPTIMAL / (twice + twice.ln_1p()) - 1.0;
    let (yes, no) = (prior * p, prior * (1.0 - p));
    let rest = n - sum;
    ln_beta(yes + sum, no + rest) - ln_beta(yes, no) - sum * p.ln() - rest * (1.0 - p).ln()
}
