//! The reading API in the document: its parameters, held to those that are read, and the report's shape.

use crate::cli::{Alert, Compare, Method};
use crate::http::{report, responses};
use clap::ValueEnum;
use serde_json::{Value, json};

pub(super) fn of_report() -> Vec<Value> {
    let mut all: Vec<Value> = report::PARAMETERS
        .iter()
        .map(|name| parameter(name))
        .collect();
    all.push(format(&["json", "csv"]));
    all
}

pub(super) fn of_responses() -> Vec<Value> {
    let names = responses::PARAMETERS.iter();
    let mut all: Vec<Value> = names.map(|name| parameter(name)).collect();
    all.push(format(&["jsonl", "csv"]));
    all
}

fn parameter(name: &str) -> Value {
    let text = || json!({"type": "string"});
    let (schema, description) = match name {
        "survey" => (text(), "Only this survey"),
        "since" => (
            text(),
            "Only what was received from then on: `30d`, `12h`, a day in UTC, or a moment",
        ),
        "until" => (text(), "Only what was received until then"),
        "by" => (
            text(),
            "Split each survey: `day`, `week`, `month`, `page`, `device`, `language`, `trigger`, `signal`, \
             `channel`, `visitors`, or an attribute",
        ),
        "compare" => (
            one_of::<Compare>(),
            "Compare with the period of the same length before, or with nothing",
        ),
        "alert" => (
            one_of::<Alert>(),
            "Which chart of daily values says that a figure has fallen lately",
        ),
        "method" => (one_of::<Method>(), "How the interval of an NPS is made"),
        "live" => (
            flag(),
            "Intervals that stay true however often one looks: for figures that are watched",
        ),
        "all" => (flag(), "Figures even where there are fewer than 10 answers"),
        "include_automated" => (flag(), "Count what browsers driven by programs sent"),
        "no_comments" => (flag(), "Leave out what people wrote: faster"),
        "impressions" => (flag(), "Also impressions without an answer"),
        _ => (Value::Null, ""),
    };
    json!({"name": name, "in": "query", "schema": schema, "description": description})
}

fn flag() -> Value {
    json!({"type": "boolean", "default": false})
}

fn format(words: &[&str]) -> Value {
    let schema = json!({"enum": words, "default": words[0]});
    json!({"name": "format", "in": "query", "schema": schema, "description": "How to answer"})
}

fn one_of<C: ValueEnum>() -> Value {
    let values = C::value_variants().iter();
    let values = values.filter_map(ValueEnum::to_possible_value);
    let words: Vec<String> = values.map(|value| value.get_name().to_owned()).collect();
    json!({"enum": words, "default": words[0]})
}

/// What a program may rely on; there is more, and more may come.
pub(super) fn report() -> Value {
    let number = json!({"type": ["number", "null"]});
    let count = json!({"type": "integer", "minimum": 0});
    let figure = json!({
        "type": "object",
        "required": ["name", "value", "low", "high", "n"],
        "properties": {
            "name": {"type": "string"}, "value": number, "low": number, "high": number, "n": count,
        },
    });
    let survey = json!({
        "type": "object",
        "required": ["survey", "metric", "site", "impressions", "responses", "dismissals",
                     "response_rate", "n", "figures", "distribution"],
        "properties": {
            "survey": {"type": "string"},
            "metric": {"enum": ["csat", "ces", "nps"]},
            "site": {"type": "string"},
            "impressions": count, "responses": count, "dismissals": count, "n": count,
            "response_rate": {"type": ["object", "null"]},
            "figures": {"type": "array", "items": figure},
            "distribution": {"type": "object", "additionalProperties": count},
            "segments": {"type": "array"},
        },
    });
    json!({
        "type": "object",
        "required": ["surveys", "lines"],
        "properties": {
            "headline": {"type": ["object", "null"]},
            "surveys": {"type": "array", "items": survey},
            "lines": {
                "type": "object",
                "required": ["read", "unreadable", "duplicate", "automated"],
                "additionalProperties": true,
            },
        },
    })
}
