//! Answers as the document describes them.

use super::reading;
use crate::http::events;
use crate::http::reason::Reason;
use crate::http::refusal::{KIND, Problem};
use schemars::SchemaGenerator;
use serde_json::{Value, json};
use survey::offer;

/// An answer that is no refusal.
pub(super) enum Answer {
    /// A text of this media type.
    Text(&'static str),
    /// A file of this media type, kept by browsers.
    File(&'static str),
    /// For who has it already.
    NotModified,
    /// The live surveys.
    Offer,
    /// What became of events.
    Verdict,
    /// To a browser that asks before it sends.
    MayAsk,
    /// Another address.
    Elsewhere,
    /// A report.
    Figures,
    /// Responses, one a line.
    Rows,
}

impl Answer {
    pub(super) const fn status(&self) -> u16 {
        match self {
            Self::Text(_)
            | Self::File(_)
            | Self::Offer
            | Self::Verdict
            | Self::Figures
            | Self::Rows => 200,
            Self::MayAsk => 204,
            Self::NotModified => 304,
            Self::Elsewhere => 307,
        }
    }

    pub(super) fn describe(&self, generator: &mut SchemaGenerator) -> Value {
        match self {
            Self::Text(media_type) => json!({
                "description": "Yes",
                "content": {*media_type: {"schema": {"type": "string"}}},
            }),
            Self::File(media_type) => json!({
                "description": "The file, as br, zstd or gzip where the client likes that",
                "headers": kept(),
                "content": {*media_type: {}},
            }),
            Self::NotModified => json!({
                "description": "The same as the client has, by `If-None-Match`",
                "headers": kept(),
            }),
            Self::Offer => json!({
                "description": "The surveys, the most important first",
                "headers": kept(),
                "content": {"application/json": {"schema": generator.subschema_for::<offer::Offer>()}},
            }),
            Self::Verdict => json!({
                "description": "Every event counted under `accepted` or `duplicates` is on disk",
                "content": {
                    "application/json": {"schema": generator.subschema_for::<events::Verdict>()},
                },
            }),
            Self::Figures => json!({
                "description": "The report; what each field means is in docs/report.md",
                "content": {
                    "application/json": {"schema": reading::report()},
                    "text/csv": {"schema": {"type": "string"}},
                },
            }),
            Self::Rows => json!({
                "description": "A response each; what each field means is in docs/export.md. What breaks off \
                                in the middle is not whole: the connection is reset",
                "content": {
                    "application/x-ndjson": {"schema": {"type": "string"}},
                    "text/csv": {"schema": {"type": "string"}},
                },
            }),
            Self::MayAsk => json!({"description": "It may, if it is the site's"}),
            Self::Elsewhere => json!({
                "description": "There",
                "headers": {"Location": header(&json!({"type": "string"}))},
            }),
        }
    }
}

/// A refusal for any of these reasons, which have one status.
pub(super) fn refusal(reasons: &[Reason], generator: &mut SchemaGenerator) -> Value {
    let names: Vec<String> = reasons
        .iter()
        .map(|reason| format!("`{}`", reason.name()))
        .collect();
    let kinds: Vec<String> = reasons
        .iter()
        .map(|reason| format!("{KIND}{}", reason.name()))
        .collect();
    let status = reasons.first().map(|reason| reason.status().as_u16());
    let mut refusal = json!({
        "description": names.join(", "),
        "content": {"application/problem+json": {"schema": {
            "allOf": [generator.subschema_for::<Problem>()],
            "properties": {"type": {"enum": kinds}, "status": {"const": status}},
        }}},
    });
    if status == Some(401) {
        refusal["headers"] = json!({"WWW-Authenticate": header(&json!({"type": "string"}))});
    }
    if let Some(429 | 503) = status {
        refusal["headers"] =
            json!({"Retry-After": header(&json!({"type": "integer", "minimum": 1}))});
    }
    refusal
}

fn kept() -> Value {
    json!({
        "ETag": header(&json!({"type": "string"})),
        "Cache-Control": header(&json!({"type": "string"})),
    })
}

fn header(schema: &Value) -> Value {
    json!({"required": true, "schema": schema})
}
