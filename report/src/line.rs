//! One line of the journal, believed once: only what the figures need of it.

use jiff::Timestamp;
use serde::Deserialize;
use survey::id::EventId;
use survey::metric::Metric;

/// What a line about a survey says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Line {
    pub(crate) act: Act,
    pub(crate) id: EventId,
    pub(crate) seq: u32,
    pub(crate) survey: String,
    pub(crate) site: String,
    pub(crate) metric: Metric,
    pub(crate) automated: bool,
    pub(crate) received_at: Timestamp,
}

/// What the visitor did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Act {
    Saw,
    /// `score` is `None` when the question was skipped; 0 is a score.
    Answered {
        score: Option<u8>,
        complete: bool,
    },
    Dismissed,
}

/// Reads one line; `None` is an event of the shop's own, which no survey asked for.
pub(crate) fn parse(bytes: &[u8]) -> Result<Option<Line>, LineError> {
    let stored: Stored = serde_json::from_str(std::str::from_utf8(bytes)?)?;
    let act = match stored.r#type {
        Type::Event => return Ok(None),
        Type::Impression => Act::Saw,
        Type::Dismissal => Act::Dismissed,
        Type::Response => answered(&stored)?,
    };
    Ok(Some(Line {
        act,
        id: required(stored.id, "id")?
            .parse()
            .map_err(|_| LineError::BadId)?,
        seq: required(stored.seq, "seq")?,
        survey: required(stored.survey, "survey")?,
        site: required(stored.site, "site")?,
        metric: required(stored.metric, "metric")?,
        automated: stored.automated,
        received_at: received(&required(stored.received_at, "received_at")?)?,
    }))
}

#[derive(Deserialize)]
#[serde(rename_all = "lowercase")]
enum Type {
    Impression,
    Response,
    Dismissal,
    Event,
}

/// The line as stored. Fields not named here survive on disk and are nothing to the figures.
#[derive(Deserialize)]
struct Stored {
    r#type: Type,
    id: Option<String>,
    seq: Option<u32>,
    survey: Option<String>,
    site: Option<String>,
    metric: Option<Metric>,
    score: Option<u8>,
    #[serde(default)]
    complete: bool,
    #[serde(default)]
    automated: bool,
    received_at: Option<String>,
}

fn required<T>(field: Option<T>, name: &'static str) -> Result<T, LineError> {
    field.ok_or(LineError::Missing(name))
}

fn received(text: &str) -> Result<Timestamp, LineError> {
    text.parse().map_err(|_| LineError::BadTime)
}

fn answered(stored: &Stored) -> Result<Act, LineError> {
    let metric = required(stored.metric, "metric")?;
    match stored.score {
        Some(score) if !metric.scale().contains(&score) => {
            Err(LineError::OffTheScale { score, metric })
        }
        score => Ok(Act::Answered {
            score,
            complete: stored.complete,
        }),
    }
}

/// Why a line says nothing.
#[derive(Debug, thiserror::Error)]
pub enum LineError {
    /// Longer than the collector ever writes.
    #[error("longer than {0} bytes")]
    TooLong(usize),
    /// A byte that UTF-8 does not know.
    #[error("not UTF-8 after byte {}", .0.valid_up_to())]
    NotUtf8(#[from] std::str::Utf8Error),
    /// Not JSON, or a field of another kind than lines have.
    #[error("column {column}: {what}")]
    NotALine {
        /// Byte of the line at which reading stopped, from 1.
        column: usize,
        /// What was found there.
        what: String,
    },
    /// A field every line about a survey has is absent.
    #[error("has no `{0}`")]
    Missing(&'static str),
    /// The id is not a UUID of version 7.
    #[error("`id` is not a UUID of version 7")]
    BadId,
    /// The receipt is not a moment in RFC 3339.
    #[error("`received_at` is not a time")]
    BadTime,
    /// No such score on the metric's scale.
    #[error("`score` is {score}, but {metric} goes from {} to {}", .metric.scale().start(), .metric.scale().end())]
    OffTheScale {
        /// As stored.
        score: u8,
        /// Whose scale it is.
        metric: Metric,
    },
}

impl From<serde_json::Error> for LineError {
    fn from(error: serde_json::Error) -> Self {
        let text = error.to_string();
        // serde_json counts lines within this one line; the place in the file is told elsewhere.
        let what = text
            .rsplit_once(" at line ")
            .map_or(text.as_str(), |(what, _)| what);
        Self::NotALine {
            column: error.column(),
            what: harmless(what),
        }
    }
}

/// So much of a message about a line is kept.
const QUOTED_CHARACTERS_MAX: usize = 56;

/// The message may quote the line, and the line anything: a megabyte, or orders to the terminal.
fn harmless(message: &str) -> String {
    let mut characters = message.chars().filter(|character| !character.is_control());
    let start: String = characters.by_ref().take(QUOTED_CHARACTERS_MAX).collect();
    if characters.next().is_some() {
        start + "…"
    } else {
        start
    }
}

#[cfg(test)]
pub(crate) mod tests;
