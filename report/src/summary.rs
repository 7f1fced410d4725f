//! The report itself: what `hark report --format json` prints, field by field in this order.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use serde::Serialize;
use survey::id::EventId;
use survey::metric::Metric;

use crate::distribution::Distribution;
use crate::figures::{self, Figure, Rate};
use crate::fold::Impression;
use crate::gather::{Gathered, Subject};
use crate::line::LineError;
use crate::query::Query;

/// What the answers say.
#[derive(Debug, Serialize)]
pub struct Report {
    /// One row for each survey, site and metric, in this order.
    pub surveys: Vec<SurveyReport>,
    /// What the figures rest on.
    pub lines: Lines,
    /// What was asked.
    #[serde(skip)]
    pub query: Query,
    /// The data folder that was read.
    #[serde(skip)]
    pub data_dir: PathBuf,
}

/// What the answers to one survey say.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct SurveyReport {
    /// Its id.
    pub survey: String,
    /// What it measures.
    pub metric: Metric,
    /// Where it was shown.
    pub site: String,
    /// Cards that became visible.
    pub impressions: u64,
    /// Impressions that were answered, be it in part.
    pub responses: u64,
    /// Responses whose visitor went through to the end.
    #[serde(skip)]
    pub complete: u64,
    /// Impressions that were closed without an answer.
    pub dismissals: u64,
    /// Responses per impression, in percent; `None` without an impression.
    pub response_rate: Option<Rate>,
    /// Responses with a score.
    pub n: u64,
    /// The headline figure first.
    pub figures: Vec<Figure>,
    /// Scored responses by score.
    pub distribution: Distribution,
}

/// What was read, and what of it is not in the figures.
#[derive(Debug, Default, Serialize)]
pub struct Lines {
    /// All lines of the journal, whatever was asked.
    pub read: u64,
    /// Of these, those that say nothing.
    pub unreadable: u64,
    /// Lines asked for whose id and sequence number had been read before: folded, counted once.
    pub duplicate: u64,
    /// Lines asked for that browsers driven by programs sent: left out unless the query says so.
    pub automated: u64,
    /// Where the first few unreadable ones are.
    #[serde(skip)]
    pub unreadable_places: Vec<Place>,
}

/// Where an unreadable line is, and why it is one.
#[derive(Debug)]
pub struct Place {
    /// The segment file.
    pub file: PathBuf,
    /// Its line, from 1.
    pub line: u64,
    /// What is wrong with it.
    pub reason: LineError,
}

/// Makes the figures of all that was gathered.
pub(crate) fn report(gathered: Gathered<'_>, data_dir: &Path) -> Report {
    let Gathered {
        query,
        subjects,
        lines,
    } = gathered;
    let row = |(subject, impressions)| survey_report(subject, &impressions, query);
    Report {
        surveys: subjects.into_iter().map(row).collect(),
        lines,
        query: query.clone(),
        data_dir: data_dir.to_owned(),
    }
}

fn survey_report(
    Subject {
        survey,
        site,
        metric,
    }: Subject,
    impressions: &HashMap<EventId, Impression>,
    query: &Query,
) -> SurveyReport {
    let number = |is: fn(&Impression) -> bool| {
        impressions
            .values()
            .filter(|impression| is(impression))
            .count() as u64
    };
    let scores = impressions.values().filter_map(Impression::score);
    let distribution = Distribution::of(metric, scores);
    let shown = impressions.len() as u64;
    let responses = number(Impression::answered);
    SurveyReport {
        survey,
        metric,
        site,
        impressions: shown,
        responses,
        complete: number(Impression::complete),
        dismissals: number(Impression::dismissed),
        response_rate: figures::response_rate(responses, shown),
        n: distribution.n(),
        figures: figures::of(&distribution, query.method, query.all),
        distribution,
    }
}
