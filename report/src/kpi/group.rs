//! Sessions in which the same kind of score was given, counted.

use std::collections::BTreeMap;

use super::figures::{BandKpi, MainCurrency};
use super::level::{KpiDifference, Level, Measure};
use super::link::Link;
use super::purchase::{Currency, Purchase};
use super::session::{Replied, Reply, Session, Sessions};
use super::stage::Stage;
use crate::figures::ANSWERS_MIN;
use crate::figures::amount::Amounts;
use crate::figures::difference;

/// Sessions of a kind, counted.
#[derive(Clone, Debug, Default)]
pub(super) struct Group {
    sessions: u64,
    ordered: u64,
    /// By currency: which one is the main one is known last.
    money: BTreeMap<Option<Currency>, Money>,
    /// Of sessions that say how many.
    pages: Amounts,
    one_page: u64,
    contact: u64,
}

/// What was paid in one currency.
#[derive(Clone, Debug, Default)]
struct Money {
    /// In sessions all of whose purchases have a value in it.
    per_session: Amounts,
    per_purchase: Amounts,
}

impl Group {
    pub(super) fn add(
        &mut self,
        sessions: &Sessions,
        link: Link,
        session: &Session,
        (stage, replied): (Stage, Replied),
    ) {
        let orders: Vec<&Purchase> = sessions.orders(link, stage, replied).collect();
        self.sessions += 1;
        if let Some(first) = orders.first() {
            self.ordered += 1;
            let values = orders.iter().map(|purchase| {
                let is_same = purchase.currency == first.currency;
                purchase.value.filter(|_| is_same)
            });
            if let Some(value) = values.sum::<Option<f64>>() {
                let money = self.money.entry(first.currency).or_default();
                money.per_session.add(value);
            }
        }
        for purchase in orders {
            if let Some(value) = purchase.value {
                let money = self.money.entry(purchase.currency).or_default();
                money.per_purchase.add(value);
            }
        }
        if let Some(pages) = sessions.pages(link, session) {
            self.pages.add(f64::from(pages));
            self.one_page += u64::from(pages == 1 && sessions.purchases(link).is_empty());
        }
        self.contact += u64::from(sessions.is_in_contact(link, session));
    }

    /// What each session came to. None if that is not known of some: to leave those out would be to leave
    /// out buyers and nobody else.
    fn per_session(&self, currency: MainCurrency) -> Amounts {
        let paid = currency.and_then(|currency| self.money.get(&currency));
        let mut worth = paid.map_or_else(Amounts::default, |money| money.per_session.clone());
        worth.add_times(0.0, self.sessions - self.ordered);
        if worth.n() == self.sessions {
            worth
        } else {
            Amounts::default()
        }
    }

    fn per_purchase(&self, currency: MainCurrency) -> Amounts {
        let paid = currency.and_then(|currency| self.money.get(&currency));
        paid.map_or_else(Amounts::default, |money| money.per_purchase.clone())
    }

    pub(super) fn of(groups: &[&Self]) -> Self {
        let mut all = Self::default();
        for group in groups {
            all.sessions += group.sessions;
            all.ordered += group.ordered;
            for (currency, money) in &group.money {
                let all = all.money.entry(*currency).or_default();
                all.per_session.merge(&money.per_session);
                all.per_purchase.merge(&money.per_purchase);
            }
            all.pages.merge(&group.pages);
            all.one_page += group.one_page;
            all.contact += group.contact;
        }
        all
    }

    pub(super) fn band(
        &self,
        reply: Reply,
        stage: Stage,
        currency: MainCurrency,
        all: bool,
    ) -> BandKpi {
        let share = |count, n| Level::share(count, n, all);
        let per_purchase = self.per_purchase(currency);
        let counted = self.pages.n();
        let levels = [
            (Measure::Ordered, share(self.ordered, self.sessions)),
            (
                Measure::ValuePerSession,
                Level::mean(&self.per_session(currency), all),
            ),
            (Measure::ValuePerPurchase, Level::mean(&per_purchase, all)),
            (Measure::MedianValue, Level::median(&per_purchase, all)),
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
    pub(super) fn less(
        &self,
        rest: &Self,
        stage: Stage,
        currency: MainCurrency,
    ) -> Vec<KpiDifference> {
        let shares = |one: u64, other: u64| {
            let enough = self.sessions.min(rest.sessions) >= ANSWERS_MIN;
            enough.then(|| difference::of_shares((one, self.sessions), (other, rest.sessions)))?
        };
        let means = |value: fn(&Self, MainCurrency) -> Amounts| {
            let (these, those) = (value(self, currency), value(rest, currency));
            let enough = these.n().min(those.n()) >= ANSWERS_MIN;
            enough.then(|| these.less(&those))?
        };
        let found = [
            (Measure::Ordered, shares(self.ordered, rest.ordered)),
            (Measure::ValuePerSession, means(Self::per_session)),
            (Measure::ValuePerPurchase, means(Self::per_purchase)),
            (Measure::Contact, shares(self.contact, rest.contact)),
        ];
        found
            .into_iter()
            .filter(|(measure, _)| measure.is_of(stage))
            .filter_map(|(measure, found)| Some(KpiDifference::of(measure, found?)))
            .collect()
    }
}
