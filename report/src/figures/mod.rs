//! Figures: pure functions from counts to a value with its n and its 95 % interval, one metric a
//! file. Values are in the unit people read: points, percent, points of the scale.

pub(crate) mod amount;
mod ces;
pub(crate) mod change;
mod csat;
pub(crate) mod difference;
pub(crate) mod interval;
mod mean;
mod median;
pub(crate) mod needed;
pub(crate) mod nps;
mod sequence;
pub(crate) mod several;
pub(crate) mod share;
pub(crate) mod watch;
pub(crate) mod weighting;

use std::collections::BTreeMap;

use serde::Serialize;
use survey::metric::Metric;

use crate::distribution::Distribution;
use crate::query::Query;
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
    /// Responses per impression, in percent.
    ResponseRate,
    /// Responses that went through to the end, in percent.
    Completion,
    /// Responses with a comment, in percent.
    CommentShare,
}

/// A share in percent, with its 95 % interval.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Rate {
    /// Percent.
    pub value: f64,
    /// Lower end of the interval.
    pub low: f64,
    /// Upper end of the interval.
    pub high: f64,
    /// Of how many it is a share.
    pub n: u64,
}

/// A median time, with its 95 % interval.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Time {
    /// In seconds; `None` when there are too few answers.
    pub value: Option<f64>,
    /// Lower end of the interval.
    pub low: Option<f64>,
    /// Upper end of the interval.
    pub high: Option<f64>,
    /// How many answers it rests on.
    pub n: u64,
}

/// The figures of one survey, the headline first. Too few answers give no value unless all are
/// wanted.
pub(crate) fn of(distribution: &Distribution, query: &Query) -> Vec<Figure> {
    let estimates = match distribution.metric() {
        Metric::Nps => vec![(FigureName::Nps, nps::points(distribution, query.method))],
        Metric::Csat => csat::figures(distribution),
        Metric::Ces => ces::figures(distribution),
    };
    let n = distribution.n();
    let enough = query.all || n >= ANSWERS_MIN;
    estimates
        .into_iter()
        .map(|(name, estimate)| (name, estimate.filter(|_| enough)))
        .map(|(name, estimate)| {
            let estimate = estimate.map(|estimate| match query.live {
                true => live(name, distribution, estimate.value),
                false => estimate,
            });
            Figure::new(name, n, estimate)
        })
        .collect()
}

/// The headline figure alone, without a value where there are too few answers.
pub(crate) fn headline(distribution: &Distribution, method: Method) -> Figure {
    let name = match distribution.metric() {
        Metric::Nps => FigureName::Nps,
        Metric::Csat => FigureName::Csat,
        Metric::Ces => FigureName::CesEasy,
    };
    one(name, distribution, method)
}

/// The figure that comparisons are about, likewise.
pub(crate) fn compared(distribution: &Distribution, method: Method) -> Figure {
    one(
        FigureName::compared(distribution.metric()),
        distribution,
        method,
    )
}

fn one(name: FigureName, distribution: &Distribution, method: Method) -> Figure {
    let query = Query {
        method,
        ..Query::default()
    };
    let mut figures = of(distribution, &query).into_iter();
    figures
        .find(|figure| figure.name == name)
        .unwrap_or_else(|| Figure::new(name, distribution.n(), None))
}

/// The value with an interval that may be watched.
fn live(name: FigureName, distribution: &Distribution, value: f64) -> Estimate {
    let bands = distribution.bands();
    let percent = |interval: interval::Interval| interval.times(100.0);
    let interval = match name {
        FigureName::Nps => sequence::nps(distribution).map(percent),
        FigureName::Csat | FigureName::CesEasy => {
            sequence::share(bands.high, bands.n()).map(percent)
        }
        FigureName::CsatBottom2 => sequence::share(bands.low, bands.n()).map(percent),
        FigureName::CsatMean | FigureName::CesMean => sequence::mean(distribution),
        // Not of the scores: `rate` makes them.
        FigureName::ResponseRate | FigureName::Completion | FigureName::CommentShare => None,
    };
    Estimate { value, interval }
}

/// `count` per `n`, with a Wilson interval or one that may be watched; `None` when `n` is too small to
/// say, unless all are wanted.
pub(crate) fn rate(count: u64, n: u64, query: &Query) -> Option<Rate> {
    let value = share::percent(count, n).filter(|_| query.all || n >= ANSWERS_MIN)?;
    let interval = if query.live {
        sequence::share(count, n).map(|interval| interval.times(100.0))
    } else {
        share::wilson_percent(count, n, Z_95)
    }?;
    Some(Rate {
        value,
        low: interval.low,
        high: interval.high,
        n,
    })
}

/// The median of times counted in tenths of a second.
pub(crate) fn median_time(tenths: &BTreeMap<u32, u64>, all: bool) -> Time {
    median_of(tenths, 0.1, all)
}

/// The median of times counted in seconds.
pub(crate) fn median_seconds(seconds: &BTreeMap<u32, u64>) -> Time {
    median_of(seconds, 1.0, false)
}

fn median_of(counts: &BTreeMap<u32, u64>, unit: f64, all: bool) -> Time {
    let n = counts.values().sum();
    let estimate = median::estimate(counts, unit).filter(|_| all || n >= ANSWERS_MIN);
    let interval = estimate.and_then(|estimate| estimate.interval);
    Time {
        value: estimate.map(|estimate| estimate.value),
        low: interval.map(|interval| interval.low),
        high: interval.map(|interval| interval.high),
        n,
    }
}

impl FigureName {
    /// What the comparisons of a metric are about: for ease the mean, whose test uses every point of
    /// the scale.
    pub(crate) const fn compared(metric: Metric) -> Self {
        match metric {
            Metric::Nps => Self::Nps,
            Metric::Csat => Self::Csat,
            Metric::Ces => Self::CesMean,
        }
    }
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
