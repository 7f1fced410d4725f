//! Customer satisfaction: the share that chose 4 or 5 of 5 (top-2-box). 3 is not satisfied.

use super::interval::Estimate;
use super::{FigureName, mean, share};
use crate::distribution::Distribution;

/// Satisfied in percent, the mean, and dissatisfied (1 or 2) in percent: the half to act on.
pub(crate) fn figures(distribution: &Distribution) -> Vec<(FigureName, Option<Estimate>)> {
    let bands = distribution.bands();
    vec![
        (
            FigureName::Csat,
            share::estimate_percent(bands.high, bands.n()),
        ),
        (FigureName::CsatMean, mean::estimate(distribution)),
        (
            FigureName::CsatBottom2,
            share::estimate_percent(bands.low, bands.n()),
        ),
    ]
}

#[cfg(test)]
mod tests;
