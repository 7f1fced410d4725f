//! Impressions sorted into what is counted of them: each survey's periods, days and segments.

use std::collections::{BTreeMap, HashMap};

use crate::by::By;
use crate::fold::{Folded, Key};
use crate::names::{Names, SubjectKey};
use crate::period::{Day, Periods};
use crate::query::Query;
use crate::segment;
use crate::summary::Lines;
use crate::tally::Tally;

/// Along these a change is looked for unasked.
pub(crate) const SEARCHED: [By; 6] = [
    By::Device,
    By::Page,
    By::Language,
    By::Trigger,
    By::Visitors,
    By::Channel,
];

/// So many values of a segment are kept apart; those that come later are one.
const VALUES_MAX: usize = 2_000;

/// What the values beyond [`VALUES_MAX`] are called together.
const OTHER: &str = "(other)";

/// What one teller heard.
#[derive(Debug, Default)]
pub(crate) struct Heard {
    pub(crate) rows: HashMap<SubjectKey, Row>,
    pub(crate) lines: Lines,
}

/// All that is counted of one survey.
#[derive(Debug, Default)]
pub(crate) struct Row {
    /// Of the period asked for.
    pub(crate) asked: Counts,
    /// Of the two periods that are compared.
    pub(crate) compared: [Tally; 2],
    /// Of the period asked for, by what was asked for.
    pub(crate) segments: BTreeMap<String, Counts>,
    /// Where a change is looked for: all answers by day, and those of each value of [`SEARCHED`].
    pub(crate) days: BTreeMap<Day, Tally>,
    pub(crate) searched: [BTreeMap<String, BTreeMap<Day, Tally>>; SEARCHED.len()],
    /// All answers of the days that falls are held against.
    pub(crate) baseline: BTreeMap<Day, Tally>,
}

/// Counts, and how long people took.
#[derive(Clone, Debug, Default)]
pub(crate) struct Counts {
    pub(crate) tally: Tally,
    /// Answers by the tenths of a second from card to score.
    pub(crate) times: BTreeMap<u32, u64>,
}

/// What is to be gathered.
pub(crate) struct Gathering<'q> {
    pub(crate) query: &'q Query,
    pub(crate) periods: Periods,
    pub(crate) names: &'q Names,
}

impl Gathering<'_> {
    /// Counts one impression wherever it belongs.
    pub(crate) fn take(&self, heard: &mut Heard, key: &Key, folded: &Folded) {
        if !self.query.is_about(key, self.names) {
            return;
        }
        let is_asked = self.periods.asked.has(folded.received);
        if is_asked {
            heard.lines.duplicate += folded.duplicates();
            if key.automated {
                heard.lines.automated += u64::from(folded.lines);
            } else if folded.over_quota {
                heard.lines.over_quota += u64::from(folded.lines);
            }
        }
        if !self.query.counts(key, folded) {
            return;
        }
        let row = heard.rows.entry(key.subject).or_default();
        if is_asked {
            row.asked.add(folded);
            self.add_to_segment(row, folded);
        }
        if let Some((these, those)) = self.periods.compared {
            for (tally, period) in row.compared.iter_mut().zip([these, those]) {
                if period.has(folded.received) {
                    tally.add(folded);
                }
            }
        }
        if self.periods.change.has(folded.received) {
            self.add_to_days(row, folded);
        }
        if let Some(baseline) = self.periods.baseline
            && baseline.has(folded.received)
        {
            let day = Day::of(folded.received);
            row.baseline.entry(day).or_default().add(folded);
        }
    }

    fn add_to_segment(&self, row: &mut Row, folded: &Folded) {
        if let (Some(by), Some(context)) =
            (&self.query.by, self.names.context_of(folded.asked.context))
        {
            let value = segment::of(by, folded, context);
            entry(&mut row.segments, &value).add(folded);
        }
    }

    /// Impressions without a score are many, and say nothing of a change of scores.
    fn add_to_days(&self, row: &mut Row, folded: &Folded) {
        let day = Day::of(folded.received);
        row.days.entry(day).or_default().add(folded);
        if folded.score.is_none() {
            return;
        }
        if let Some(context) = self.names.context_of(folded.asked.context) {
            for (by, values) in SEARCHED.iter().zip(&mut row.searched) {
                let value = segment::of(by, folded, context);
                let days = entry(values, &value);
                days.entry(day).or_default().add(folded);
            }
        }
    }
}

/// The entry of this value, or of all that came too late to be kept apart.
fn entry<'m, T: Default>(values: &'m mut BTreeMap<String, T>, value: &str) -> &'m mut T {
    let known = values.contains_key(value) || values.len() < VALUES_MAX;
    let value = if known { value } else { OTHER };
    values.entry(value.to_owned()).or_default()
}

impl Counts {
    fn add(&mut self, folded: &Folded) {
        self.tally.add(folded);
        if let Some(time) = folded.time_to_answer() {
            let tenths = u32::try_from(time / 100_000).unwrap_or(u32::MAX);
            *self.times.entry(tenths).or_default() += 1;
        }
    }

    fn merge(&mut self, other: Self) {
        self.tally.merge(&other.tally);
        for (tenths, count) in other.times {
            *self.times.entry(tenths).or_default() += count;
        }
    }
}

impl Heard {
    /// Adds what another teller heard.
    pub(crate) fn merge(&mut self, other: Self) {
        self.lines.duplicate += other.lines.duplicate;
        self.lines.automated += other.lines.automated;
        self.lines.over_quota += other.lines.over_quota;
        for (key, row) in other.rows {
            self.rows.entry(key).or_default().merge(row);
        }
    }
}

impl Row {
    fn merge(&mut self, other: Self) {
        self.asked.merge(other.asked);
        for (tally, more) in self.compared.iter_mut().zip(&other.compared) {
            tally.merge(more);
        }
        for (value, counts) in other.segments {
            self.segments.entry(value).or_default().merge(counts);
        }
        merge_days(&mut self.days, other.days);
        merge_days(&mut self.baseline, other.baseline);
        for (values, more) in self.searched.iter_mut().zip(other.searched) {
            for (value, days) in more {
                merge_days(values.entry(value).or_default(), days);
            }
        }
    }
}

fn merge_days(days: &mut BTreeMap<Day, Tally>, more: BTreeMap<Day, Tally>) {
    for (day, tally) in more {
        days.entry(day).or_default().merge(&tally);
    }
}
