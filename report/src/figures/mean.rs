//! The mean of the scores and Student's interval around it, in points of the scale.

use statrs::distribution::{ContinuousCDF, StudentsT};

use super::interval::{Estimate, Interval, Z_95};
use crate::distribution::Distribution;

/// Up to here statrs' quantile was seen to be right to 1e-10.
const DEGREES_EXACT_MAX: f64 = 10_000.0;

/// What a mean and its interval are made of.
pub(super) struct Moments {
    pub(super) mean: f64,
    /// With n − 1; `None` for a single answer.
    pub(super) standard_deviation: Option<f64>,
    pub(super) n: f64,
}

/// Mean and its 95 % t interval, within the scale; `None` without answers.
///
/// A single answer, and answers that are all alike, get no interval: one of width zero would lie.
pub(crate) fn estimate(distribution: &Distribution) -> Option<Estimate> {
    let moments = moments(distribution)?;
    let scale = distribution.metric().scale();
    let (least, most) = (f64::from(*scale.start()), f64::from(*scale.end()));
    let interval = student(&moments).map(|interval| interval.clipped(least, most));
    Some(Estimate {
        value: moments.mean,
        interval,
    })
}

/// mean ± t(n − 1 degrees of freedom, 97.5 %) · s / √n.
pub(super) fn student(moments: &Moments) -> Option<Interval> {
    let deviation = moments
        .standard_deviation
        .filter(|&deviation| deviation > 0.0)?;
    let standard_error = deviation / moments.n.sqrt();
    Some(Interval::around(
        moments.mean,
        t_975(moments.n - 1.0)? * standard_error,
    ))
}

/// The 97.5 % quantile of Student's distribution.
///
/// statrs loses its digits with very many degrees of freedom. There the first terms of its series
/// (Abramowitz and Stegun, Handbook of Mathematical Functions, 26.7.5) are right to 1e-7.
pub(super) fn t_975(degrees_of_freedom: f64) -> Option<f64> {
    if degrees_of_freedom > DEGREES_EXACT_MAX {
        return Some(Z_95 + (Z_95.powi(3) + Z_95) / (4.0 * degrees_of_freedom));
    }
    let student = StudentsT::new(0.0, 1.0, degrees_of_freedom).ok()?;
    Some(student.inverse_cdf(0.975))
}

pub(super) fn moments(distribution: &Distribution) -> Option<Moments> {
    let points = distribution.points();
    of_counted(points.map(|(score, count)| (f64::from(score), count as f64)))
}

/// Of values and how often each of them is there; `None` if none is.
pub(super) fn of_counted(values: impl Iterator<Item = (f64, f64)> + Clone) -> Option<Moments> {
    let n: f64 = values.clone().map(|(_, count)| count).sum();
    if n < 1.0 {
        return None;
    }
    let sum: f64 = values.clone().map(|(value, count)| count * value).sum();
    let mean = sum / n;
    let squares: f64 = values
        .map(|(value, count)| count * (value - mean).powi(2))
        .sum();
    let standard_deviation = (n > 1.0).then(|| (squares / (n - 1.0)).sqrt());
    Some(Moments {
        mean,
        standard_deviation,
        n,
    })
}

#[cfg(test)]
mod tests;
