//! One line of the journal, believed once. Texts are borrowed from its bytes: millions of lines
//! are read, and few of them bring anything that has to be kept.

mod error;
mod stored;
mod text;

use serde_json::value::RawValue;
use survey::id::EventId;
use survey::metric::Metric;

use crate::moment;
pub(crate) use error::LineError;
use stored::{Stored, Type};
pub(crate) use text::Text;

/// What a line is about.
#[derive(Debug)]
#[expect(
    clippy::large_enum_variant,
    reason = "a box would be one more allocation for each of millions of lines"
)]
pub(crate) enum Entry<'a> {
    /// What a visitor did with a survey.
    Survey(Line<'a>),
    /// Earlier lines are to be forgotten.
    Erase(Erase<'a>),
    /// An event of the shop's own, which no survey asked for.
    Other,
}

/// What a line about a survey says.
#[derive(Debug)]
pub(crate) struct Line<'a> {
    pub(crate) act: Act<'a>,
    pub(crate) id: EventId,
    pub(crate) seq: u32,
    pub(crate) survey: Text<'a>,
    pub(crate) site: Text<'a>,
    pub(crate) metric: Metric,
    pub(crate) automated: bool,
    /// When, by the visitor's clock, in microseconds since 1970; the time of receipt if unsaid.
    pub(crate) at: i64,
    /// When, by the collector's clock, in microseconds since 1970.
    pub(crate) received: i64,
    pub(crate) circumstances: Circumstances<'a>,
    pub(crate) visitor: Option<Text<'a>>,
    /// The visitor's how manieth visit it is, known with consent only.
    pub(crate) visit: Option<u32>,
    /// A JSON object.
    pub(crate) attributes: Option<&'a RawValue>,
}

/// Where and how somebody was asked; what a line does not say is empty.
#[derive(Debug, Default)]
pub(crate) struct Circumstances<'a> {
    pub(crate) page: Text<'a>,
    pub(crate) device: Text<'a>,
    pub(crate) language: Text<'a>,
    pub(crate) trigger: Text<'a>,
    pub(crate) signal: Text<'a>,
    pub(crate) channel: Text<'a>,
}

/// What the visitor did.
#[derive(Debug)]
pub(crate) enum Act<'a> {
    Saw,
    Answered(Answered<'a>),
    Dismissed,
}

/// What was answered so far.
#[derive(Debug, Default)]
pub(crate) struct Answered<'a> {
    /// `None` when the question was skipped; 0 is a score.
    pub(crate) score: Option<u8>,
    pub(crate) complete: bool,
    pub(crate) contact: bool,
    pub(crate) comment: Option<Text<'a>>,
    pub(crate) choice: Option<Text<'a>>,
    /// A JSON array of strings.
    pub(crate) choices: Option<&'a RawValue>,
}

/// Whose earlier lines are to be forgotten.
#[derive(Debug)]
pub(crate) struct Erase<'a> {
    pub(crate) of: Erased<'a>,
    /// Only at this site; everywhere if unsaid.
    pub(crate) site: Option<Text<'a>>,
}

/// What is erased.
#[derive(Debug)]
pub(crate) enum Erased<'a> {
    Response(EventId),
    Visitor(Text<'a>),
}

/// Reads one line.
pub(crate) fn parse(bytes: &[u8]) -> Result<Entry<'_>, LineError> {
    let stored: Stored<'_> = serde_json::from_str(std::str::from_utf8(bytes)?)?;
    match stored.r#type {
        Type::Event => Ok(Entry::Other),
        Type::Erase => erase(stored).map(Entry::Erase),
        Type::Impression => about(stored, |_| Ok(Act::Saw)),
        Type::Dismissal => about(stored, |_| Ok(Act::Dismissed)),
        Type::Response => about(stored, answered),
    }
}

fn about<'a>(
    mut stored: Stored<'a>,
    act: impl FnOnce(&mut Stored<'a>) -> Result<Act<'a>, LineError>,
) -> Result<Entry<'a>, LineError> {
    let received = time(
        &required(stored.received_at.take(), "received_at")?,
        "received_at",
    )?;
    let at = match stored.at.take() {
        Some(at) => time(&at, "at")?,
        None => received,
    };
    Ok(Entry::Survey(Line {
        act: act(&mut stored)?,
        id: id(&required(stored.id, "id")?)?,
        seq: required(stored.seq, "seq")?,
        survey: required(stored.survey, "survey")?,
        site: required(stored.site, "site")?,
        metric: required(stored.metric, "metric")?,
        automated: stored.automated,
        at,
        received,
        circumstances: Circumstances {
            page: stored.page.map(|page| page.path).unwrap_or_default(),
            device: stored.device.unwrap_or_default(),
            language: stored.language.unwrap_or_default(),
            trigger: stored.trigger.unwrap_or_default(),
            signal: stored.signal.unwrap_or_default(),
            channel: stored.channel.unwrap_or_default(),
        },
        visitor: stored.visitor,
        visit: stored.session.and_then(|session| session.visit),
        attributes: stored.attributes,
    }))
}

fn answered<'a>(stored: &mut Stored<'a>) -> Result<Act<'a>, LineError> {
    let metric = required(stored.metric, "metric")?;
    if let Some(score) = stored.score.filter(|score| !metric.scale().contains(score)) {
        return Err(LineError::OffTheScale { score, metric });
    }
    let answers = stored.answers.take().unwrap_or_default();
    Ok(Act::Answered(Answered {
        score: stored.score,
        complete: stored.complete,
        contact: stored.contact,
        comment: answers.comment,
        choice: answers.choice,
        choices: answers.choices,
    }))
}

fn erase(stored: Stored<'_>) -> Result<Erase<'_>, LineError> {
    let of = match (stored.id, stored.visitor) {
        (Some(text), _) => Erased::Response(id(&text)?),
        (None, Some(visitor)) => Erased::Visitor(visitor),
        (None, None) => return Err(LineError::Missing("id` or `visitor")),
    };
    Ok(Erase {
        of,
        site: stored.site,
    })
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
