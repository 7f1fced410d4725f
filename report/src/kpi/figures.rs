//! The figures of a site: stage by stage, and in each by what came back.

use std::collections::BTreeMap;

use serde::Serialize;

use super::gather::{Gathered, Site};
use super::group::Group;
use super::level::{KpiDifference, Level, Measure};
use super::purchase::Purchase;
use super::session::{Link, Reply};
use super::stage::Stage;
use super::{Purchases, SiteKpi, unknown};
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
pub(super) type Currency = Option<Box<str>>;

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
