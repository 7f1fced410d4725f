//! The report itself: what `hark report --format json` prints, field by field in this order.

use std::path::PathBuf;

use serde::Serialize;

use crate::headline::Headline;
use crate::query::Query;
use crate::segment::UNKNOWN;
use crate::survey_report::SurveyReport;

/// What the answers say.
#[derive(Clone, Debug, Serialize)]
pub struct Report {
    /// What moved most, if anything did.
    pub headline: Option<Headline>,
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
    /// The survey that is there and has nearly the name of the one asked for, where that one is not.
    #[serde(skip)]
    pub nearest: Option<String>,
    /// Likewise the site.
    #[serde(skip)]
    pub nearest_site: Option<String>,
    /// What was asked for that no line is about, in words.
    #[serde(skip)]
    pub absent: Vec<String>,
}

impl Report {
    /// Was it split by something that no line says anything about?
    #[must_use]
    pub fn is_unknown_everywhere(&self) -> bool {
        let mut segments = self
            .surveys
            .iter()
            .filter_map(|survey| survey.segments.as_ref());
        !self.surveys.is_empty()
            && segments.all(|segments| segments.iter().all(|segment| segment.value() == UNKNOWN))
    }
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
    /// Lines asked for of responses that came when a quota was full: always left out.
    #[serde(skip_serializing_if = "is_zero")]
    pub over_quota: u64,
    /// Where the first few unreadable ones are.
    #[serde(skip)]
    pub unreadable_places: Vec<Place>,
}

/// Most journals have none.
#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks for it")]
const fn is_zero(count: &u64) -> bool {
    *count == 0
}

impl Lines {
    /// How many lines were left out because of a quota, to follow others that were; empty for most journals.
    pub(crate) fn over_quota_too(&self) -> String {
        match self.over_quota {
            0 => String::new(),
            some => format!(", {some} over a quota"),
        }
    }
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
