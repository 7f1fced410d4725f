//! The line as stored. Fields not named here survive on disk and are nothing to a report.

use serde::Deserialize;
use serde_json::value::RawValue;
use survey::metric::Metric;

use super::Text;

#[derive(Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Type {
    Impression,
    Response,
    Dismissal,
    Event,
    Erase,
}

#[derive(Deserialize)]
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
    pub(super) session: Option<Session>,
    #[serde(borrow)]
    pub(super) attributes: Option<&'a RawValue>,
    #[serde(default)]
    pub(super) automated: bool,
    #[serde(borrow)]
    pub(super) received_at: Option<Text<'a>>,
}

#[derive(Default, Deserialize)]
pub(super) struct Answers<'a> {
    #[serde(borrow)]
    pub(super) comment: Option<Text<'a>>,
    #[serde(borrow)]
    pub(super) choice: Option<Text<'a>>,
    #[serde(borrow)]
    pub(super) choices: Option<&'a RawValue>,
}

#[derive(Deserialize)]
pub(super) struct Page<'a> {
    #[serde(borrow)]
    pub(super) path: Text<'a>,
}

#[derive(Deserialize)]
pub(super) struct Session {
    pub(super) visit: Option<u32>,
}
