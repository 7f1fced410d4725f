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
            id: self.id.text(),
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

/// An address that somebody left to be answered at.
#[derive(Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(rename = "ContactLine"))]
pub(crate) struct ContactLine<'e> {
    /// Of the response it belongs to.
    #[cfg_attr(feature = "schema", schemars(extend("format" = "uuid")))]
    id: String,
    /// The site's key.
    site: &'e str,
    /// The survey's id.
    survey: &'e str,
    /// As it was typed.
    contact: &'e str,
    // So that it can be erased with the visitor, even if a crash left it without its answer.
    /// The visitor's identifier, with consent.
    #[serde(skip_serializing_if = "Option::is_none")]
    visitor: Option<&'e str>,
    /// When, by the collector's clock (RFC 3339, UTC).
    #[cfg_attr(feature = "schema", schemars(extend("format" = "date-time")))]
    received_at: &'e str,
}

/// An event, as it is stored. Lines of one `id` are folded: for each answer the highest `seq` counts.
#[derive(Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(rename = "EventLine"))]
pub(crate) struct Line<'e> {
    /// `impression`: a card became visible; `response`: something was answered; `dismissal`: closed without an
    /// answer; `event`: something happened on the page.
    #[serde(rename = "type")]
    #[cfg_attr(feature = "schema", schemars(extend("enum" = ["impression", "response", "dismissal", "event"])))]
    kind: &'static str,
    /// UUID of version 7; an impression, its responses and its dismissal share one.
    #[cfg_attr(feature = "schema", schemars(extend("format" = "uuid")))]
    id: String,
    /// From 1, grows with each line of an id; (`id`, `seq`) names a line.
    #[cfg_attr(feature = "schema", schemars(range(min = 1)))]
    seq: u32,
    #[serde(flatten)]
    asked: Option<AskedFields<'e>>,
    /// On the scale of `metric`: 1 to 5 for CSAT, 1 to 7 for CES, 0 to 10 for NPS. Absent where only something else was answered.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(range(min = 0, max = 10)))]
    score: Option<u8>,
    /// What was answered after the score.
    #[serde(skip_serializing_if = "Option::is_none")]
    answers: Option<&'e Answers>,
    /// `true` where an address was left; it is not in the line.
    #[serde(skip_serializing_if = "Option::is_none")]
    contact: Option<bool>,
    /// Of a response: whether the visitor went through to the end.
    #[serde(skip_serializing_if = "Option::is_none")]
    complete: Option<bool>,
    /// The name of an event of the page's own.
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<&'e str>,
    /// Its properties.
    #[serde(skip_serializing_if = "Option::is_none")]
    props: Option<&'e Values>,
    /// The trigger that fired.
    #[serde(skip_serializing_if = "Option::is_none")]
    trigger: Option<&'e str>,
    /// What the trigger saw.
    #[serde(skip_serializing_if = "Option::is_none")]
    signal: Option<&'e str>,
    /// The sampling number.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(range(min = 0, max = 1)))]
    draw: Option<f64>,
    /// When, by the visitor's clock (RFC 3339, UTC).
    #[cfg_attr(feature = "schema", schemars(extend("format" = "date-time")))]
    at: &'e str,
    /// How the visitor was reached.
    channel: &'e str,
    /// Where.
    page: Page<'e>,
    /// On what.
    #[cfg_attr(feature = "schema", schemars(extend("enum" = ["mobile", "tablet", "desktop"])))]
    device: &'static str,
    /// The page's language, as written in it.
    language: &'e str,
    /// The visitor's identifier, with consent.
    #[serde(skip_serializing_if = "Option::is_none")]
    visitor: Option<&'e str>,
    /// The visit so far.
    #[serde(skip_serializing_if = "Option::is_none")]
    session: Option<SessionFields<'e>>,
    /// What the page said about the visitor or cart.
    #[serde(skip_serializing_if = "Values::is_empty")]
    attributes: &'e Values,
    /// Whether the browser said that a program drives it.
    automated: bool,
    /// The site's key.
    site: &'e str,
    /// When, by the collector's clock (RFC 3339, UTC).
    #[cfg_attr(feature = "schema", schemars(extend("format" = "date-time")))]
    received_at: &'e str,
    #[serde(flatten)]
    unknown: Unknown<'e>,
}

#[derive(Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
struct AskedFields<'e> {
    /// The survey's id; of all but `event`, like the next two.
    survey: &'e str,
    /// What the survey measured at the time of receipt.
    metric: Metric,
    /// Which standard wording was asked in (`standard`, `purchase`, `find`), or `custom` for a question or
    /// anchors of one's own.
    wording: &'static str,
}

/// A page.
#[derive(Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(rename = "Page"))]
struct Page<'e> {
    /// Its path, without query string and fragment.
    path: &'e str,
}

/// A visit so far.
#[derive(Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(rename = "Session"))]
struct SessionFields<'e> {
    /// Pages seen.
    pages: u32,
    /// Seconds since the page was opened.
    seconds: u32,
    /// Which visit this is, from 1; with consent.
    #[serde(skip_serializing_if = "Option::is_none")]
    visit: Option<u32>,
    /// The same for all lines of one page load; only where the visit is not known.
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<&'e str>,
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

#[cfg(feature = "schema")]
impl schemars::JsonSchema for Unknown<'_> {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Unknown".into()
    }

    fn inline_schema() -> bool {
        true
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({"type": "object", "additionalProperties": true})
    }
}

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
            id: event.id.text(),
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
            session: context.session.as_ref().map(SessionFields::from),
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

impl<'e> From<&'e Session> for SessionFields<'e> {
    fn from(session: &'e Session) -> Self {
        Self {
            pages: session.pages,
            seconds: session.seconds,
            visit: session.visit,
            id: session.id.as_deref(),
        }
    }
}
