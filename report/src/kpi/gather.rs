//! Reads what was asked and what was bought, parts it by session, and counts one share of the sessions after the other.

use std::collections::{BTreeMap, HashMap};
use std::io;
use std::path::Path;

use foldhash::fast::FixedState;
use serde::Serialize;

use super::count::Counts;
use super::fact::{Fact, What};
use super::link::Link;
use super::purchase::Purchase;
use super::session::{Reply, Sessions};
use super::shares::Shares;
use super::stage::{Shops, Stage};
use crate::cache;
use crate::fold::{Folded, Key};
use crate::line;
use crate::names::{ContextKey, Happening, Subject};
use crate::period::Periods;
use crate::query::Query;
use crate::read::Reading;
use crate::run::Wanted;
use crate::segments::{self, ReadError};
use crate::summary::Lines;

/// All that was heard.
pub(super) struct Gathered {
    /// In the order of their names.
    pub(super) sites: Vec<Site>,
    pub(super) lines: Lines,
}

/// All that was heard of one site.
pub(super) struct Site {
    pub(super) name: String,
    pub(super) counts: Counts,
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

/// While it is read.
struct Hearing<'r> {
    query: &'r Query,
    shops: &'r Shops,
    periods: Periods,
    sites: Vec<Site>,
    places: HashMap<&'r str, u32, FixedState>,
    shares: Shares<'r>,
    /// Why what was heard could not be put aside.
    failed: Option<io::Error>,
    lines: Lines,
}

pub(super) fn gather(
    reading: &Reading,
    query: &Query,
    shops: &Shops,
    data_dir: &Path,
) -> Result<Gathered, ReadError> {
    let folder = cache::folder(data_dir);
    let refused = |source| segments::refused(&folder, source);
    let mut hearing = Hearing {
        query,
        shops,
        periods: Periods::of(query, reading.newest),
        sites: Vec::new(),
        places: HashMap::default(),
        shares: Shares::new(&folder),
        failed: None,
        lines: reading.lines.clone(),
    };
    let wanted = Wanted {
        answers: false,
        attributes: true,
    };
    let names = &reading.names;
    reading.for_each_and_event(wanted, |key, folded| {
        if let Some(happening) = names.happening_of(key.subject) {
            hearing.hear(happening, key, &folded);
        } else if let Some(subject) = names.subject_of(key.subject) {
            let page = names
                .context_of(folded.asked.context)
                .map_or("", |context| context.page.as_str());
            let is_counted = query.takes(key, &folded, names, &mut hearing.lines);
            let is_watched = query.is_about(key, names)
                && query.counts(key, &folded)
                && hearing.periods.change.has(folded.received);
            if is_counted || is_watched {
                hearing.ask(subject, key, &folded, page);
            }
        }
    })?;
    if let Some(source) = hearing.failed {
        return Err(refused(source));
    }
    let (mut sites, periods) = (hearing.sites, hearing.periods);
    let mut sessions: Vec<Sessions> = Vec::new();
    hearing
        .shares
        .tell(|facts| {
            sessions.clear();
            sessions.resize_with(sites.len(), Sessions::default);
            for fact in facts {
                let place = fact.site as usize;
                if let (Some(site), Some(sessions)) =
                    (sites.get_mut(place), sessions.get_mut(place))
                {
                    site.put(sessions, &fact, &periods);
                }
            }
            for (site, sessions) in sites.iter_mut().zip(&sessions) {
                site.counts.add(sessions, site.single_page, &periods, names);
            }
        })
        .map_err(refused)?;
    sites.sort_by(|one, other| one.name.cmp(&other.name));
    Ok(Gathered {
        sites,
        lines: hearing.lines,
    })
}

impl<'r> Hearing<'r> {
    /// The place of a site.
    fn place(&mut self, name: &'r str) -> u32 {
        *self.places.entry(name).or_insert_with(|| {
            self.sites.push(Site::new(name, self.shops));
            self.sites.len() as u32 - 1
        })
    }

    fn put(&mut self, fact: &Fact) {
        if self.failed.is_none() {
            self.failed = self.shares.add(fact).err();
        }
    }

    fn ask(&mut self, subject: &'r Subject, key: &Key, folded: &Folded, page: &str) {
        let is_asked_for = self.periods.asked.has(folded.received);
        let place = self.place(&subject.site);
        let Some(site) = self.sites.get_mut(place as usize) else {
            return;
        };
        let Some(link) = Link::of(key, &folded.asked) else {
            site.asked_without_session += u64::from(is_asked_for);
            return;
        };
        let context = folded.asked.context;
        let stages = self.shops.of(&subject.site);
        let stage = site.stages.entry(context);
        let stage = *stage.or_insert_with(|| stages.of(page));
        let score = folded.score.as_ref().map(|score| score.answer);
        let what = What::Asked {
            stage,
            reply: Reply::from(score.map(|score| subject.metric.band(score))),
            context,
            contact: folded.contact,
        };
        self.put(&fact(place, link, folded, what));
    }

    fn hear(&mut self, happening: &'r Happening, key: &Key, folded: &Folded) {
        let is_wanted = |wanted: &String| *wanted == happening.site;
        if !self.query.site.as_ref().is_none_or(is_wanted) {
            return;
        }
        let is_asked_for = self.periods.asked.has(folded.received);
        let place = self.place(&happening.site);
        let Some(site) = self.sites.get_mut(place as usize) else {
            return;
        };
        let link = Link::of(key, &folded.asked);
        let is_left_out = key.automated && !self.query.include_automated;
        let what = match happening.told {
            line::Told::Contact if is_left_out => None,
            line::Told::Contact => {
                site.has_contact_events = true;
                Some(What::SoughtHelp)
            }
            line::Told::Purchase if is_left_out => {
                site.told.automated += u64::from(is_asked_for);
                None
            }
            line::Told::Purchase => site.buy(link, folded, is_asked_for),
        };
        if let (Some(what), Some(link)) = (what, link) {
            self.put(&fact(place, link, folded, what));
        }
    }
}

fn fact(site: u32, link: Link, folded: &Folded, what: What) -> Fact {
    Fact {
        site,
        link,
        received: folded.received,
        heard: folded.last_heard(),
        at: folded.asked.at,
        pages: folded.asked.pages,
        what,
    }
}

impl Site {
    fn new(name: &str, shops: &Shops) -> Self {
        Self {
            name: name.to_owned(),
            counts: Counts::default(),
            told: Told::default(),
            has_contact_events: false,
            single_page: shops.of(name).single_page,
            asked_without_session: 0,
            stages: HashMap::default(),
        }
    }

    /// What is told of its session, if it is a purchase.
    fn buy(&mut self, link: Option<Link>, folded: &Folded, is_asked_for: bool) -> Option<What> {
        let told = &mut self.told;
        let Ok(purchase) = Purchase::read(&folded.asked.attributes, folded.asked.at) else {
            told.negative += u64::from(is_asked_for);
            return None;
        };
        if link.is_none() && is_asked_for {
            told.without_session += 1;
            self.count(&purchase);
        }
        Some(What::Bought {
            value: purchase.value,
            currency: purchase.currency,
        })
    }

    /// Puts what is told to its session.
    fn put(&mut self, sessions: &mut Sessions, fact: &Fact, periods: &Periods) {
        let is_told_before = sessions.hear(fact);
        let is_asked_for = periods.asked.has(fact.received);
        match fact.purchase().filter(|_| is_asked_for) {
            Some(_) if is_told_before => self.told.twice += 1,
            Some(purchase) => self.count(&purchase),
            None => {}
        }
    }

    fn count(&mut self, purchase: &Purchase) {
        self.told.without_value += u64::from(purchase.value.is_none());
        self.counts.buy(purchase);
    }
}
