//! What goes over the wire and onto the disk, as JSON Schema (draft 2020-12).
//!
//! Stored lines are described by the very types that write them. What may be sent has types of its own
//! ([`sent`]), since acceptance takes a submission apart by hand; `tests/schema.rs` holds both together.

pub mod sent;
mod written;

use crate::accept::line::{ContactLine, Line};
use crate::case::CaseLine;
use schemars::generate::SchemaSettings;
use schemars::transform::RecursiveTransform;
use schemars::{JsonSchema, Schema};
use serde_json::{Value, json};

/// Of a line in `data/events`.
#[must_use]
pub fn event_line() -> Schema {
    let mut schema = stored::<Line<'_>>();
    // Written by who counts, at the end of a line that is otherwise whole.
    let counted = json!({
        "completed": {"type": "integer", "minimum": 1, "description":
            "Of the line that completes a response: how many of its survey are completed with it."},
        "quota": {"type": "integer", "minimum": 1, "description": "How many were wanted then."},
        "over_quota": {"type": "boolean", "description":
            "`true` on a response completed when there were enough already."},
    });
    if let (Some(Value::Object(properties)), Value::Object(counted)) =
        (schema.get_mut("properties"), counted)
    {
        properties.extend(counted);
    }
    schema
}

/// Of a line in `data/contacts`.
#[must_use]
pub fn contact_line() -> Schema {
    stored::<ContactLine<'_>>()
}

/// Of a line in `data/events` that says what somebody did about a case.
#[must_use]
pub fn case_line() -> Schema {
    stored::<CaseLine>()
}

/// Of one event as it is sent.
#[must_use]
pub fn submission() -> Schema {
    let settings = SchemaSettings::draft2020_12();
    settings
        .into_generator()
        .into_root_schema_for::<sent::Submission>()
}

fn stored<T: JsonSchema>() -> Schema {
    let mut settings = SchemaSettings::draft2020_12().for_serialize();
    settings
        .transforms
        .push(Box::new(RecursiveTransform(without_null)));
    settings.into_generator().into_root_schema_for::<T>()
}

/// What is not there is left out of a line, and never written as `null`.
fn without_null(schema: &mut Schema) {
    if let Some(Value::Array(types)) = schema.get_mut("type") {
        types.retain(|kind| kind != "null");
        if let [kind] = &types[..] {
            let kind = kind.clone();
            schema.insert("type".to_owned(), kind);
        }
    }
    if let Some(Value::Array(forms)) = schema.get_mut("anyOf") {
        forms.retain(|form| form["type"] != "null");
        if let [Value::Object(form)] = &forms[..] {
            let form = form.clone();
            schema.remove("anyOf");
            schema.ensure_object().extend(form);
        }
    }
}
