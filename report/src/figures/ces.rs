//! Customer effort score 2.0: agreement from 1 to 7 that it was easy, higher is better (Dixon,
//! Toman and DeLisi, The Effortless Experience, 2013).

use super::interval::Estimate;
use super::{FigureName, mean, share};
use crate::distribution::Distribution;

/// The share that found it easy (5 to 7) in percent, and the mean.
pub(crate) fn figures(distribution: &Distribution) -> Vec<(FigureName, Option<Estimate>)> {
    let bands = distribution.bands();
    vec![
        (
            FigureName::CesEasy,
            share::estimate_percent(bands.high, bands.n()),
        ),
        (FigureName::CesMean, mean::estimate(distribution)),
    ]
}

#[cfg(test)]
mod tests;
