//! What is measured of sessions, its value with its interval, and how far two kinds of sessions are apart.

use serde::Serialize;

use super::stage::Stage;
use crate::figures::amount::Amounts;
use crate::figures::difference::Difference;
use crate::figures::interval::Estimate;
use crate::figures::several::FALSE_ALARMS;
use crate::figures::{ANSWERS_MIN, share};

/// What is measured of sessions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Measure {
    /// Share with a purchase once somebody was asked, in percent: the conversion.
    Ordered,
    /// Mean value of all purchases of a session, nothing where there was none; in units of the currency. None
    /// where some purchases have no value in it.
    ValuePerSession,
    /// Mean value of a purchase.
    ValuePerPurchase,
    /// Median value of a purchase.
    MedianValue,
    /// Mean number of pages, at least. Not compared: it is a bound.
    Pages,
    /// Share seen on one page only that bought nothing, in percent, at most: like a bounce. Not compared, likewise.
    OnePage,
    /// Share that asked for help or left an address, in percent.
    Contact,
}

/// A share in percent, or a mean or median, with its 95 % interval.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub struct Level {
    /// `None` where there are too few.
    pub value: Option<f64>,
    /// Lower end of the interval; `None` also where there can be no honest one.
    pub low: Option<f64>,
    /// Upper end of the interval.
    pub high: Option<f64>,
    /// How many sessions or purchases it rests on.
    pub n: u64,
}

/// Low scores less all others.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct KpiDifference {
    /// Of what.
    pub measure: Measure,
    /// In the unit of the measure; percentage points for shares.
    pub value: f64,
    /// Lower end of the 95 % interval.
    pub low: Option<f64>,
    /// Upper end.
    pub high: Option<f64>,
    /// How often chance alone makes a difference at least as large.
    #[serde(skip)]
    pub(super) p: Option<f64>,
    /// The same with all tests of the report taken into account.
    pub p_adjusted: Option<f64>,
    /// Is it unlikely to be chance?
    pub differs: bool,
}

impl Measure {
    /// Who is asked after the purchase has bought: that share, and the value of all sessions, say nothing.
    pub(super) fn is_of(self, stage: Stage) -> bool {
        stage != Stage::After
            || !matches!(self, Self::Ordered | Self::ValuePerSession | Self::OnePage)
    }

    /// Is it a share, in percent?
    #[must_use]
    pub const fn is_share(self) -> bool {
        matches!(self, Self::Ordered | Self::OnePage | Self::Contact)
    }

    /// Is it an amount of money?
    #[must_use]
    pub const fn is_money(self) -> bool {
        matches!(
            self,
            Self::ValuePerSession | Self::ValuePerPurchase | Self::MedianValue
        )
    }
}

impl Level {
    pub(super) fn share(count: u64, n: u64, all: bool) -> Self {
        Self::new(share::estimate_percent(count, n), n, all)
    }

    pub(super) fn mean(values: &Amounts, all: bool) -> Self {
        Self::new(values.mean(), values.n(), all)
    }

    pub(super) fn median(values: &Amounts, all: bool) -> Self {
        Self::new(values.median(), values.n(), all)
    }

    /// Too few give no value: they could be recognised.
    fn new(estimate: Option<Estimate>, n: u64, all: bool) -> Self {
        let estimate = estimate.filter(|_| all || n >= ANSWERS_MIN);
        let interval = estimate.and_then(|estimate| estimate.interval);
        Self {
            value: estimate.map(|estimate| estimate.value),
            low: interval.map(|interval| interval.low),
            high: interval.map(|interval| interval.high),
            n,
        }
    }
}

impl KpiDifference {
    pub(super) fn of(measure: Measure, difference: Difference) -> Self {
        Self {
            measure,
            value: difference.raw,
            low: difference.interval.map(|interval| interval.low),
            high: difference.interval.map(|interval| interval.high),
            p: difference.p,
            p_adjusted: None,
            differs: false,
        }
    }

    pub(super) fn settle(&mut self, p_adjusted: Option<f64>) {
        self.p_adjusted = p_adjusted;
        self.differs = p_adjusted.is_some_and(|p| p <= FALSE_ALARMS);
    }
}
