//! The stored form of an event: one JSON object, the line that is the product.

use super::answers::Answers;
use super::{Asked, Event, Kind, Session};
use crate::condition::Values;
use crate::metric::Metric;
use serde::Serialize;
use serde_json::{Map, Value};

/// Most lines are shorter, in bytes, and so are written without growing their buffer.
const USUAL_LENGTH: usize = 1_024;

impl Event {
    /// The line without its newline: the event as accepted, with its site and time of receipt.
    #[must_use]
    pub fn line(&self, site: &str, received_at: &str) -> String {
        let line = Line::new(self, site, received_at);
        let mut text = Vec::with_capacity(USUAL_LENGTH);
        // Strings, numbers and maps with string keys: serialising them cannot fail, and JSON is UTF-8.
        let _ = serde_json::to_writer(&mut text, &line);
        String::from_utf8(text).unwrap_or_default()
    }

    /// The line of the contact that was left, without its newline; it is kept apart from the answers.
    #[must_use]
    pub fn contact_line(&self, site: &str, received_at: &str) -> Option<String> {
        let line = ContactLine {
            id: self.id.to_string(),
            site,
            survey: &self.kind.asked()?.survey,
            contact: self.contact()?,
            visitor: self.context.visitor.as_deref(),
            received_at,
        };
        // Strings alone: serialising them cannot fail.
        serde_json::to_string(&line).ok()
    }
}

#[derive(Serialize)]
struct ContactLine<'e> {
    id: String,
    site: &'e str,
    survey: &'e str,
    contact: &'e str,
    /// So that it can be erased with the visitor, even if a crash left it without its answer.
    #[serde(skip_serializing_if = "Option::is_none")]
    visitor: Option<&'e str>,
    received_at: &'e str,
}

#[derive(Serialize)]
struct Line<'e> {
    #[serde(rename = "type")]
    kind: &'static str,
    id: String,
    seq: u32,
    #[serde(flatten)]
    asked: Option<AskedFields<'e>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    score: Option<u8>,
    #[serde(skip_serializing_if = "Option::is_none")]
    answers: Option<&'e Answers>,
    #[serde(skip_serializing_if = "Option::is_none")]
    contact: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    complete: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<&'e str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    props: Option<&'e Values>,
    #[serde(skip_serializing_if = "Option::is_none")]
    trigger: Option<&'e str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    signal: Option<&'e str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    draw: Option<f64>,
    at: &'e str,
    channel: &'e str,
    page: Page<'e>,
    device: &'static str,
    language: &'e str,
    #[serde(skip_serializing_if = "Option::is_none")]
    visitor: Option<&'e str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    session: Option<SessionFields>,
    #[serde(skip_serializing_if = "Values::is_empty")]
    attributes: &'e Values,
    automated: bool,
    site: &'e str,
    received_at: &'e str,
    #[serde(flatten)]
    unknown: Unknown<'e>,
}

#[derive(Serialize)]
struct AskedFields<'e> {
    survey: &'e str,
    metric: Metric,
    wording: &'static str,
}

#[derive(Serialize)]
struct Page<'e> {
    path: &'e str,
}

#[derive(Serialize)]
struct SessionFields {
    pages: u32,
    seconds: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    visit: Option<u32>,
}

/// Unknown fields, except those that would say a known one twice.
struct Unknown<'e>(&'e Map<String, Value>);

/// Every name a line uses itself, or gets from the collector's journal, and acceptance does not take out of
/// the submission.
const OURS: [&str; 14] = [
    "contact",
    "metric",
    "wording",
    "site",
    "received_at",
    "survey",
    "score",
    "answers",
    "complete",
    "completed",
    "quota",
    "over_quota",
    "name",
    "props",
];

impl Serialize for Unknown<'_> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let theirs = self
            .0
            .iter()
            .filter(|(name, _)| !OURS.contains(&name.as_str()));
        serializer.collect_map(theirs)
    }
}

impl<'e> Line<'e> {
    fn new(event: &'e Event, site: &'e str, received_at: &'e str) -> Self {
        let context = &event.context;
        let mut line = Self {
            kind: event.kind.name(),
            id: event.id.to_string(),
            seq: event.seq,
            asked: event.kind.asked().map(AskedFields::from),
            score: None,
            answers: None,
            contact: None,
            complete: None,
            name: None,
            props: None,
            trigger: context.trigger.as_deref(),
            signal: context.signal.as_deref(),
            draw: context.draw,
            at: &context.at,
            channel: &context.channel,
            page: Page {
                path: &context.path,
            },
            device: context.device.name(),
            language: &context.language,
            visitor: context.visitor.as_deref(),
            session: context.session.map(SessionFields::from),
            attributes: &context.attributes,
            automated: context.automated,
            site,
            received_at,
            unknown: Unknown(&event.unknown),
        };
        match &event.kind {
            Kind::Impression(_) | Kind::Dismissal(_) => {}
            Kind::Response {
                score,
                answers,
                complete,
                ..
            } => {
                line.score = *score;
                line.answers = Some(answers).filter(|answers| !answers.is_empty());
                line.contact = answers.contact.is_some().then_some(true);
                line.complete = Some(*complete);
            }
            Kind::Custom { name, props } => {
                line.name = Some(name);
                line.props = Some(props);
            }
        }
        line
    }
}

impl Kind {
    const fn name(&self) -> &'static str {
        match self {
            Self::Impression(_) => "impression",
            Self::Response { .. } => "response",
            Self::Dismissal(_) => "dismissal",
            Self::Custom { .. } => "event",
        }
    }

    const fn asked(&self) -> Option<&Asked> {
        match self {
            Self::Impression(asked) | Self::Dismissal(asked) | Self::Response { asked, .. } => {
                Some(asked)
            }
            Self::Custom { .. } => None,
        }
    }
}

impl<'e> From<&'e Asked> for AskedFields<'e> {
    fn from(asked: &'e Asked) -> Self {
        Self {
            survey: &asked.survey,
            metric: asked.metric,
            wording: asked.wording,
        }
    }
}

impl From<Session> for SessionFields {
    fn from(session: Session) -> Self {
        Self {
            pages: session.pages,
            seconds: session.seconds,
            visit: session.visit,
        }
    }
}
