//! The report itself: what `hark report --format json` prints, field by field in this order.

use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};

use serde::Serialize;
use survey::metric::Metric;

use crate::distribution::Distribution;
use crate::figures::{self, Figure, Rate};
use crate::names::{Subject, SubjectKey};
use crate::query::Query;
use crate::read::Reading;
use crate::run::Wanted;
use crate::segments::ReadError;
use crate::tally::Tally;

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
#[derive(Clone, Debug, Default, Serialize)]
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
#[derive(Clone, Debug)]
pub struct Place {
    /// The segment file.
    pub file: PathBuf,
    /// Its line, from 1.
    pub line: u64,
    /// What is wrong with it.
    pub reason: String,
}

/// Makes the figures of all that was read.
pub(crate) fn report(
    reading: &Reading,
    query: &Query,
    data_dir: &Path,
) -> Result<Report, ReadError> {
    let wanted = Wanted {
        answers: false,
        attributes: false,
    };
    let heard = reading.for_each_apart(wanted, Heard::default, |heard, key, folded| {
        if query.takes(key, &folded, &reading.names, &mut heard.lines) {
            heard.tallies.entry(key.subject).or_default().add(&folded);
        }
    })?;
    let mut lines = reading.lines.clone();
    let mut tallies: BTreeMap<Subject, Tally> = BTreeMap::new();
    for part in heard {
        lines.duplicate += part.lines.duplicate;
        lines.automated += part.lines.automated;
        for (key, tally) in part.tallies {
            if let Some(subject) = reading.names.subject_of(key) {
                tallies.entry(subject.clone()).or_default().merge(&tally);
            }
        }
    }
    Ok(Report {
        surveys: tallies
            .into_iter()
            .map(|(subject, tally)| survey_report(subject, &tally, query))
            .collect(),
        lines,
        query: query.clone(),
        data_dir: data_dir.to_owned(),
    })
}

#[derive(Default)]
struct Heard {
    tallies: HashMap<SubjectKey, Tally>,
    lines: Lines,
}

fn survey_report(subject: Subject, tally: &Tally, query: &Query) -> SurveyReport {
    let distribution = tally.distribution(subject.metric);
    SurveyReport {
        survey: subject.survey,
        metric: subject.metric,
        site: subject.site,
        impressions: tally.impressions,
        responses: tally.responses,
        complete: tally.complete,
        dismissals: tally.dismissals,
        response_rate: figures::response_rate(tally.responses, tally.impressions),
        n: distribution.n(),
        figures: figures::of(&distribution, query.method, query.all),
        distribution,
    }
}
