//! Reads what was asked and what was bought, and puts it together session by session.

use std::collections::{BTreeMap, HashMap};

use foldhash::fast::FixedState;
use serde::Serialize;

use super::link::Link;
use super::purchase::Purchase;
use super::session::{Reply, Session, Sessions, VISIT_ENDS_AFTER};
use super::stage::{Shops, Stage};
use crate::fold::{Folded, Key};
use crate::line;
use crate::names::{ContextKey, Happening, Subject};
use crate::period::Periods;
use crate::query::Query;
use crate::read::Reading;
use crate::run::Wanted;
use crate::segments::ReadError;
use crate::summary::Lines;

/// All that was heard.
pub(super) struct Gathered<'r> {
    pub(super) sites: BTreeMap<&'r str, Site>,
    pub(super) periods: Periods,
    pub(super) lines: Lines,
}

/// All that was heard of one site.
#[derive(Default)]
pub(super) struct Site {
    pub(super) sessions: Sessions,
    /// Within the period asked for, each once.
    pub(super) purchases: Vec<Purchase>,
    pub(super) told: Told,
    /// Was help ever asked for by an event?
    pub(super) has_contact_events: bool,
    pub(super) single_page: bool,
    /// Questions within the period asked for that name no session.
    pub(super) asked_without_session: u64,
    stages: HashMap<ContextKey, Stage, FixedState>,
}

/// What was told and is not, or not everywhere, in the figures.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Told {
    /// Purchases told a second time in their session: not counted.
    pub twice: u64,
    /// Purchases of less than nothing, which are none: not counted.
    pub negative: u64,
    /// Purchases sent by programs that drive browsers: not counted, unless wanted.
    pub automated: u64,
    /// Purchases that name no value, or none that is a number: in no value.
    pub without_value: u64,
    /// Purchases with values in other currencies, by currency, without one under the empty name: in no value.
    pub other_currencies: BTreeMap<String, u64>,
    /// Purchases that name no session.
    pub without_session: u64,
}

/// What a session can tell about a stage in which somebody was asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Standing {
    /// All that it came to.
    Whole,
    /// Only what was on the page that asked: what came of it is on others, and nothing leads there.
    Unfollowed,
    /// Not yet what it will come to.
    Running,
}

pub(super) fn gather<'r>(
    reading: &'r Reading,
    query: &Query,
    shops: &Shops,
) -> Result<Gathered<'r>, ReadError> {
    let mut gathered = Gathered {
        sites: BTreeMap::new(),
        periods: Periods::of(query, reading.newest),
        lines: reading.lines.clone(),
    };
    let wanted = Wanted {
        answers: false,
        attributes: true,
    };
    let names = &reading.names;
    reading.for_each_and_event(wanted, |key, folded| {
        if let Some(happening) = names.happening_of(key.subject) {
            gathered.hear(happening, query, shops, key, &folded);
        } else if let Some(subject) = names.subject_of(key.subject) {
            let page = names
                .context_of(folded.asked.context)
                .map_or("", |context| context.page.as_str());
            let is_counted = query.takes(key, &folded, names, &mut gathered.lines);
            let is_watched = query.is_about(key, names)
                && query.counts(key, &folded)
                && gathered.periods.change.has(folded.received);
            if is_counted || is_watched {
                gathered.ask(subject, shops, key, &folded, page);
            }
        }
    })?;
    Ok(gathered)
}

impl<'r> Gathered<'r> {
    pub(super) fn standing(
        &self,
        site: &Site,
        link: Link,
        session: &Session,
        stage: Stage,
    ) -> Standing {
        // After the purchase it is on the very page that asks; before, pages must be told together.
        if stage != Stage::After && !(site.single_page || link.is_visit()) {
            return Standing::Unfollowed;
        }
        let ended = site.sessions.last_heard(link, session) + VISIT_ENDS_AFTER;
        if ended > self.periods.now {
            Standing::Running
        } else {
            Standing::Whole
        }
    }

    fn site(&mut self, name: &'r str, shops: &Shops) -> &mut Site {
        self.sites.entry(name).or_insert_with(|| Site {
            single_page: shops.of(name).single_page,
            ..Site::default()
        })
    }

    fn ask(&mut self, subject: &'r Subject, shops: &Shops, key: &Key, folded: &Folded, page: &str) {
        let is_asked_for = self.periods.asked.has(folded.received);
        let site = self.site(&subject.site, shops);
        let Some(link) = Link::of(key, &folded.asked) else {
            site.asked_without_session += u64::from(is_asked_for);
            return;
        };
        let context = folded.asked.context;
        let stages = shops.of(&subject.site);
        let stage = site.stages.entry(context);
        let stage = *stage.or_insert_with(|| stages.of(page));
        let score = folded.score.as_ref().map(|score| score.answer);
        let reply = Reply::from(score.map(|score| subject.metric.band(score)));
        site.sessions.ask(link, stage, reply, folded);
    }

    fn hear(
        &mut self,
        happening: &'r Happening,
        query: &Query,
        shops: &Shops,
        key: &Key,
        folded: &Folded,
    ) {
        let is_wanted = |wanted: &String| *wanted == happening.site;
        if !query.site.as_ref().is_none_or(is_wanted) {
            return;
        }
        let is_asked_for = self.periods.asked.has(folded.received);
        let site = self.site(&happening.site, shops);
        let link = Link::of(key, &folded.asked);
        let is_left_out = key.automated && !query.include_automated;
        match happening.told {
            line::Told::Contact if is_left_out => {}
            line::Told::Contact => {
                site.has_contact_events = true;
                if let Some(link) = link {
                    site.sessions.seek_help(link, folded);
                }
            }
            line::Told::Purchase if is_left_out => {
                site.told.automated += u64::from(is_asked_for);
            }
            line::Told::Purchase => site.buy(link, folded, is_asked_for),
        }
    }
}

impl Site {
    fn buy(&mut self, link: Option<Link>, folded: &Folded, is_asked_for: bool) {
        let told = &mut self.told;
        let Ok(purchase) = Purchase::read(&folded.asked.attributes, folded.asked.at) else {
            told.negative += u64::from(is_asked_for);
            return;
        };
        let is_new = match link {
            Some(link) => self.sessions.buy(link, &purchase, folded),
            None => {
                told.without_session += u64::from(is_asked_for);
                true
            }
        };
        if !is_asked_for {
            return;
        }
        if !is_new {
            told.twice += 1;
            return;
        }
        told.without_value += u64::from(purchase.value.is_none());
        self.purchases.push(purchase);
    }
}
