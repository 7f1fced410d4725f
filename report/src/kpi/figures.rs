//! The figures of a site: stage by stage, and in each by what came back.

use std::collections::BTreeMap;

use serde::Serialize;

use super::gather::Site;
use super::group::Group;
use super::level::{KpiDifference, Level, Measure};
use super::purchase::Currency;
use super::session::Reply;
use super::stage::Stage;
use super::{Purchases, SiteKpi, unknown};
use crate::figures::amount::Amounts;
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

pub(super) fn of(site: &Site, query: &Query) -> SiteKpi {
    let counts = &site.counts;
    let currency = main_currency(&counts.values);
    let stages = Stage::ALL.into_iter().zip(&counts.stages);
    let stages = stages.filter_map(|(stage, groups)| {
        let groups = groups.as_ref()?;
        Some(stage_of(stage, groups, currency, query.all))
    });
    let mut found = SiteKpi {
        site: site.name.clone(),
        moved: None,
        purchases: purchases(site, currency, query.all),
        stages: stages.collect(),
        left_out: LeftOut {
            without_session: site.asked_without_session,
            ..counts.left_out
        },
        unknown: Vec::new(),
    };
    found.unknown = unknown::sentences(&found, site.has_contact_events);
    found
}

/// The currency of most purchases that have a value; inner `None` if most name none.
pub(super) type MainCurrency = Option<Option<Currency>>;

fn main_currency(values: &BTreeMap<Option<Currency>, Amounts>) -> MainCurrency {
    let most = values.iter().max_by_key(|(_, values)| values.n());
    most.map(|(currency, _)| *currency)
}

fn purchases(site: &Site, currency: MainCurrency, all: bool) -> Purchases {
    let mut told = site.told.clone();
    let mut main = &Amounts::default();
    for (other, values) in &site.counts.values {
        if Some(*other) == currency {
            main = values;
        } else {
            let name = other.as_ref().map_or("", Currency::as_str);
            told.other_currencies.insert(name.to_owned(), values.n());
        }
    }
    Purchases {
        n: site.counts.purchases,
        currency: currency
            .flatten()
            .map(|currency| currency.as_str().to_owned()),
        mean: Level::mean(main, all),
        median: Level::median(main, all),
        told,
    }
}

fn stage_of(
    stage: Stage,
    groups: &BTreeMap<Reply, Group>,
    currency: MainCurrency,
    all: bool,
) -> StageKpi {
    let none = Group::default();
    let group = |reply: Reply| groups.get(&reply).unwrap_or(&none);
    let rest = Group::of(&[group(Reply::Middle), group(Reply::High)]);
    StageKpi {
        stage,
        bands: Reply::ALL
            .into_iter()
            .map(|reply| group(reply).band(reply, stage, currency, all))
            .collect(),
        low_less_rest: group(Reply::Low).less(&rest, stage, currency),
    }
}
