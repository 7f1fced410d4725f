//! Schemas of types that are serialised by hand.

use crate::accept::{LONGEST_VALUE, MOST_VALUES};
use crate::condition::{Value, Values};
use crate::trigger::Trigger;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use std::borrow::Cow;

impl JsonSchema for Values {
    fn schema_name() -> Cow<'static, str> {
        "Values".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "description": "Texts, numbers and flags by name",
            "type": "object",
            "maxProperties": MOST_VALUES,
            "propertyNames": {"maxLength": LONGEST_VALUE},
            "additionalProperties": generator.subschema_for::<Value>(),
        })
    }
}

impl JsonSchema for Value {
    fn schema_name() -> Cow<'static, str> {
        "Value".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({"type": ["boolean", "number", "string"], "maxLength": LONGEST_VALUE})
    }
}

impl JsonSchema for Trigger {
    fn schema_name() -> Cow<'static, str> {
        "Trigger".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "description": "A moment in a page's life, with what it takes to be one; what is usual is left out",
            "type": "object",
            "required": ["on"],
            "properties": {
                "on": {"type": "string", "description": "Which moment"},
                "delay": {"type": "number", "minimum": 0, "description": "Seconds to wait after it"},
                "all": {
                    "type": "array",
                    "description": "Others that must hold as well",
                    "items": generator.subschema_for::<Self>(),
                },
            },
        })
    }
}
