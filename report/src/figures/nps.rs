//! Net promoter score: promoters less detractors, in points (Reichheld, Harvard Business Review,
//! December 2003).

use std::fmt;
use std::str::FromStr;

use super::interval::{Estimate, Interval, Z_95};
use super::weighting::Bands as Weighted;
use crate::distribution::{Bands, Distribution};

/// How the interval is made. The score itself is always the raw one, so it is not in the middle.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Method {
    /// Adds ¾ detractor, 1½ passives, ¾ promoter: on average closest to the promised 95 %
    /// (Rocks, 'Interval Estimation for the Net Promoter Score', The American Statistician, 2016).
    #[default]
    AdjustedWald,
    /// Adds one detractor and one promoter: safest with few answers or nearly all promoters
    /// (Bonett and Price, Journal of Educational and Behavioral Statistics, 2012).
    BonettPrice,
}

/// No interval method of this name.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("there is no method `{0}`\n  write `adjusted_wald` or `bonett_price`")]
pub struct UnknownMethod(String);

/// Answers added to the counted ones before the interval is made.
#[derive(Clone, Copy)]
pub(super) struct Pseudo {
    pub(super) detractors: f64,
    pub(super) passives: f64,
    pub(super) promoters: f64,
}

/// Mean and standard error of answers read as −1 (detractor), 0 and +1 (promoter).
pub(super) struct Spread {
    pub(super) mean: f64,
    pub(super) standard_error: f64,
}

/// The score in points from −100 to 100; `None` without answers.
///
/// A single answer gets no interval: the adjusted one would not even contain the score.
pub(crate) fn points(distribution: &Distribution, method: Method) -> Option<Estimate> {
    let bands = distribution.bands();
    let interval = (bands.n() > 1).then(|| interval(bands, method.pseudo(), Z_95).times(100.0));
    Some(Estimate {
        value: score(bands)? * 100.0,
        interval,
    })
}

/// (promoters − detractors) / n, from −1 to 1.
pub(super) fn score(bands: Bands) -> Option<f64> {
    let n = bands.n() as f64;
    (n > 0.0).then(|| (bands.high as f64 - bands.low as f64) / n)
}

/// θ ± z·√(V / N) of the spread below, within −1 and 1.
fn interval(bands: Bands, pseudo: Pseudo, z: f64) -> Interval {
    let Spread {
        mean,
        standard_error,
    } = spread(bands, pseudo);
    Interval::around(mean, z * standard_error).clipped(-1.0, 1.0)
}

/// θ = (P − D) / N and √(V / N) with V = (P + D) / N − θ², pseudo-answers included. Promoters and
/// detractors are parts of one whole: taking them as independent would make V too small.
pub(super) fn spread(bands: Bands, pseudo: Pseudo) -> Spread {
    spread_of(Weighted::from(bands), pseudo)
}

fn spread_of(bands: Weighted, pseudo: Pseudo) -> Spread {
    let promoters = bands.high + pseudo.promoters;
    let detractors = bands.low + pseudo.detractors;
    let n = promoters + detractors + bands.middle + pseudo.passives;
    let mean = (promoters - detractors) / n;
    let variance = ((promoters + detractors) / n - mean * mean).max(0.0);
    Spread {
        mean,
        standard_error: (variance / n).sqrt(),
    }
}

/// Score and interval in points of weighted answers, of which there are some.
pub(super) fn estimate(bands: Weighted, method: Method) -> Estimate {
    let spread = spread_of(bands, method.pseudo());
    let interval = Interval::around(spread.mean, Z_95 * spread.standard_error);
    let n = bands.low + bands.middle + bands.high;
    Estimate {
        value: 100.0 * (bands.high - bands.low) / n,
        interval: Some(interval.clipped(-1.0, 1.0).times(100.0)),
    }
}

impl From<Bands> for Weighted {
    fn from(bands: Bands) -> Self {
        Self {
            low: bands.low as f64,
            middle: bands.middle as f64,
            high: bands.high as f64,
        }
    }
}

impl Method {
    /// As written after `--method`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::AdjustedWald => "adjusted_wald",
            Self::BonettPrice => "bonett_price",
        }
    }

    pub(super) const fn pseudo(self) -> Pseudo {
        match self {
            Self::AdjustedWald => Pseudo {
                detractors: 0.75,
                passives: 1.5,
                promoters: 0.75,
            },
            Self::BonettPrice => Pseudo {
                detractors: 1.0,
                passives: 0.0,
                promoters: 1.0,
            },
        }
    }
}

impl fmt::Display for Method {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.name())
    }
}

impl FromStr for Method {
    type Err = UnknownMethod;

    fn from_str(text: &str) -> Result<Self, UnknownMethod> {
        [Self::AdjustedWald, Self::BonettPrice]
            .into_iter()
            .find(|method| method.name() == text)
            .ok_or_else(|| UnknownMethod(text.to_owned()))
    }
}

#[cfg(test)]
mod tests;
