//! One event as it may be sent, said in types for its schema alone; nobody makes one of these.
//!
//! Beside what stands here up to 32 fields that Hark does not know are kept as they came. Nothing else
//! can be said in a schema: that the survey exists and has that score and those options, and that a
//! response has a score or an answer.

use crate::accept::answers::LONGEST_CONTACT;
use crate::accept::{LONGEST_COMMENT, LONGEST_PATH, LONGEST_WORD, MOST_VALUES};
use crate::condition::Values;
use crate::offer::Device;
use schemars::JsonSchema;

/// No control characters, in a form that every dialect of regular expressions reads.
const WORD: &str = "^[^\\u0000-\\u001f\\u007f-\\u009f]*$";
const UUID_7: &str =
    "^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-7[0-9a-fA-F]{3}-[89abAB][0-9a-fA-F]{3}-[0-9a-fA-F]{12}$";

/// What a browser says has happened.
#[derive(Debug, JsonSchema)]
#[schemars(tag = "type", rename_all = "lowercase")]
pub enum Submission {
    /// A card became visible.
    Impression(Shown),
    /// Something was answered.
    Response(Response),
    /// The card was closed without an answer.
    Dismissal(Shown),
    /// Something happened on the page: `hark('event', …)`.
    Event(Custom),
}

/// A card was shown, or closed again.
#[derive(Debug, JsonSchema)]
pub struct Shown {
    /// The survey's id: the name of its file.
    #[schemars(length(min = 1, max = LONGEST_WORD), regex(pattern = WORD))]
    pub survey: String,
    /// Who, where and when.
    #[schemars(flatten)]
    pub context: Context,
}

/// A score, an answer, or both.
#[derive(Debug, JsonSchema)]
pub struct Response {
    /// The survey's id: the name of its file.
    #[schemars(length(min = 1, max = LONGEST_WORD), regex(pattern = WORD))]
    pub survey: String,
    /// On the scale of the survey's metric: 1 to 5 for CSAT, 1 to 7 for CES, 0 to 10 for NPS.
    #[schemars(range(min = 0, max = 10))]
    pub score: Option<u8>,
    /// What was answered after the score.
    pub answers: Option<Answers>,
    /// Whether the visitor went through to the end.
    pub complete: bool,
    /// Who, where and when.
    #[schemars(flatten)]
    pub context: Context,
}

/// Answers to what was asked after the score.
#[derive(Debug, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Answers {
    /// In the visitor's own words; what identifies somebody is masked before it is stored.
    #[schemars(length(max = LONGEST_COMMENT))]
    pub comment: Option<String>,
    /// The key of the option chosen.
    #[schemars(length(max = LONGEST_WORD), regex(pattern = WORD))]
    pub choice: Option<String>,
    /// The keys of the options chosen.
    #[schemars(length(max = MOST_VALUES), extend("uniqueItems" = true))]
    #[schemars(inner(length(min = 1, max = LONGEST_WORD), regex(pattern = WORD)))]
    pub choices: Option<Vec<String>>,
    /// An address to answer to; it is stored apart from everything else.
    #[schemars(length(max = LONGEST_CONTACT))]
    pub contact: Option<String>,
}

/// An event of the page's own.
#[derive(Debug, JsonSchema)]
pub struct Custom {
    /// Its name.
    #[schemars(length(min = 1, max = LONGEST_WORD), regex(pattern = WORD))]
    pub name: String,
    /// Its properties.
    pub props: Option<Values>,
    /// Who, where and when.
    #[schemars(flatten)]
    pub context: Context,
}

/// What every event says.
#[derive(Debug, JsonSchema)]
pub struct Context {
    /// UUID of version 7; an impression, its responses and its dismissal share one.
    #[schemars(regex(pattern = UUID_7))]
    pub id: String,
    /// From 1, grows with each event of an id; (`id`, `seq`) is stored once, however often it is sent.
    #[schemars(range(min = 1, max = u32::MAX))]
    pub seq: u32,
    /// The trigger that fired.
    #[schemars(length(max = LONGEST_WORD), regex(pattern = WORD))]
    pub trigger: Option<String>,
    /// What the trigger saw.
    #[schemars(length(max = LONGEST_WORD), regex(pattern = WORD))]
    pub signal: Option<String>,
    /// The sampling number.
    #[schemars(range(min = 0, max = 1))]
    pub draw: Option<f64>,
    /// When, by the visitor's clock (RFC 3339).
    #[schemars(length(max = LONGEST_WORD), extend("format" = "date-time"))]
    pub at: String,
    /// How the visitor was reached; `web` unless something else is said.
    #[schemars(length(max = LONGEST_WORD), regex(pattern = WORD))]
    pub channel: Option<String>,
    /// Where.
    pub page: Page,
    /// On what.
    pub device: Device,
    /// The page's language.
    #[schemars(length(min = 1, max = LONGEST_WORD), regex(pattern = WORD))]
    pub language: String,
    /// The visitor's identifier; only with consent.
    #[schemars(length(max = LONGEST_WORD), regex(pattern = WORD))]
    pub visitor: Option<String>,
    /// The visit so far.
    pub session: Option<Session>,
    /// What the page said about the visitor or cart.
    pub attributes: Option<Values>,
    /// Whether the browser says that a program drives it.
    pub automated: Option<bool>,
}

/// A page.
#[derive(Debug, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Page {
    /// Its path, without query string and fragment.
    #[schemars(length(max = LONGEST_PATH), regex(pattern = "^/[^?#]*$"))]
    pub path: String,
}

/// A visit so far.
#[derive(Debug, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Session {
    /// Pages seen.
    #[schemars(range(max = u32::MAX))]
    pub pages: Option<u32>,
    /// Seconds since the page was opened.
    #[schemars(range(max = u32::MAX))]
    pub seconds: Option<u32>,
    /// Which visit this is, from 1; only with consent.
    #[schemars(range(min = 1, max = u32::MAX))]
    pub visit: Option<u32>,
    /// Random, of one page load; only where the visit is not known and nothing was denied.
    #[schemars(length(max = LONGEST_WORD), regex(pattern = WORD))]
    pub id: Option<String>,
}
