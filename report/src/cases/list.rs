//! The cases of a query: those that wait longest first, and the figures of all.

use std::collections::BTreeMap;
use std::str::FromStr;

use jiff::Timestamp;
use serde::Serialize;
use survey::case::Status;

use super::case::{self, Case};
use super::figures::{Counted, Figures};
use super::handled::Handled;
use super::state::State;
use crate::fold::{Folded, Key};
use crate::query::Query;
use crate::read::Reading;
use crate::run::Wanted as Parts;
use crate::segments::ReadError;
use crate::summary::Lines;

/// Which cases are wanted.
#[derive(Clone, Debug)]
pub struct Wanted {
    /// Survey, site, and when they were opened; whether automated ones count.
    pub query: Query,
    /// The moment of which it is said how far they are: what was done later is left out.
    pub now: Timestamp,
    /// Only those of this owner; of nobody if it is empty.
    pub owner: Option<String>,
    /// Which of them are listed. The figures are of all.
    pub which: Which,
    /// So many are listed at most.
    pub most: usize,
}

/// Which cases are listed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Which {
    /// Open or answered: there is something left to do.
    #[default]
    Unsettled,
    /// Open, and their time is over.
    Overdue,
    /// Those of one status.
    Of(Status),
    /// Open, and due after this moment, overdue or not: what has or will become so since one looked. It
    /// has no place among those that people list.
    DueAfter(Timestamp),
    /// All.
    All,
}

/// The text names none of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("write unsettled, overdue, open, answered, resolved, no_action or all")]
pub struct UnknownWhich;

/// Cases, and how well they are followed up.
#[derive(Clone, Debug, Serialize)]
pub struct Cases {
    /// Of all that the query asks for, whatever their status.
    pub figures: Figures,
    /// How many are wanted, more than are listed perhaps.
    pub total: u64,
    /// Of these, those who left a contact.
    pub with_contact: u64,
    /// Overdue ones first, then open ones, both by when an answer is due, then answered ones, and the
    /// settled ones last, the latest of them first.
    pub cases: Vec<Case>,
    /// What was read.
    pub lines: Lines,
    /// What was asked for that no line is about, in words.
    #[serde(skip)]
    pub absent: Vec<String>,
}

impl Which {
    /// All that can be asked for by name, in the order people list them.
    pub const ALL: [Self; 7] = [
        Self::Unsettled,
        Self::Overdue,
        Self::Of(Status::Open),
        Self::Of(Status::Answered),
        Self::Of(Status::Resolved),
        Self::Of(Status::NoAction),
        Self::All,
    ];

    /// As it is written after `--status` and in addresses.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Unsettled => "unsettled",
            Self::Overdue => "overdue",
            Self::Of(status) => status.name(),
            Self::DueAfter(_) => "due_after",
            Self::All => "all",
        }
    }

    fn takes(self, state: &State, opened: i64, is_overdue: bool) -> bool {
        match self {
            Self::Unsettled => !state.status.is_over(),
            Self::Overdue => is_overdue,
            Self::Of(status) => state.status == status,
            Self::DueAfter(moment) => {
                state.status == Status::Open && state.due(opened) > moment.as_microsecond()
            }
            Self::All => true,
        }
    }
}

impl FromStr for Which {
    type Err = UnknownWhich;

    fn from_str(name: &str) -> Result<Self, UnknownWhich> {
        let mut all = Self::ALL.into_iter();
        all.find(|which| which.name() == name).ok_or(UnknownWhich)
    }
}

impl Cases {
    pub(crate) fn of(reading: &Reading, wanted: &Wanted) -> Result<Self, ReadError> {
        let handled = Handled::of(reading)?;
        let listing = Listing {
            wanted,
            reading,
            handled: &handled,
            now: wanted.now.as_microsecond(),
        };
        let parts = Parts {
            answers: true,
            attributes: true,
        };
        let heard = reading.for_each_apart(parts, Heard::default, |heard, key, folded| {
            listing.take(heard, key, folded);
        })?;
        let heard = heard.into_iter().fold(Heard::default(), |mut all, part| {
            all.merge(part, wanted.most);
            all
        });
        Ok(Self {
            figures: heard.counted.figures(),
            total: heard.total,
            with_contact: heard.with_contact,
            cases: heard.kept.into_values().collect(),
            lines: reading.lines.clone(),
            absent: reading.names.absent(&wanted.query),
        })
    }
}

/// Where a case stands in the list.
type Place = (u8, i64, u128);

/// What one thread has heard.
#[derive(Default)]
struct Heard {
    counted: Counted,
    total: u64,
    with_contact: u64,
    kept: BTreeMap<Place, Case>,
}

impl Heard {
    fn merge(&mut self, other: Self, most: usize) {
        self.counted.merge(other.counted);
        self.total += other.total;
        self.with_contact += other.with_contact;
        self.kept.extend(other.kept);
        while self.kept.len() > most {
            self.kept.pop_last();
        }
    }

    fn has_room_for(&self, place: &Place, most: usize) -> bool {
        let last = self.kept.last_key_value();
        self.kept.len() < most || last.is_some_and(|(last, _)| place < last)
    }
}

struct Listing<'l> {
    wanted: &'l Wanted,
    reading: &'l Reading,
    handled: &'l Handled,
    now: i64,
}

impl Listing<'_> {
    fn take(&self, heard: &mut Heard, key: &Key, folded: Folded) {
        let (query, names) = (&self.wanted.query, &self.reading.names);
        let Some(opened) = case::opened(key, &folded, names) else {
            return;
        };
        let is_asked_for = query.is_about(key, names)
            && query.spans(opened)
            && (query.include_automated || !key.automated);
        if !is_asked_for {
            return;
        }
        let state = self.handled.state(key.id, self.now);
        let owner = state.owner.as_deref().unwrap_or_default();
        if self
            .wanted
            .owner
            .as_deref()
            .is_some_and(|wanted| wanted != owner)
        {
            return;
        }
        heard.counted.add(&state, opened, folded.contact, self.now);
        let is_overdue = state.is_overdue(opened, self.now);
        if !self.wanted.which.takes(&state, opened, is_overdue) {
            return;
        }
        heard.total += 1;
        heard.with_contact += u64::from(folded.contact);
        let place = place(&state, opened, is_overdue, key.id);
        if !heard.has_room_for(&place, self.wanted.most) {
            return;
        }
        if let Some(case) = Case::of(key, folded, names, opened, state, self.now) {
            heard.kept.insert(place, case);
            if heard.kept.len() > self.wanted.most {
                heard.kept.pop_last();
            }
        }
    }
}

fn place(state: &State, opened: i64, is_overdue: bool, id: u128) -> Place {
    let due = state.due(opened);
    match state.status {
        Status::Open if is_overdue => (0, due, id),
        Status::Open => (1, due, id),
        Status::Answered => (2, due, id),
        Status::Resolved | Status::NoAction => (3, -state.changed.unwrap_or(opened), id),
    }
}
