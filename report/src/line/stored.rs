//! The line as stored. Fields not named here survive on disk and are nothing to a report.

use serde::{Deserialize, Deserializer};
use serde_json::value::RawValue;
use survey::metric::Metric;

use super::Text;

#[derive(Debug, PartialEq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Type {
    Impression,
    Response,
    Dismissal,
    Event,
    Erase,
    Case,
}

#[derive(Debug, PartialEq, Deserialize)]
pub(super) struct Stored<'a> {
    pub(super) r#type: Type,
    #[serde(borrow)]
    pub(super) id: Option<Text<'a>>,
    pub(super) seq: Option<u32>,
    #[serde(borrow)]
    pub(super) survey: Option<Text<'a>>,
    #[serde(borrow)]
    pub(super) site: Option<Text<'a>>,
    pub(super) metric: Option<Metric>,
    pub(super) score: Option<u8>,
    #[serde(borrow)]
    pub(super) answers: Option<Answers<'a>>,
    #[serde(default)]
    pub(super) complete: bool,
    #[serde(default)]
    pub(super) contact: bool,
    #[serde(borrow)]
    pub(super) trigger: Option<Text<'a>>,
    #[serde(borrow)]
    pub(super) signal: Option<Text<'a>>,
    #[serde(borrow)]
    pub(super) at: Option<Text<'a>>,
    #[serde(borrow)]
    pub(super) channel: Option<Text<'a>>,
    #[serde(borrow)]
    pub(super) page: Option<Page<'a>>,
    #[serde(borrow)]
    pub(super) device: Option<Text<'a>>,
    #[serde(borrow)]
    pub(super) language: Option<Text<'a>>,
    #[serde(borrow)]
    pub(super) visitor: Option<Text<'a>>,
    #[serde(borrow)]
    pub(super) session: Option<Session<'a>>,
    #[serde(borrow, default, deserialize_with = "raw")]
    pub(super) attributes: Option<&'a str>,
    #[serde(borrow)]
    pub(super) name: Option<Text<'a>>,
    #[serde(borrow, default, deserialize_with = "raw")]
    pub(super) props: Option<&'a str>,
    #[serde(default)]
    pub(super) automated: bool,
    #[serde(default)]
    pub(super) over_quota: bool,
    #[serde(borrow)]
    pub(super) received_at: Option<Text<'a>>,
}

#[derive(Debug, Default, PartialEq, Deserialize)]
pub(super) struct Answers<'a> {
    #[serde(borrow)]
    pub(super) comment: Option<Text<'a>>,
    #[serde(borrow)]
    pub(super) choice: Option<Text<'a>>,
    #[serde(borrow, default, deserialize_with = "raw")]
    pub(super) choices: Option<&'a str>,
}

#[derive(Debug, PartialEq, Deserialize)]
pub(super) struct Page<'a> {
    #[serde(borrow)]
    pub(super) path: Text<'a>,
}

#[derive(Debug, Default, PartialEq, Deserialize)]
pub(super) struct Session<'a> {
    pub(super) pages: Option<u32>,
    pub(super) visit: Option<u32>,
    #[serde(borrow)]
    pub(super) id: Option<Text<'a>>,
}

impl Stored<'_> {
    /// A line of this type that says nothing else.
    pub(super) const fn of(r#type: Type) -> Self {
        Self {
            r#type,
            id: None,
            seq: None,
            survey: None,
            site: None,
            metric: None,
            score: None,
            answers: None,
            complete: false,
            contact: false,
            trigger: None,
            signal: None,
            at: None,
            channel: None,
            page: None,
            device: None,
            language: None,
            visitor: None,
            session: None,
            attributes: None,
            name: None,
            props: None,
            automated: false,
            over_quota: false,
            received_at: None,
        }
    }
}

/// A value as it is written, once serde_json has found it to be one.
fn raw<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<&'de str>, D::Error> {
    let raw = Option::<&RawValue>::deserialize(deserializer)?;
    Ok(raw.map(RawValue::get))
}
