//! Counts of one survey in one stretch of time.

use std::collections::BTreeMap;

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};
use serde::Serialize;
use survey::metric::Metric;

use crate::comments::SurveyComments;
use crate::distribution::Distribution;
use crate::figures::nps::Method;
use crate::figures::{self, Figure};
use crate::response::{Outcome, Response};
use crate::survey_report::SurveyReport;

/// Whose answers are counted together.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Subject {
    pub(super) survey: String,
    pub(super) site: String,
    pub(super) metric: Metric,
}

impl Subject {
    pub(super) fn of(response: &Response) -> Self {
        Self {
            survey: response.survey.clone(),
            site: response.site.clone(),
            metric: response.metric,
        }
    }

    pub(super) fn is_of(&self, comments: &SurveyComments) -> bool {
        (&self.survey, &self.site, self.metric)
            == (&comments.survey, &comments.site, comments.metric)
    }

    pub(super) fn is_of_report(&self, row: &SurveyReport) -> bool {
        (&self.survey, &self.site, self.metric) == (&row.survey, &row.site, row.metric)
    }
}

/// Impressions counted.
#[derive(Clone, Debug, Default)]
pub(super) struct Part {
    pub(super) impressions: u64,
    pub(super) responses: u64,
    pub(super) complete: u64,
    scores: [u64; SCORES],
    days: BTreeMap<Date, [u64; SCORES]>,
}

/// More points than any scale has.
const SCORES: usize = 11;

/// One UTC day of a survey.
#[derive(Clone, Debug, Serialize)]
pub struct Day {
    /// Which.
    pub date: Date,
    /// The headline figure; no value where too few answered.
    pub figure: Figure,
}

impl Part {
    pub(super) fn add(&mut self, response: &Response) {
        self.impressions += 1;
        self.responses += u64::from(response.outcome == Outcome::Answered);
        self.complete += u64::from(response.complete);
        let Some(score) = response
            .score
            .map(usize::from)
            .filter(|score| *score < SCORES)
        else {
            return;
        };
        self.scores[score] += 1;
        let day = response.received_at.to_zoned(TimeZone::UTC).date();
        self.days.entry(day).or_default()[score] += 1;
    }

    pub(super) fn distribution(&self, metric: Metric) -> Distribution {
        Distribution::counted(metric, &self.scores)
    }
}

/// Every day of both stretches, also those on which nobody answered.
pub(super) fn days(
    subject: &Subject,
    parts: [&Part; 2],
    first: Timestamp,
    end: Timestamp,
    method: Method,
) -> Vec<Day> {
    let date = |moment: Timestamp| moment.to_zoned(TimeZone::UTC).date();
    let last = date(end.checked_sub(1.nanosecond()).unwrap_or(end));
    let figure = |date: Date| {
        let mut scores = [0; SCORES];
        for day in parts.iter().filter_map(|part| part.days.get(&date)) {
            for (sum, count) in scores.iter_mut().zip(day) {
                *sum += count;
            }
        }
        figures::headline(&Distribution::counted(subject.metric, &scores), method)
    };
    date(first)
        .series(1.day())
        .take_while(|date| *date <= last)
        .map(|date| Day {
            date,
            figure: figure(date),
        })
        .collect()
}
