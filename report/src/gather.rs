//! Lines sorted by what they are about: each survey's impressions, and what was left out.

use std::collections::{BTreeMap, HashMap};
use std::path::Path;

use survey::id::EventId;
use survey::metric::Metric;

use crate::fold::{Impression, Seen};
use crate::journal::LineBytes;
use crate::line::{self, Line, LineError};
use crate::query::Query;
use crate::summary::{Lines, Place};

/// How many unreadable lines are named; the rest are only counted.
const PLACES_KEPT: usize = 5;

/// One row of the report. A survey whose metric changed, or that two sites share, makes two: their
/// scores must never meet in one figure.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Subject {
    pub(crate) survey: String,
    pub(crate) site: String,
    pub(crate) metric: Metric,
}

/// Everything read so far.
pub(crate) struct Gathered<'q> {
    pub(crate) query: &'q Query,
    pub(crate) subjects: BTreeMap<Subject, HashMap<EventId, Impression>>,
    pub(crate) lines: Lines,
}

impl<'q> Gathered<'q> {
    pub(crate) fn new(query: &'q Query) -> Self {
        Self {
            query,
            subjects: BTreeMap::new(),
            lines: Lines::default(),
        }
    }

    /// Takes the line with this number, from 1, of the file at `path`.
    pub(crate) fn take(&mut self, path: &Path, number: u64, bytes: LineBytes<'_>) {
        self.lines.read += 1;
        match bytes.map_err(LineError::from).and_then(line::parse) {
            Ok(Some(line)) if self.query.asks_for(&line) => self.count(&line),
            Ok(_) => {}
            Err(reason) => self.refuse(path, number, reason),
        }
    }

    fn count(&mut self, line: &Line) {
        if line.automated {
            self.lines.automated += 1;
            if !self.query.include_automated {
                return;
            }
        }
        let impressions = self.subjects.entry(Subject::of(line)).or_default();
        if impressions.entry(line.id).or_default().fold(line) == Seen::Again {
            self.lines.duplicate += 1;
        }
    }

    fn refuse(&mut self, path: &Path, number: u64, reason: LineError) {
        self.lines.unreadable += 1;
        if self.lines.unreadable_places.len() < PLACES_KEPT {
            let place = Place {
                file: path.to_owned(),
                line: number,
                reason,
            };
            self.lines.unreadable_places.push(place);
        }
    }
}

impl Subject {
    fn of(line: &Line) -> Self {
        Self {
            survey: line.survey.clone(),
            site: line.site.clone(),
            metric: line.metric,
        }
    }
}
