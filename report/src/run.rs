//! A stretch of the journal, folded and sorted by id: what one pass over some lines leaves behind.
//!
//! Runs merge like the runs of an external sort, so a report needs memory for one segment a
//! thread, however many there are.

mod record;
mod stored;
pub(crate) mod varint;

use std::collections::HashMap;

use foldhash::fast::FixedState;
use serde::{Deserialize, Serialize};

use crate::cases::StoredDeed;
use crate::erasure::Erasures;
use crate::fold::{Folded, Key};
use crate::line::{self, About, Entry, Line, LineError};
use crate::lines::LineBytes;
use crate::names::{Names, SubjectKey, VisitorKey};
pub(crate) use record::Wanted;
use stored::Sorted;
pub(crate) use stored::{Block, BytesAt, Cursor, Index, StoredRun};

/// How many lines there were.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Counted {
    pub(crate) read: u64,
    pub(crate) unreadable: u64,
    /// The latest receipt of a line about a survey, in microseconds since 1970.
    pub(crate) newest: Option<i64>,
    /// The first few unreadable ones.
    pub(crate) places: Vec<Place>,
}

/// An unreadable line of the file, from 1, and what is wrong with it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Place {
    pub(crate) line: u64,
    pub(crate) reason: String,
}

/// How many unreadable lines are named; the rest are only counted.
pub(crate) const PLACES_KEPT: usize = 5;

/// About 12 MB: what a thread needs beside what it reads.
const IMPRESSIONS_MAX: usize = 1 << 15;

/// A run being made.
#[derive(Debug, Default)]
pub(crate) struct Folding {
    places: HashMap<Key, usize, FixedState>,
    folded: Vec<Growing>,
    /// Events, which have a line each: what was told twice is folded by whoever merges runs.
    told: Vec<Growing>,
    names: Names,
    erasures: Erasures,
    /// With the count of lines at each of them.
    deeds: Vec<(StoredDeed, u64)>,
    lines: Counted,
}

#[derive(Debug)]
struct Growing {
    key: Key,
    folded: Folded,
    /// How many lines the run had when this began.
    since: u64,
}

impl Growing {
    fn nothing(key: Key, since: u64) -> Self {
        Self {
            key,
            folded: Folded::nothing(),
            since,
        }
    }
}

impl Folding {
    /// Has it grown so large that it should be finished and another begun?
    pub(crate) fn is_full(&self) -> bool {
        self.folded.len() + self.told.len() + self.deeds.len() >= IMPRESSIONS_MAX
    }

    /// Takes what the file's line with this number says, from 1.
    pub(crate) fn take(&mut self, number: u64, bytes: LineBytes<'_>) {
        self.lines.read += 1;
        let taken = bytes.map_err(LineError::from).and_then(|bytes| {
            line::parse(bytes, |entry| match entry {
                Entry::Line(line) => self.fold(line),
                Entry::Erase(erase) => self.erasures.note(&erase, self.lines.read),
                Entry::Case(case) => {
                    self.deeds.push((StoredDeed::of(case), self.lines.read));
                }
                Entry::Other => {}
            })
        });
        if let Err(reason) = taken {
            self.refuse(number, &reason);
        }
    }

    /// The run, without what was erased, sorted, as bytes. The next one begins, in the same memory: to
    /// ask for megabytes anew each time takes longer than much of the reading.
    pub(crate) fn finish(&mut self) -> StoredRun {
        let names = std::mem::take(&mut self.names);
        let erasures = std::mem::take(&mut self.erasures);
        let lines = std::mem::take(&mut self.lines);
        let mut deeds = std::mem::take(&mut self.deeds);
        deeds.retain(|(deed, since)| !erasures.hide_deed(deed, *since));
        let sorted = [&self.folded, &self.told].map(|all| {
            let stay = |growing: &&Growing| !erasures.hide(&growing.key, &names, growing.since);
            let mut sorted: Sorted<'_> = all
                .iter()
                .filter(stay)
                .map(|growing| (&growing.key, &growing.folded))
                .collect();
            sorted.sort_unstable_by_key(|(key, _)| *key);
            sorted
        });
        let deeds = deeds.iter().map(|(deed, _)| deed);
        let run = StoredRun::of(sorted, deeds, names, erasures, lines);
        self.places.clear();
        self.folded.clear();
        self.told.clear();
        run
    }

    fn fold(&mut self, line: &Line<'_>) {
        let subject = self.names.subject(line);
        let key = key(line, subject);
        if matches!(line.about, About::Event(_)) {
            self.told.push(Growing::nothing(key, self.lines.read));
            if let Some(told) = self.told.last_mut() {
                told.folded.fold(line, &mut self.names);
            }
            return;
        }
        self.lines.newest = self.lines.newest.max(Some(line.received));
        let place = match self.places.get(&key) {
            Some(&place) => place,
            None => self.begin(key),
        };
        let Some(growing) = self.folded.get_mut(place) else {
            return;
        };
        if self.erasures.hide(&key, &self.names, growing.since) {
            growing.folded = Folded::nothing();
            growing.since = self.lines.read;
        }
        growing.folded.fold(line, &mut self.names);
    }

    /// The place of a new impression.
    fn begin(&mut self, key: Key) -> usize {
        let place = self.folded.len();
        self.places.insert(key, place);
        self.folded.push(Growing::nothing(key, self.lines.read));
        place
    }

    fn refuse(&mut self, line: u64, reason: &LineError) {
        self.lines.unreadable += 1;
        if self.lines.places.len() < PLACES_KEPT {
            let reason = reason.to_string();
            self.lines.places.push(Place { line, reason });
        }
    }
}

fn key(line: &Line<'_>, subject: SubjectKey) -> Key {
    Key {
        id: line.id.as_u128(),
        subject,
        automated: line.automated,
        visitor: VisitorKey::of(line.visitor),
    }
}

#[cfg(test)]
mod tests;
