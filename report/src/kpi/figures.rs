//! The figures of a site: stage by stage, and in each by what came back.

use std::collections::BTreeMap;

use serde::Serialize;

use super::gather::{Gathered, Site, Standing};
use super::group::Group;
use super::level::{KpiDifference, Level, Measure};
use super::link::Link;
use super::purchase::{Currency, Purchase};
use super::session::{Reply, Session};
use super::stage::Stage;
use super::{Purchases, SiteKpi, unknown};
use crate::period::Period;
use crate::query::Query;

/// One stage of the way to an order.
#[derive(Clone, Debug, Serialize)]
pub struct StageKpi {
    /// Which.
    pub stage: Stage,
    /// Low, middle, high, and without a score.
    pub bands: Vec<BandKpi>,
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

/// Sessions and questions that are in none of the bands, or not in those of each stage; each counted once.
#[derive(Clone, Copy, Debug, Default, Serialize)]
pub struct LeftOut {
    /// Sessions without consent, which end with their page.
    pub unfollowed: u64,
    /// Sessions that were heard of so lately that they may go on.
    pub running: u64,
    /// Questions that name no session.
    pub without_session: u64,
}

pub(super) fn of(name: &str, site: &Site, gathered: &Gathered<'_>, query: &Query) -> SiteKpi {
    let currency = main_currency(&site.purchases);
    let stages: Vec<StageKpi> = Stage::ALL
        .into_iter()
        .filter_map(|stage| stage_of(stage, site, gathered, currency, query.all))
        .collect();
    let mut found = SiteKpi {
        site: name.to_owned(),
        moved: None,
        purchases: purchases(site, currency, query.all),
        stages,
        left_out: left_out(site, gathered),
        unknown: Vec::new(),
    };
    found.unknown = unknown::sentences(&found, site.has_contact_events);
    found
}

/// The currency of most purchases that have a value; inner `None` if most name none.
pub(super) type MainCurrency = Option<Option<Currency>>;

fn main_currency(purchases: &[Purchase]) -> MainCurrency {
    let mut counts = BTreeMap::<Option<Currency>, u64>::new();
    for purchase in purchases.iter().filter(|purchase| purchase.value.is_some()) {
        *counts.entry(purchase.currency).or_default() += 1;
    }
    let most = counts.into_iter().max_by_key(|(_, count)| *count);
    most.map(|(currency, _)| currency)
}

fn purchases(site: &Site, currency: MainCurrency, all: bool) -> Purchases {
    let mut values = Vec::new();
    let mut told = site.told.clone();
    for purchase in &site.purchases {
        match purchase.value {
            Some(value) if Some(purchase.currency) == currency => values.push(value),
            Some(_) => {
                let name = purchase.currency.as_ref().map_or("", Currency::as_str);
                *told.other_currencies.entry(name.to_owned()).or_default() += 1;
            }
            None => {}
        }
    }
    Purchases {
        n: site.purchases.len() as u64,
        currency: currency
            .flatten()
            .map(|currency| currency.as_str().to_owned()),
        mean: Level::mean(&values, all),
        median: Level::median(&values, all),
        told,
    }
}

fn stage_of(
    stage: Stage,
    site: &Site,
    gathered: &Gathered<'_>,
    currency: MainCurrency,
    all: bool,
) -> Option<StageKpi> {
    let mut groups: BTreeMap<Reply, Group> = BTreeMap::new();
    let mut was_asked = false;
    for (link, session) in site.asked_within(gathered.periods.asked) {
        let Some(replied) = session.replied(stage) else {
            continue;
        };
        was_asked = true;
        if gathered.standing(site, link, session, stage) == Standing::Whole {
            let group = groups.entry(replied.reply).or_default();
            group.add(&site.sessions, link, session, (stage, replied), currency);
        }
    }
    if !was_asked {
        return None;
    }
    let none = Group::default();
    let group = |reply: Reply| groups.get(&reply).unwrap_or(&none);
    let rest = Group::of(&[group(Reply::Middle), group(Reply::High)]);
    Some(StageKpi {
        stage,
        bands: Reply::ALL
            .into_iter()
            .map(|reply| group(reply).band(reply, stage, all))
            .collect(),
        low_less_rest: group(Reply::Low).less(&rest, stage),
    })
}

fn left_out(site: &Site, gathered: &Gathered<'_>) -> LeftOut {
    let mut left_out = LeftOut {
        without_session: site.asked_without_session,
        ..LeftOut::default()
    };
    for (link, session) in site.asked_within(gathered.periods.asked) {
        let standings = Stage::ALL
            .into_iter()
            .filter(|stage| session.replied(*stage).is_some())
            .map(|stage| gathered.standing(site, link, session, stage));
        for (count, kind) in [
            (&mut left_out.unfollowed, Standing::Unfollowed),
            (&mut left_out.running, Standing::Running),
        ] {
            *count += u64::from(standings.clone().any(|standing| standing == kind));
        }
    }
    left_out
}

impl Site {
    /// Sessions in which somebody was asked within this period.
    pub(super) fn asked_within(&self, period: Period) -> impl Iterator<Item = (Link, &Session)> {
        let asked = self.sessions.asked.iter();
        asked
            .map(|(&link, session)| (link, session))
            .filter(move |(_, session)| period.has(session.received))
    }
}
