//! Why a line says nothing, in words that are safe to print.

use survey::metric::Metric;

/// Why a line says nothing.
#[derive(Debug, thiserror::Error)]
pub(crate) enum LineError {
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
    /// Not a moment in RFC 3339.
    #[error("`{0}` is not a time")]
    BadTime(&'static str),
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
