//! Two means: Welch's t test, which does not take the variances to be equal (Welch, Biometrika,
//! 1947).

use statrs::distribution::{ContinuousCDF, StudentsT};

use super::super::interval::Interval;
use super::super::mean::{Moments, moments, t_975};
use super::{Difference, two_sided};
use crate::distribution::Distribution;

/// From here on Student's distribution is the normal one but for 1 part in 10⁵ of p.
const DEGREES_STUDENT_MAX: f64 = 1e6;

/// In points of the scale. With one answer in a group, or all alike in both, there is no test.
pub(super) fn difference(these: &Distribution, those: &Distribution) -> Option<Difference> {
    of_moments(&moments(these)?, &moments(those)?)
}

/// The same of any values.
pub(super) fn of_moments(these: &Moments, those: &Moments) -> Option<Difference> {
    let raw = these.mean - those.mean;
    let Some(test) = welch(these, those) else {
        return Some(Difference {
            raw,
            interval: None,
            p: None,
        });
    };
    let half_width = t_975(test.degrees_of_freedom)? * test.standard_error;
    Some(Difference {
        raw,
        interval: Some(Interval::around(raw, half_width)),
        p: Some(test.p()),
    })
}

pub(super) struct Welch {
    pub(super) t: f64,
    pub(super) standard_error: f64,
    pub(super) degrees_of_freedom: f64,
}

pub(super) fn welch(these: &Moments, those: &Moments) -> Option<Welch> {
    let of_mean = |moments: &Moments| Some(moments.standard_deviation?.powi(2) / moments.n);
    let (one, other) = (of_mean(these)?, of_mean(those)?);
    let variance = one + other;
    if variance <= 0.0 {
        return None;
    }
    let weight = one.powi(2) / (these.n - 1.0) + other.powi(2) / (those.n - 1.0);
    let standard_error = variance.sqrt();
    Some(Welch {
        t: (these.mean - those.mean) / standard_error,
        standard_error,
        degrees_of_freedom: variance.powi(2) / weight,
    })
}

impl Welch {
    pub(super) fn p(&self) -> f64 {
        match StudentsT::new(0.0, 1.0, self.degrees_of_freedom) {
            Ok(student) if self.degrees_of_freedom < DEGREES_STUDENT_MAX => {
                (2.0 * student.sf(self.t.abs())).min(1.0)
            }
            _ => two_sided(self.t),
        }
    }
}
