//! Figures: pure functions from counts to a value with its n and its 95 % interval, one metric a
//! file. Values are in the unit people read: points, percent, points of the scale.

mod ces;
mod csat;
mod interval;
mod mean;
pub(crate) mod nps;
mod share;

use serde::Serialize;
use survey::metric::Metric;

use crate::distribution::Distribution;
use interval::{Estimate, Z_95};
use nps::Method;

/// Fewer answers than this make no figure: intervals of that few cover badly, and people who
/// answered could be recognised.
pub const ANSWERS_MIN: u64 = 10;

/// A figure from fewer answers than this is called preliminary.
pub const ANSWERS_FIRM: u64 = 30;

/// One number that the answers to a survey come down to.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Figure {
    /// Which number; it fixes the unit.
    pub name: FigureName,
    /// `None` when there are too few answers.
    pub value: Option<f64>,
    /// Lower end of the 95 % interval; `None` also where there can be no honest one.
    pub low: Option<f64>,
    /// Upper end of the 95 % interval.
    pub high: Option<f64>,
    /// How many answers it rests on.
    pub n: u64,
}

/// Which figure it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum FigureName {
    /// Net promoter score, in points from −100 to 100.
    Nps,
    /// Satisfied (4 or 5), in percent.
    Csat,
    /// Mean satisfaction, in points of the scale from 1 to 5.
    CsatMean,
    /// Dissatisfied (1 or 2), in percent.
    #[serde(rename = "csat_bottom2")]
    CsatBottom2,
    /// Found it easy (5 to 7), in percent.
    CesEasy,
    /// Mean ease, in points of the scale from 1 to 7.
    CesMean,
}

/// Responses per impression in percent, with its 95 % interval.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Rate {
    /// Percent.
    pub value: f64,
    /// Lower end of the interval.
    pub low: f64,
    /// Upper end of the interval.
    pub high: f64,
}

/// The figures of one survey, the headline first. Too few answers give no value unless `all`.
pub(crate) fn of(distribution: &Distribution, method: Method, all: bool) -> Vec<Figure> {
    let estimates = match distribution.metric() {
        Metric::Nps => vec![(FigureName::Nps, nps::points(distribution, method))],
        Metric::Csat => csat::figures(distribution),
        Metric::Ces => ces::figures(distribution),
    };
    let n = distribution.n();
    let enough = all || n >= ANSWERS_MIN;
    estimates
        .into_iter()
        .map(|(name, estimate)| Figure::new(name, n, estimate.filter(|_| enough)))
        .collect()
}

/// The headline figure alone, without a value where there are too few answers.
pub(crate) fn headline(distribution: &Distribution, method: Method) -> Figure {
    let name = match distribution.metric() {
        Metric::Nps => FigureName::Nps,
        Metric::Csat => FigureName::Csat,
        Metric::Ces => FigureName::CesEasy,
    };
    let mut figures = of(distribution, method, false).into_iter();
    figures
        .find(|figure| figure.name == name)
        .unwrap_or_else(|| Figure::new(name, distribution.n(), None))
}

/// Answered per shown, with a Wilson interval; `None` when nothing was shown.
pub(crate) fn response_rate(responses: u64, impressions: u64) -> Option<Rate> {
    let value = share::percent(responses, impressions)?;
    let interval = share::wilson_percent(responses, impressions, Z_95)?;
    Some(Rate {
        value,
        low: interval.low,
        high: interval.high,
    })
}

impl Figure {
    fn new(name: FigureName, n: u64, estimate: Option<Estimate>) -> Self {
        let interval = estimate.and_then(|estimate| estimate.interval);
        Self {
            name,
            value: estimate.map(|estimate| estimate.value),
            low: interval.map(|interval| interval.low),
            high: interval.map(|interval| interval.high),
            n,
        }
    }
}

#[cfg(test)]
mod tests;
