//! From what a browser sent to an event that is believed, or to the one reason why not.

pub(crate) mod answers;
mod fields;
mod json;
pub(crate) mod line;
pub mod mask;

use crate::condition::{Value, Values};
use crate::definition::Survey;
use crate::id::EventId;
use crate::metric::Metric;
use crate::offer::Device;
use answers::Answers;
use fields::Fields;
pub use json::Json;
use serde_json::Map;
use thiserror::Error;

/// The longest comment, in characters.
pub const LONGEST_COMMENT: usize = 2_000;
/// The most attributes of a visitor or properties of an event.
pub const MOST_VALUES: usize = 32;
/// The longest name or text of an attribute or property, in characters.
pub const LONGEST_VALUE: usize = 200;
/// The longest path of a page, in characters.
pub(crate) const LONGEST_PATH: usize = 1_024;
/// The longest word: a survey's id, a trigger's name, a visitor's id.
pub(crate) const LONGEST_WORD: usize = 64;
/// The most fields that Hark does not know.
const MOST_UNKNOWN: usize = 32;

/// What identifies a stored line: sending it again changes nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct EventKey {
    /// UUIDv7 of the impression.
    pub id: u128,
    /// Number of the submission within it.
    pub seq: u32,
}

/// Something that happened to a survey or on a page, believed.
#[derive(Clone, Debug)]
pub struct Event {
    id: EventId,
    seq: u32,
    kind: Kind,
    context: Context,
    unknown: Map<String, serde_json::Value>,
}

#[derive(Clone, Debug)]
enum Kind {
    Impression(Asked),
    Response {
        asked: Asked,
        score: Option<u8>,
        answers: Answers,
        complete: bool,
    },
    Dismissal(Asked),
    Custom {
        name: String,
        props: Values,
    },
}

#[derive(Clone, Debug)]
struct Asked {
    survey: String,
    metric: Metric,
    wording: &'static str,
}

#[derive(Clone, Debug)]
struct Context {
    trigger: Option<String>,
    signal: Option<String>,
    draw: Option<f64>,
    at: String,
    channel: String,
    path: String,
    device: Device,
    language: String,
    visitor: Option<String>,
    session: Option<Session>,
    attributes: Values,
    automated: bool,
}

#[derive(Clone, Debug)]
struct Session {
    pages: u32,
    seconds: u32,
    visit: Option<u32>,
    id: Option<String>,
}

/// Why a submission is not believed.
#[derive(Clone, Debug, PartialEq, Error)]
pub enum Refusal {
    /// Not a JSON object.
    #[error("an event must be a JSON object")]
    NotAnObject,
    /// A field is absent.
    #[error("`{0}` is missing")]
    Missing(&'static str),
    /// A field holds the wrong kind of value.
    #[error("`{field}` must be {wanted}")]
    Wrong {
        /// Which.
        field: String,
        /// What it must be.
        wanted: String,
    },
    /// Nobody asks this.
    #[error("there is no survey `{0}`")]
    UnknownSurvey(String),
    /// The scale does not have that score.
    #[error("`score` is {score}, but {metric} goes from {low} to {high}")]
    OutOfRange {
        /// The score sent.
        score: String,
        /// The survey's metric.
        metric: Metric,
        /// Its lowest score.
        low: u8,
        /// Its highest.
        high: u8,
    },
    /// A path with more in it than a path.
    #[error("`page.path` must not carry a query string or fragment")]
    PathWithQuery,
    /// A response that says nothing.
    #[error("a response needs a `score` or an answer")]
    NothingSaid,
}

/// Believes a submission, or says why not. `find` gives the survey of an id, whatever its status.
///
/// # Errors
/// The first reason found.
pub fn accept<'s>(
    submission: Json<'_>,
    find: &dyn Fn(&str) -> Option<&'s Survey>,
) -> Result<Event, Refusal> {
    let mut fields = Fields::of(submission)?;
    let kind_name = fields.required_word("type")?;
    let id = fields.required_word("id")?;
    let id = id.parse().map_err(|_| wrong("id", "a UUID of version 7"))?;
    let seq = fields.integer("seq", 1)?.ok_or(Refusal::Missing("seq"))?;
    let kind = match kind_name.as_str() {
        "impression" => Kind::Impression(asked(&mut fields, find)?),
        "response" => response(&mut fields, find)?,
        "dismissal" => Kind::Dismissal(asked(&mut fields, find)?),
        "event" => Kind::Custom {
            name: mask::replacing(fields.required_word("name")?, |name| {
                mask::mask_value("", name)
            }),
            props: fields.values("props")?,
        },
        _ => {
            return Err(wrong(
                "type",
                "`impression`, `response`, `dismissal` or `event`",
            ));
        }
    };
    let context = context(&mut fields)?;
    Ok(Event {
        id,
        seq,
        kind,
        context,
        unknown: fields.rest()?,
    })
}

fn wrong(field: &str, wanted: &str) -> Refusal {
    Refusal::Wrong {
        field: field.to_owned(),
        wanted: wanted.to_owned(),
    }
}

fn asked<'s>(
    fields: &mut Fields<'_>,
    find: &dyn Fn(&str) -> Option<&'s Survey>,
) -> Result<Asked, Refusal> {
    let id = fields.required_word("survey")?;
    let survey = find(&id).ok_or_else(|| Refusal::UnknownSurvey(mask::mask(&id).into_owned()))?;
    Ok(Asked {
        survey: id,
        metric: survey.metric,
        wording: survey.wording(),
    })
}

fn response<'s>(
    fields: &mut Fields<'_>,
    find: &dyn Fn(&str) -> Option<&'s Survey>,
) -> Result<Kind, Refusal> {
    let asked = asked(fields, find)?;
    let survey = find(&asked.survey).ok_or(Refusal::Missing("survey"))?;
    let score = fields.score(asked.metric)?;
    let answers = fields.object("answers")?;
    let answers = answers.map(|answers| Answers::read(answers, survey));
    let answers = answers.transpose()?.unwrap_or_default();
    let complete = fields
        .flag("complete")?
        .ok_or(Refusal::Missing("complete"))?;
    if score.is_none() && answers.is_empty() && answers.contact.is_none() {
        return Err(Refusal::NothingSaid);
    }
    Ok(Kind::Response {
        asked,
        score,
        answers,
        complete,
    })
}

fn context(fields: &mut Fields<'_>) -> Result<Context, Refusal> {
    Ok(Context {
        trigger: fields.word("trigger")?,
        signal: fields.word("signal")?,
        draw: fields.share("draw")?,
        at: at(fields)?,
        channel: fields.word("channel")?.unwrap_or_else(|| "web".to_owned()),
        path: path(fields)?,
        device: device(fields)?,
        language: fields.required_word("language")?,
        visitor: fields.word("visitor")?,
        session: fields.object("session")?.map(session).transpose()?,
        attributes: fields.values("attributes")?,
        automated: fields.flag("automated")?.unwrap_or(false),
    })
}

fn at(fields: &mut Fields<'_>) -> Result<String, Refusal> {
    let text = fields.required_word("at")?;
    let at: jiff::Timestamp = text
        .parse()
        .map_err(|_| wrong("at", "a time such as `2026-11-21T10:00:00.000Z`"))?;
    Ok(format!("{at:.3}"))
}

fn path(fields: &mut Fields<'_>) -> Result<String, Refusal> {
    let mut page = fields.object("page")?.ok_or(Refusal::Missing("page"))?;
    let path = page
        .text("path", LONGEST_PATH)?
        .ok_or(Refusal::Missing("page.path"))?;
    // Anything beside the path, a title or a referrer, could identify the visitor.
    page.must_be_empty()?;
    if path.contains(['?', '#']) {
        return Err(Refusal::PathWithQuery);
    }
    if !path.starts_with('/') {
        return Err(wrong("page.path", "a path that starts with `/`"));
    }
    Ok(mask::replacing(path, mask::mask_path))
}

fn device(fields: &mut Fields<'_>) -> Result<Device, Refusal> {
    match fields.required_word("device")?.as_str() {
        "mobile" => Ok(Device::Mobile),
        "tablet" => Ok(Device::Tablet),
        "desktop" => Ok(Device::Desktop),
        _ => Err(wrong("device", "`mobile`, `tablet` or `desktop`")),
    }
}

fn session(mut session: Fields<'_>) -> Result<Session, Refusal> {
    let read = Session {
        pages: session.integer("pages", 0)?.unwrap_or(0),
        seconds: session.integer("seconds", 0)?.unwrap_or(0),
        visit: session.integer("visit", 1)?,
        id: session.word("id")?,
    };
    session.must_be_empty()?;
    Ok(read)
}

impl Event {
    /// What identifies its line.
    #[must_use]
    pub const fn key(&self) -> EventKey {
        EventKey {
            id: self.id.as_u128(),
            seq: self.seq,
        }
    }

    /// The survey of which a person's response is completed by this; none for what a program sent.
    #[must_use]
    pub fn completes(&self) -> Option<&str> {
        match &self.kind {
            Kind::Response {
                asked,
                complete: true,
                ..
            } if !self.context.automated => Some(&asked.survey),
            _ => None,
        }
    }

    /// The address that was left, which is kept apart from the line.
    #[must_use]
    pub fn contact(&self) -> Option<&str> {
        match &self.kind {
            Kind::Response { answers, .. } => answers.contact.as_deref(),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests;
