//! Sessions in which the same kind of score was given, counted.

use super::figures::{BandKpi, Currency};
use super::gather::Site;
use super::level::{KpiDifference, Level, Measure};
use super::purchase::Purchase;
use super::session::{Link, Reply, Session};
use super::stage::Stage;
use crate::figures::difference;
use crate::figures::{ANSWERS_MIN, amount};

/// Sessions of a kind, counted.
#[derive(Clone, Debug, Default)]
pub(super) struct Group {
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
    pub(super) fn add(
        &mut self,
        site: &Site,
        link: Link,
        session: &Session,
        currency: Option<&Currency>,
    ) {
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

    pub(super) fn of(groups: &[&Self]) -> Self {
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

    pub(super) fn band(&self, reply: Reply, stage: Stage, all: bool) -> BandKpi {
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

    pub(super) fn less(&self, rest: &Self, stage: Stage) -> Vec<KpiDifference> {
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
