//! What the widget sends: one event in the making, not yet believed by anybody.

use crate::condition::Values;
use serde::Serialize;

/// A submission of any type; fields that do not belong to its type are absent.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Submission {
    /// `impression`, `response`, `dismissal` or `event`.
    #[serde(rename = "type")]
    pub kind: &'static str,
    /// UUIDv7 of the impression.
    pub id: String,
    /// Grows with each submission of one id, from 1.
    pub seq: u32,
    /// The survey's id.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub survey: Option<String>,
    /// The score given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub score: Option<u8>,
    /// Answers to the follow-up questions.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub answers: Option<Answers>,
    /// Whether the visitor has reached the end.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub complete: Option<bool>,
    /// A custom event's name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// A custom event's properties.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub props: Option<Values>,
    /// Which trigger fired.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub trigger: Option<&'static str>,
    /// What the trigger saw, for exit intent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub signal: Option<&'static str>,
    /// The sampling draw, from 0 to below 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub draw: Option<f64>,
    /// When, by the visitor's clock (RFC 3339, UTC).
    pub at: String,
    /// How the visitor was reached.
    pub channel: &'static str,
    /// Where.
    pub page: Page,
    /// On what.
    pub device: &'static str,
    /// The page's language.
    pub language: String,
    /// Random identifier of the visitor, or the shop's own; only with consent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub visitor: Option<String>,
    /// What this visit was like so far.
    pub session: Session,
    /// What the page said about the visitor or cart.
    #[serde(skip_serializing_if = "Values::is_empty")]
    pub attributes: Values,
    /// Whether the browser says that a program drives it.
    pub automated: bool,
}

/// Answers to the follow-up questions.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Answers {
    /// Free text.
    pub comment: String,
}

/// A page, without anything that could identify its reader.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Page {
    /// The path without query string and fragment.
    pub path: String,
}

/// A visit so far.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Session {
    /// Pages seen, this one included.
    pub pages: u32,
    /// Seconds since the page was opened.
    pub seconds: u32,
    /// Which visit this is; only with consent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub visit: Option<u32>,
}
