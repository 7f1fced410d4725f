//! Fields that nobody knows: every text in them is masked, however deep, and every name.

use super::{mask_value, replacing};
use serde_json::{Map, Value};

pub(in crate::accept) fn mask_fields(fields: Map<String, Value>) -> Map<String, Value> {
    let masked = |(name, value): (String, Value)| {
        let value = mask_json(&name, value);
        (replacing(name, |name| mask_value("", name)), value)
    };
    fields.into_iter().map(masked).collect()
}

/// As deep as a submission can be: serde_json reads no more than 128 levels.
fn mask_json(name: &str, value: Value) -> Value {
    match value {
        Value::String(text) => Value::String(replacing(text, |text| mask_value(name, text))),
        Value::Array(list) => list
            .into_iter()
            .map(|value| mask_json(name, value))
            .collect(),
        Value::Object(fields) => Value::Object(mask_fields(fields)),
        value => value,
    }
}
