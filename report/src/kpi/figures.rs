//! The figures of a site: stage by stage, and in each by what came back.

use std::collections::BTreeMap;

use serde::Serialize;

use super::gather::{Gathered, Site};
use super::purchase::Purchase;
use super::session::{Link, Reply, Session};
use super::stage::Stage;
use super::{Purchases, SiteKpi, unknown};
use crate::figures::difference::{self, Difference};
use crate::figures::interval::Estimate;
use crate::figures::several::FALSE_ALARMS;
use crate::figures::{ANSWERS_MIN, amount, share};
use crate::query::Query;

/// One stage of the way to an order.
#[derive(Clone, Debug, Serialize)]
pub struct StageKpi {
    /// Which.
    pub stage: Stage,
    /// Low, middle, high, and without a score.
    pub bands: Vec<BandKpi>,
    /// Sessions without consent, which end with their page and are therefore in none of the bands.
    pub unfollowed: u64,
    /// Sessions with a low score less those with another one.
    pub low_less_rest: Vec<KpiDifference>,
}

/// Sessions in which the same kind of score was given.
#[derive(Clone, Debug, Serialize)]
pub struct BandKpi {
    /// `low`, `middle`, `high` or `no_score`.
    pub band: &'static str,
    /// How many.
    pub sessions: u64,
    /// What they came to.
    #[serde(flatten)]
    pub levels: BTreeMap<Measure, Level>,
}

/// What is measured of sessions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Measure {
    /// Share with a purchase, in percent: the conversion.
    Ordered,
    /// Mean value of all purchases of a session, nothing where there was none; in units of the currency.
    ValuePerSession,
    /// Mean value of a purchase.
    ValuePerPurchase,
    /// Median value of a purchase.
    MedianValue,
    /// Mean number of pages, at least.
    Pages,
    /// Share seen on one page only that bought nothing, in percent, at most: like a bounce.
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

pub(super) fn of(name: &str, site: &Site, gathered: &Gathered, query: &Query) -> SiteKpi {
    let currency = main_currency(&site.purchases);
    let stages: Vec<StageKpi> = Stage::ALL
        .into_iter()
        .filter_map(|stage| stage_of(stage, site, gathered, currency.as_ref(), query.all))
        .collect();
    let purchases = purchases(site, currency, query.all);
    SiteKpi {
        site: name.to_owned(),
        moved: None,
        unknown: unknown::sentences(&purchases, &stages, site.has_contact_events),
        purchases,
        stages,
    }
}

/// The currency of most purchases that have a value; inner `None` if most name none.
type Currency = Option<Box<str>>;

fn main_currency(purchases: &[Purchase]) -> Option<Currency> {
    let mut counts = BTreeMap::<&Currency, u64>::new();
    for purchase in purchases.iter().filter(|purchase| purchase.value.is_some()) {
        *counts.entry(&purchase.currency).or_default() += 1;
    }
    let most = counts.into_iter().max_by_key(|(_, count)| *count);
    most.map(|(currency, _)| currency.clone())
}

fn purchases(site: &Site, currency: Option<Currency>, all: bool) -> Purchases {
    let mut values = Vec::new();
    let mut told = site.told.clone();
    for purchase in &site.purchases {
        match purchase.value {
            Some(value) if Some(&purchase.currency) == currency.as_ref() => values.push(value),
            Some(_) => {
                let name = purchase.currency.as_deref().unwrap_or_default();
                *told.other_currencies.entry(name.to_owned()).or_default() += 1;
            }
            None => {}
        }
    }
    Purchases {
        n: site.purchases.len() as u64,
        currency: currency.flatten().map(String::from),
        mean: Level::mean(&values, all),
        median: Level::median(&values, all),
        told,
    }
}

fn stage_of(
    stage: Stage,
    site: &Site,
    gathered: &Gathered,
    currency: Option<&Currency>,
    all: bool,
) -> Option<StageKpi> {
    let mut groups: BTreeMap<Reply, Group> = BTreeMap::new();
    let mut unfollowed = 0;
    for (&link, session) in &site.sessions.asked {
        let Some(reply) = session.reply(stage) else {
            continue;
        };
        if !gathered.periods.asked.has(session.received) {
            continue;
        }
        // After the purchase it is on the very page that asks; before, pages must be told together.
        if stage != Stage::After && !site.goes_on(link) {
            unfollowed += 1;
            continue;
        }
        groups
            .entry(reply)
            .or_default()
            .add(site, link, session, currency);
    }
    if groups.is_empty() && unfollowed == 0 {
        return None;
    }
    let none = Group::default();
    let group = |reply: Reply| groups.get(&reply).unwrap_or(&none);
    let rest = Group::of(&[group(Reply::Middle), group(Reply::High)]);
    Some(StageKpi {
        stage,
        unfollowed,
        bands: Reply::ALL
            .into_iter()
            .map(|reply| group(reply).band(reply, stage, all))
            .collect(),
        low_less_rest: group(Reply::Low).less(&rest, stage),
    })
}

impl Site {
    /// Is a session of this kind followed from page to page?
    pub(super) const fn goes_on(&self, link: Link) -> bool {
        self.single_page || link.is_visit()
    }
}

/// Sessions of a kind, counted.
#[derive(Clone, Debug, Default)]
struct Group {
    sessions: u64,
    ordered: u64,
    /// Of sessions all of whose purchases have a value in the main currency.
    per_session: Vec<f64>,
    per_purchase: Vec<f64>,
    /// Of sessions that are followed from page to page.
    pages: Vec<f64>,
    one_page: u64,
    contact: u64,
}

impl Group {
    fn add(&mut self, site: &Site, link: Link, session: &Session, currency: Option<&Currency>) {
        let bought = site.sessions.purchases(link);
        let in_currency = |purchase: &&Purchase| Some(&purchase.currency) == currency;
        let values: Vec<f64> = bought
            .iter()
            .filter(in_currency)
            .filter_map(|purchase| purchase.value)
            .collect();
        self.sessions += 1;
        self.ordered += u64::from(!bought.is_empty());
        if values.len() == bought.len() {
            self.per_session.push(values.iter().sum());
        }
        self.per_purchase.extend(values);
        if site.goes_on(link) {
            let pages = site.sessions.pages(link, session).max(1);
            self.pages.push(f64::from(pages));
            self.one_page += u64::from(pages == 1 && bought.is_empty());
        }
        self.contact += u64::from(site.sessions.is_in_contact(link, session));
    }

    fn of(groups: &[&Self]) -> Self {
        let mut all = Self::default();
        for group in groups {
            all.sessions += group.sessions;
            all.ordered += group.ordered;
            all.per_session.extend(&group.per_session);
            all.per_purchase.extend(&group.per_purchase);
            all.pages.extend(&group.pages);
            all.one_page += group.one_page;
            all.contact += group.contact;
        }
        all
    }

    fn band(&self, reply: Reply, stage: Stage, all: bool) -> BandKpi {
        let share = |count, n| Level::share(count, n, all);
        let followed = self.pages.len() as u64;
        let levels = [
            (Measure::Ordered, share(self.ordered, self.sessions)),
            (
                Measure::ValuePerSession,
                Level::mean(&self.per_session, all),
            ),
            (
                Measure::ValuePerPurchase,
                Level::mean(&self.per_purchase, all),
            ),
            (Measure::MedianValue, Level::median(&self.per_purchase, all)),
            (Measure::Pages, Level::mean(&self.pages, all)),
            (Measure::OnePage, share(self.one_page, followed)),
            (Measure::Contact, share(self.contact, self.sessions)),
        ];
        BandKpi {
            band: reply.name(),
            sessions: self.sessions,
            levels: levels
                .into_iter()
                .filter(|(measure, _)| measure.is_of(stage))
                .collect(),
        }
    }

    fn less(&self, rest: &Self, stage: Stage) -> Vec<KpiDifference> {
        let shares = |one: u64, of_one: usize, other: u64, of_other: usize| {
            let (of_one, of_other) = (of_one as u64, of_other as u64);
            let enough = of_one.min(of_other) >= ANSWERS_MIN;
            enough.then(|| difference::of_shares((one, of_one), (other, of_other)))?
        };
        let means = |these: &[f64], those: &[f64]| {
            let enough = these.len().min(those.len()) as u64 >= ANSWERS_MIN;
            enough.then(|| amount::difference(these, those))?
        };
        let (n, m) = (self.sessions as usize, rest.sessions as usize);
        let found = [
            (Measure::Ordered, shares(self.ordered, n, rest.ordered, m)),
            (
                Measure::ValuePerSession,
                means(&self.per_session, &rest.per_session),
            ),
            (
                Measure::ValuePerPurchase,
                means(&self.per_purchase, &rest.per_purchase),
            ),
            (Measure::Pages, means(&self.pages, &rest.pages)),
            (
                Measure::OnePage,
                shares(
                    self.one_page,
                    self.pages.len(),
                    rest.one_page,
                    rest.pages.len(),
                ),
            ),
            (Measure::Contact, shares(self.contact, n, rest.contact, m)),
        ];
        found
            .into_iter()
            .filter(|(measure, _)| measure.is_of(stage))
            .filter_map(|(measure, found)| Some(KpiDifference::of(measure, found?)))
            .collect()
    }
}

impl Measure {
    /// Who is asked after the purchase has bought: that share, and the value of all sessions, say nothing.
    fn is_of(self, stage: Stage) -> bool {
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

    fn mean(values: &[f64], all: bool) -> Self {
        Self::new(amount::mean(values), values.len() as u64, all)
    }

    fn median(values: &[f64], all: bool) -> Self {
        Self::new(amount::median(values), values.len() as u64, all)
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
    fn of(measure: Measure, difference: Difference) -> Self {
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
