//! The report as JSON, in full precision.

use crate::comments::{Said, SurveyComments, Voices};
use crate::summary::Report;
use serde::Serialize;
use std::io;

/// The report and what people wrote.
#[derive(Serialize)]
struct Whole<'r> {
    #[serde(flatten)]
    report: &'r Report,
    /// Behind the headline.
    #[serde(skip_serializing_if = "Option::is_none")]
    voices: Option<&'r Voices>,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    comments: &'r [SurveyComments],
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    comments_by_language: &'r [SurveyComments],
}

/// The report, and what people wrote, as one JSON object.
///
/// # Errors
/// When a value cannot be written as JSON, which none of ours is.
pub fn json(report: &Report, said: &Said) -> io::Result<String> {
    let whole = Whole {
        report,
        voices: said.voices.as_ref(),
        comments: &said.surveys,
        comments_by_language: &said.by_language,
    };
    Ok(serde_json::to_string_pretty(&whole)? + "\n")
}
