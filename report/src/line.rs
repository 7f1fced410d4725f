//! One line of the journal, believed once. Texts are borrowed from its bytes: millions of lines
//! are read, and few of them bring anything that has to be kept.

mod error;
mod name;
mod scan;
mod stored;
mod text;

use serde::{Deserialize, Serialize};
use survey::case::Deed;
use survey::id::EventId;
use survey::metric::Metric;

use crate::moment;
pub(crate) use error::LineError;
use stored::{Stored, Type};
use text::Text;

/// What a line is about.
#[derive(Debug)]
pub(crate) enum Entry<'a> {
    /// What a visitor did with a survey, or an event that shop figures are made of. Where it lies: it is
    /// large, and there are millions.
    Line(&'a Line<'a>),
    /// Earlier lines are to be forgotten.
    Erase(Erase<'a>),
    /// Somebody did something about a response.
    Case(Case<'a>),
    /// Another event of the shop's own.
    Other,
}

/// What a line says that counts.
#[derive(Debug)]
pub(crate) struct Line<'a> {
    pub(crate) act: Act<'a>,
    pub(crate) id: EventId,
    pub(crate) seq: u32,
    pub(crate) about: About<'a>,
    pub(crate) site: &'a str,
    pub(crate) automated: bool,
    /// When, by the visitor's clock, in microseconds since 1970; the time of receipt if unsaid.
    pub(crate) at: i64,
    /// When, by the collector's clock, in microseconds since 1970.
    pub(crate) received: i64,
    pub(crate) circumstances: Circumstances<'a>,
    pub(crate) visitor: Option<&'a str>,
    /// The visitor's how manieth visit it is, known with consent only.
    pub(crate) visit: Option<u32>,
    /// Names the page load, where the visit is not known.
    pub(crate) session: Option<&'a str>,
    /// Pages seen so far; 0 where nobody counted.
    pub(crate) pages: u32,
    /// A JSON object: attributes, or an event's properties.
    pub(crate) attributes: Option<&'a str>,
}

/// What a line is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum About<'a> {
    Survey { id: &'a str, metric: Metric },
    Event(Told),
}

/// The events that shop figures are made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub(crate) enum Told {
    /// `hark('event', 'purchase', …)`.
    Purchase,
    /// `hark('event', 'contact')`: somebody asked for help.
    Contact,
}

impl Told {
    fn named(name: &str) -> Option<Self> {
        match name {
            "purchase" => Some(Self::Purchase),
            "contact" => Some(Self::Contact),
            _ => None,
        }
    }

    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Purchase => "purchase",
            Self::Contact => "contact",
        }
    }
}

/// Where and how somebody was asked; what a line does not say is empty. So is all of it for an event:
/// nobody was asked, and no figure wants to know where it happened.
#[derive(Debug, Default)]
pub(crate) struct Circumstances<'a> {
    pub(crate) page: &'a str,
    pub(crate) device: &'a str,
    pub(crate) language: &'a str,
    pub(crate) trigger: &'a str,
    pub(crate) signal: &'a str,
    pub(crate) channel: &'a str,
}

/// What the visitor did.
#[derive(Debug)]
pub(crate) enum Act<'a> {
    Saw,
    Answered(Answered<'a>),
    Dismissed,
    /// Something on the page that is no matter of a survey.
    Told,
}

/// What was answered so far.
#[derive(Debug, Default)]
pub(crate) struct Answered<'a> {
    /// `None` when the question was skipped; 0 is a score.
    pub(crate) score: Option<u8>,
    pub(crate) complete: bool,
    /// Completed when there were as many as wanted.
    pub(crate) over_quota: bool,
    pub(crate) contact: bool,
    pub(crate) comment: Option<&'a str>,
    pub(crate) choice: Option<&'a str>,
    /// A JSON array of strings.
    pub(crate) choices: Option<&'a str>,
}

/// Whose earlier lines are to be forgotten.
#[derive(Debug)]
pub(crate) struct Erase<'a> {
    pub(crate) of: Erased<'a>,
    /// Only at this site; everywhere if unsaid.
    pub(crate) site: Option<&'a str>,
}

/// What is erased.
#[derive(Debug)]
pub(crate) enum Erased<'a> {
    Response(EventId),
    Visitor(&'a str),
}

/// What staff did about a response.
#[derive(Debug)]
pub(crate) struct Case<'a> {
    pub(crate) id: EventId,
    pub(crate) site: &'a str,
    /// When, by the collector's clock, in microseconds since 1970.
    pub(crate) received: i64,
    pub(crate) deed: Deed,
}

/// Reads one line and shows it to `look`: handing it back would copy it more than once.
pub(crate) fn parse<T>(bytes: &[u8], look: impl FnOnce(Entry<'_>) -> T) -> Result<T, LineError> {
    let text = std::str::from_utf8(bytes)?;
    let mut stored = Stored::of(Type::Event);
    if scan::stored(text, &mut stored).is_none() {
        stored = serde_json::from_str(text)?;
    }
    let (about, act) = match stored.r#type {
        Type::Event => match said(&stored.name).and_then(Told::named) {
            Some(told) => (About::Event(told), Act::Told),
            None => return Ok(look(Entry::Other)),
        },
        Type::Erase => return Ok(look(Entry::Erase(erase(&stored)?))),
        Type::Case => return Ok(look(Entry::Case(case(&stored, text)?))),
        Type::Impression => (survey(&stored)?, Act::Saw),
        Type::Dismissal => (survey(&stored)?, Act::Dismissed),
        Type::Response => (survey(&stored)?, answered(&stored)?),
    };
    let line = line(&stored, about, act)?;
    Ok(look(Entry::Line(&line)))
}

fn survey<'a>(stored: &'a Stored<'_>) -> Result<About<'a>, LineError> {
    Ok(About::Survey {
        id: required(said(&stored.survey), "survey")?,
        metric: required(stored.metric, "metric")?,
    })
}

fn line<'a>(stored: &'a Stored<'_>, about: About<'a>, act: Act<'a>) -> Result<Line<'a>, LineError> {
    let received = received(stored)?;
    let at = match said(&stored.at) {
        Some(at) => time(at, "at")?,
        None => received,
    };
    let session = stored.session.as_ref();
    Ok(Line {
        act,
        id: id(required(said(&stored.id), "id")?)?,
        seq: required(stored.seq, "seq")?,
        about,
        site: required(said(&stored.site), "site")?,
        automated: stored.automated,
        at,
        received,
        circumstances: match about {
            About::Survey { .. } => circumstances(stored),
            About::Event(_) => Circumstances::default(),
        },
        visitor: said(&stored.visitor),
        visit: session.and_then(|session| session.visit),
        session: session.and_then(|session| said(&session.id)),
        pages: session.and_then(|session| session.pages).unwrap_or(0),
        attributes: match about {
            About::Survey { .. } => stored.attributes,
            About::Event(_) => stored.props,
        },
    })
}

fn circumstances<'a>(stored: &'a Stored<'_>) -> Circumstances<'a> {
    let or_empty = |text: &'a Option<Text<'_>>| said(text).unwrap_or_default();
    Circumstances {
        page: stored.page.as_ref().map_or("", |page| &page.path),
        device: or_empty(&stored.device),
        language: or_empty(&stored.language),
        trigger: or_empty(&stored.trigger),
        signal: or_empty(&stored.signal),
        channel: or_empty(&stored.channel),
    }
}

fn answered<'a>(stored: &'a Stored<'_>) -> Result<Act<'a>, LineError> {
    let metric = required(stored.metric, "metric")?;
    if let Some(score) = stored.score.filter(|score| !metric.scale().contains(score)) {
        return Err(LineError::OffTheScale { score, metric });
    }
    let answers = stored.answers.as_ref();
    Ok(Act::Answered(Answered {
        score: stored.score,
        complete: stored.complete,
        over_quota: stored.over_quota,
        contact: stored.contact,
        comment: answers.and_then(|answers| said(&answers.comment)),
        choice: answers.and_then(|answers| said(&answers.choice)),
        choices: answers.and_then(|answers| answers.choices),
    }))
}

fn erase<'a>(stored: &'a Stored<'_>) -> Result<Erase<'a>, LineError> {
    let of = match (said(&stored.id), said(&stored.visitor)) {
        (Some(text), _) => Erased::Response(id(text)?),
        (None, Some(visitor)) => Erased::Visitor(visitor),
        (None, None) => return Err(LineError::Missing("id` or `visitor")),
    };
    Ok(Erase {
        of,
        site: said(&stored.site),
    })
}

/// These lines are few, so that reading them twice is no loss.
fn case<'a>(stored: &'a Stored<'_>, text: &str) -> Result<Case<'a>, LineError> {
    Ok(Case {
        id: id(required(said(&stored.id), "id")?)?,
        site: required(said(&stored.site), "site")?,
        received: received(stored)?,
        deed: serde_json::from_str(text)?,
    })
}

fn received(stored: &Stored<'_>) -> Result<i64, LineError> {
    let received = required(said(&stored.received_at), "received_at")?;
    time(received, "received_at")
}

fn said<'a>(text: &'a Option<Text<'_>>) -> Option<&'a str> {
    text.as_deref()
}

fn required<T>(field: Option<T>, name: &'static str) -> Result<T, LineError> {
    field.ok_or(LineError::Missing(name))
}

fn id(text: &str) -> Result<EventId, LineError> {
    text.parse().map_err(|_| LineError::BadId)
}

fn time(text: &str, field: &'static str) -> Result<i64, LineError> {
    moment::microseconds(text).ok_or(LineError::BadTime(field))
}

#[cfg(test)]
pub(crate) mod tests;
