//! Two net promoter scores: a z test on the adjusted values of both groups (Rocks, The American
//! Statistician, 2016).

use super::super::interval::{Interval, Z_95};
use super::super::nps::{Method, Pseudo, score, spread};
use super::{Difference, two_sided};
use crate::distribution::Bands;

/// Raw difference in points, with interval and p from (θ₁ − θ₂) / √(V₁/N₁ + V₂/N₂), the pseudo-answers
/// added to each group. With very unequal groups they may even differ in sign: raw is what is told.
pub(super) fn difference(these: Bands, those: Bands, method: Method) -> Option<Difference> {
    let raw = score(these)? - score(those)?;
    let Test {
        difference,
        standard_error,
    } = test(these, those, method.pseudo());
    let defined = standard_error > 0.0;
    let interval = Interval::around(difference, Z_95 * standard_error).clipped(-2.0, 2.0);
    Some(Difference {
        raw: 100.0 * raw,
        interval: defined.then(|| interval.times(100.0)),
        p: defined.then(|| two_sided(difference / standard_error)),
    })
}

#[derive(Clone, Copy)]
pub(super) struct Test {
    pub(super) difference: f64,
    pub(super) standard_error: f64,
}

pub(super) fn test(these: Bands, those: Bands, pseudo: Pseudo) -> Test {
    let (these, those) = (spread(these, pseudo), spread(those, pseudo));
    Test {
        difference: these.mean - those.mean,
        standard_error: these.standard_error.hypot(those.standard_error),
    }
}
