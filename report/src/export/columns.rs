//! The columns of every export: their names, their types, and where they come from.

use std::borrow::Cow;

use jiff::Timestamp;
use survey::metric::Band;

use crate::response::{Outcome, Response, Visitors};

/// One column.
pub(super) struct Column {
    pub(super) name: &'static str,
    pub(super) kind: Kind,
    pub(super) cell: for<'r> fn(&'r Response) -> Cell<'r>,
}

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Text,
    /// A JSON object as text.
    Json,
    Integer,
    Number,
    Flag,
    Moment,
    Texts,
}

/// One value; what is absent is nothing, not empty.
pub(super) enum Cell<'r> {
    Text(Option<Cow<'r, str>>),
    Integer(Option<i32>),
    Number(Option<f64>),
    Flag(bool),
    Moment(Timestamp),
    Texts(&'r [String]),
}

/// All columns, in their order.
pub(super) const COLUMNS: [Column; 25] = [
    Column::new("id", Kind::Text, |row| {
        Cell::Text(Some(row.id.to_string().into()))
    }),
    Column::new("survey", Kind::Text, |row| text(&row.survey)),
    Column::new("metric", Kind::Text, |row| text(row.metric.name())),
    Column::new("site", Kind::Text, |row| text(&row.site)),
    Column::new("outcome", Kind::Text, |row| text(outcome(row.outcome))),
    Column::new("score", Kind::Integer, |row| {
        Cell::Integer(row.score.map(i32::from))
    }),
    Column::new("band", Kind::Text, |row| Cell::Text(row.band.map(band))),
    Column::new("comment", Kind::Text, |row| {
        optional(row.comment.as_deref())
    }),
    Column::new("choice", Kind::Text, |row| optional(row.choice.as_deref())),
    Column::new("choices", Kind::Texts, |row| Cell::Texts(&row.choices)),
    Column::new("contact", Kind::Flag, |row| Cell::Flag(row.contact)),
    Column::new("page", Kind::Text, |row| text(&row.page)),
    Column::new("device", Kind::Text, |row| text(&row.device)),
    Column::new("language", Kind::Text, |row| text(&row.language)),
    Column::new("trigger", Kind::Text, |row| text(&row.trigger)),
    Column::new("signal", Kind::Text, |row| text(&row.signal)),
    Column::new("channel", Kind::Text, |row| text(&row.channel)),
    Column::new("visit", Kind::Integer, |row| {
        Cell::Integer(row.visit.and_then(|visit| visit.try_into().ok()))
    }),
    Column::new("visitors", Kind::Text, |row| {
        Cell::Text(row.visitors.map(visitors))
    }),
    Column::new("attributes", Kind::Json, |row| Cell::Text(attributes(row))),
    Column::new("at", Kind::Moment, |row| Cell::Moment(row.at)),
    Column::new("received_at", Kind::Moment, |row| {
        Cell::Moment(row.received_at)
    }),
    Column::new("seconds_to_answer", Kind::Number, |row| {
        Cell::Number(row.seconds_to_answer)
    }),
    Column::new("complete", Kind::Flag, |row| Cell::Flag(row.complete)),
    Column::new("automated", Kind::Flag, |row| Cell::Flag(row.automated)),
];

impl Column {
    const fn new(
        name: &'static str,
        kind: Kind,
        cell: for<'r> fn(&'r Response) -> Cell<'r>,
    ) -> Self {
        Self { name, kind, cell }
    }
}

fn text(text: &str) -> Cell<'_> {
    optional((!text.is_empty()).then_some(text))
}

fn optional(text: Option<&str>) -> Cell<'_> {
    Cell::Text(text.map(Cow::Borrowed))
}

const fn outcome(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Answered => "answered",
        Outcome::Dismissed => "dismissed",
        Outcome::Ignored => "ignored",
    }
}

const fn band(band: Band) -> Cow<'static, str> {
    Cow::Borrowed(match band {
        Band::Low => "low",
        Band::Middle => "middle",
        Band::High => "high",
    })
}

const fn visitors(visitors: Visitors) -> Cow<'static, str> {
    Cow::Borrowed(match visitors {
        Visitors::New => "new",
        Visitors::Returning => "returning",
    })
}

fn attributes(row: &Response) -> Option<Cow<'_, str>> {
    let json = serde_json::to_string(&row.attributes).ok()?;
    (!row.attributes.is_empty()).then_some(json.into())
}
