//! A survey's answers set apart by time, by where somebody was asked, or by an attribute.

use std::collections::BTreeMap;

use serde::Serialize;
use survey::metric::Metric;

use crate::by::By;
use crate::comparison::{Comparison, With};
use crate::gather::{Counts, Row};
use crate::query::Query;
use crate::segment;
use crate::survey_report::{Summary, named};

/// One segment of a survey's answers.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct SegmentReport {
    /// What it is: `{"device": "mobile"}`.
    #[serde(flatten)]
    pub name: BTreeMap<String, String>,
    /// Its counts and figures.
    #[serde(flatten)]
    pub summary: Summary,
    /// Against the rest of the survey's answers, or against the day, week or month before it.
    pub comparison: Option<Comparison>,
    /// Rates of the same two groups.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub rate_changes: Vec<Comparison>,
}

impl SegmentReport {
    /// What it is, without by what.
    #[must_use]
    pub fn value(&self) -> &str {
        self.name.values().next().map_or("", |value| value)
    }
}

/// All segments, those of time from the oldest, bands from the lowest, others from the one with the
/// most answers.
pub(crate) fn all(by: &By, row: &Row, metric: Metric, query: &Query) -> Vec<SegmentReport> {
    let mut segments: Vec<(&String, &Counts)> = row.segments.iter().collect();
    if !by.is_time() {
        segments.sort_by_key(|(value, counts)| {
            let (size, _) = segment::order(value);
            (
                size,
                std::cmp::Reverse(counts.tally.responses),
                value.as_str(),
            )
        });
    }
    let mut earlier: Option<&Counts> = None;
    segments
        .into_iter()
        .map(|(value, counts)| {
            let here = &counts.tally;
            let (there, with) = if by.is_time() {
                let earlier = earlier.replace(counts);
                (earlier.map(|there| there.tally.clone()), With::Previous)
            } else {
                let rest = row.asked.tally.without(here);
                (Some(rest).filter(|rest| rest.responses > 0), With::Rest)
            };
            let there = there.as_ref();
            SegmentReport {
                name: named(by.name(), value),
                summary: Summary::of(counts, metric, query),
                comparison: there.map(|there| Comparison::of(here, there, metric, with, query)),
                rate_changes: there.map_or_else(Vec::new, |there| {
                    Comparison::of_rates(here, there, with, query)
                }),
            }
        })
        .collect()
}
