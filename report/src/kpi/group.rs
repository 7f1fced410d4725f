//! Sessions in which the same kind of score was given, counted.

use super::figures::{BandKpi, MainCurrency};
use super::level::{KpiDifference, Level, Measure};
use super::link::Link;
use super::purchase::Purchase;
use super::session::{Replied, Reply, Session, Sessions};
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
    /// Of sessions that say how many.
    pages: Vec<f64>,
    one_page: u64,
    contact: u64,
}

impl Group {
    pub(super) fn add(
        &mut self,
        sessions: &Sessions,
        link: Link,
        session: &Session,
        (stage, replied): (Stage, Replied),
        currency: MainCurrency,
    ) {
        let orders: Vec<&Purchase> = sessions.orders(link, stage, replied).collect();
        let values: Vec<f64> = orders
            .iter()
            .filter(|purchase| Some(purchase.currency) == currency)
            .filter_map(|purchase| purchase.value)
            .collect();
        self.sessions += 1;
        self.ordered += u64::from(!orders.is_empty());
        if values.len() == orders.len() {
            self.per_session.push(values.iter().sum());
        }
        self.per_purchase.extend(values);
        if let Some(pages) = sessions.pages(link, session) {
            self.pages.push(f64::from(pages));
            self.one_page += u64::from(pages == 1 && sessions.purchases(link).is_empty());
        }
        self.contact += u64::from(sessions.is_in_contact(link, session));
    }

    /// What each session came to. None if that is not known of some: to leave those out would be to leave
    /// out buyers and nobody else.
    fn per_session(&self) -> &[f64] {
        if self.per_session.len() as u64 == self.sessions {
            &self.per_session
        } else {
            &[]
        }
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
        let counted = self.pages.len() as u64;
        let levels = [
            (Measure::Ordered, share(self.ordered, self.sessions)),
            (
                Measure::ValuePerSession,
                Level::mean(self.per_session(), all),
            ),
            (
                Measure::ValuePerPurchase,
                Level::mean(&self.per_purchase, all),
            ),
            (Measure::MedianValue, Level::median(&self.per_purchase, all)),
            (Measure::Pages, Level::mean(&self.pages, all)),
            (Measure::OnePage, share(self.one_page, counted)),
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

    /// How far it is from the others. Pages are left out: they are known as a bound, and what is not known
    /// of them depends on when somebody was asked.
    pub(super) fn less(&self, rest: &Self, stage: Stage) -> Vec<KpiDifference> {
        let shares = |one: u64, other: u64| {
            let enough = self.sessions.min(rest.sessions) >= ANSWERS_MIN;
            enough.then(|| difference::of_shares((one, self.sessions), (other, rest.sessions)))?
        };
        let means = |these: &[f64], those: &[f64]| {
            let enough = these.len().min(those.len()) as u64 >= ANSWERS_MIN;
            enough.then(|| amount::difference(these, those))?
        };
        let found = [
            (Measure::Ordered, shares(self.ordered, rest.ordered)),
            (
                Measure::ValuePerSession,
                means(self.per_session(), rest.per_session()),
            ),
            (
                Measure::ValuePerPurchase,
                means(&self.per_purchase, &rest.per_purchase),
            ),
            (Measure::Contact, shares(self.contact, rest.contact)),
        ];
        found
            .into_iter()
            .filter(|(measure, _)| measure.is_of(stage))
            .filter_map(|(measure, found)| Some(KpiDifference::of(measure, found?)))
            .collect()
    }
}
