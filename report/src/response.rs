//! All answers of one impression as one value: what comments, exports and digests are made of.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::Serialize;
use serde_json::Value;
use survey::id::EventId;
use survey::mask::mask;
use survey::metric::{Band, Metric};

use crate::fold::{Folded, Key};
use crate::names::Names;

/// What became of one card that was shown.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Response {
    /// UUID of version 7, shared by all its lines.
    #[serde(serialize_with = "as_text")]
    pub id: EventId,
    /// The survey's id.
    pub survey: String,
    /// What it measures.
    pub metric: Metric,
    /// Where it was shown.
    pub site: String,
    /// Answered, dismissed or neither.
    pub outcome: Outcome,
    /// On the metric's scale; `None` when the question was skipped. 0 is a score.
    pub score: Option<u8>,
    /// The score's band.
    pub band: Option<Band>,
    /// The comment in force, personal data in it masked like that of all that was typed.
    pub comment: Option<String>,
    /// The option chosen of several.
    pub choice: Option<String>,
    /// The options chosen where several may be.
    pub choices: Vec<String>,
    /// Whether a contact was left; the contact itself is kept elsewhere.
    pub contact: bool,
    /// The page's path; empty if unsaid, like the texts that follow.
    pub page: String,
    /// `mobile`, `tablet` or `desktop`.
    pub device: String,
    /// As written in the page.
    pub language: String,
    /// What made the card appear.
    pub trigger: String,
    /// What the trigger saw.
    pub signal: String,
    /// `web`.
    pub channel: String,
    /// How manieth visit it was; known with consent only.
    pub visit: Option<u32>,
    /// New or returning; known with consent only.
    pub visitors: Option<Visitors>,
    /// What the page had set.
    pub attributes: BTreeMap<String, Value>,
    /// When it was shown (or first heard of), by the visitor's clock.
    pub at: Timestamp,
    /// When its first line was received, by the collector's clock: the moment it is counted at.
    pub received_at: Timestamp,
    /// From the card's appearance to the first score, where both are known.
    pub seconds_to_answer: Option<f64>,
    /// Whether the visitor went through to the end.
    pub complete: bool,
    /// Whether a program drove the browser.
    pub automated: bool,
}

/// How an impression ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Outcome {
    /// Something came back, be it partial.
    Answered,
    /// It was closed without an answer.
    Dismissed,
    /// Neither.
    Ignored,
}

/// Whether somebody had been here before.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Visitors {
    /// First visit.
    New,
    /// Second or later visit.
    Returning,
}

impl Response {
    /// `None` only if the names do not belong to it.
    pub(crate) fn of(key: &Key, folded: Folded, names: &Names) -> Option<Self> {
        let subject = names.subject_of(key.subject)?;
        let context = names.context_of(folded.asked.context)?.clone();
        let score = folded.score.map(|score| score.answer);
        let seconds_to_answer = folded.time_to_answer().map(|time| time as f64 / 1e6);
        let outcome = folded.outcome();
        let choices: Vec<String> = read_or_default(folded.choices.map(|choices| choices.answer));
        Some(Self {
            id: EventId::from_u128(key.id)?,
            survey: subject.survey.clone(),
            metric: subject.metric,
            site: subject.site.clone(),
            outcome,
            score,
            band: score.map(|score| subject.metric.band(score)),
            comment: folded.comment.map(|comment| masked(&comment.answer)),
            choice: folded.choice.map(|choice| masked(&choice.answer)),
            choices: choices.iter().map(|choice| masked(choice)).collect(),
            contact: folded.contact,
            page: context.page,
            device: context.device,
            language: context.language,
            trigger: context.trigger,
            signal: context.signal,
            channel: context.channel,
            visit: folded.asked.visit,
            visitors: folded.asked.visit.map(Visitors::of),
            attributes: read_or_default(Some(folded.asked.attributes)),
            at: Timestamp::from_microsecond(folded.asked.at).ok()?,
            received_at: Timestamp::from_microsecond(folded.received).ok()?,
            seconds_to_answer,
            complete: folded.complete,
            automated: key.automated,
        })
    }
}

impl Folded {
    /// Whoever answered did not dismiss.
    pub(crate) fn outcome(&self) -> Outcome {
        if self.answered {
            Outcome::Answered
        } else if self.dismissed {
            Outcome::Dismissed
        } else {
            Outcome::Ignored
        }
    }
}

impl Visitors {
    pub(crate) fn of(visit: u32) -> Self {
        if visit > 1 {
            Self::Returning
        } else {
            Self::New
        }
    }
}

/// Lines are masked before they are written, but not those of older versions, nor what somebody has
/// put into a segment by hand.
fn masked(text: &str) -> String {
    mask(text).into_owned()
}

/// The line was JSON as a whole, but this part of it may be of another kind than the collector's.
fn read_or_default<T: Default + serde::de::DeserializeOwned>(json: Option<Box<str>>) -> T {
    json.and_then(|json| serde_json::from_str(&json).ok())
        .unwrap_or_default()
}

fn as_text<S: serde::Serializer>(id: &EventId, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(id)
}
