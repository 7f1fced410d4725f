//! Reads the journal: every segment into runs, the runs into one stream of folded impressions.

use std::path::Path;

use crate::erasure::Erasures;
use crate::fold::{Folded, Key};
use crate::line;
use crate::names::Names;
use crate::query::Query;
use crate::run::{Folding, PLACES_KEPT, Run};
use crate::segments::{self, ReadError};
use crate::summary::{Lines, Place};

/// Everything read, ready to be told impression by impression.
pub(crate) struct Reading {
    runs: Vec<Run>,
    pub(crate) names: Names,
    erasures: Erasures,
    pub(crate) lines: Lines,
}

impl Reading {
    /// Reads every segment under `data_dir`.
    pub(crate) fn of(data_dir: &Path) -> Result<Self, ReadError> {
        let mut reading = Self {
            runs: Vec::new(),
            names: Names::default(),
            erasures: Erasures::default(),
            lines: Lines::default(),
        };
        for segment in segments::segments(data_dir)? {
            let mut folding = Folding::default();
            segments::for_each_line(&segment, |number, bytes| {
                folding.take(number, bytes.map_err(Into::into).and_then(line::parse));
            })?;
            reading.add(&segment, folding.finish());
        }
        Ok(reading)
    }

    fn add(&mut self, segment: &Path, mut run: Run) {
        self.erasures.merge(&run.erasures, self.runs.len() as u64);
        self.names.merge(std::mem::take(&mut run.names));
        self.lines.read += run.lines.read;
        self.lines.unreadable += run.lines.unreadable;
        let room = PLACES_KEPT.saturating_sub(self.lines.unreadable_places.len());
        let places = std::mem::take(&mut run.lines.places).into_iter().take(room);
        self.lines
            .unreadable_places
            .extend(places.map(|place| Place {
                file: segment.to_owned(),
                line: place.line,
                reason: place.reason,
            }));
        self.runs.push(run);
    }

    /// Tells each impression the query asks for, once, in the order of ids, which is nearly that of
    /// time. What was left out on the way is counted.
    pub(crate) fn for_each(
        self,
        query: &Query,
        mut visit: impl FnMut(&Key, Folded, &Names),
    ) -> Lines {
        let Self {
            runs,
            names,
            erasures,
            mut lines,
        } = self;
        let mut all: Vec<(Key, Folded)> = Vec::new();
        for (moment, run) in runs.into_iter().enumerate() {
            let kept = run
                .folded
                .into_iter()
                .filter(|(key, _)| !erasures.hide(key, &names, moment as u64));
            all.extend(kept);
        }
        all.sort_by_key(|(key, _)| *key);
        let mut tell = |key: &Key, folded: Folded| {
            if !query.asks_for(key, &folded, &names) {
                return;
            }
            lines.duplicate += folded.duplicates();
            if key.automated {
                lines.automated += u64::from(folded.lines);
            }
            if !key.automated || query.include_automated {
                visit(key, folded, &names);
            }
        };
        let mut held: Option<(Key, Folded)> = None;
        for (key, folded) in all {
            match &mut held {
                Some((of, whole)) if of.is_of_the_same_impression(&key) => whole.merge(folded),
                _ => {
                    if let Some((key, whole)) = held.replace((key, folded)) {
                        tell(&key, whole);
                    }
                }
            }
        }
        if let Some((key, whole)) = held {
            tell(&key, whole);
        }
        lines
    }
}
