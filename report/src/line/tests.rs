//! What is believed of a line, and what is not.

use serde_json::{Value, json};

use super::*;

/// A line as the collector writes it, with every field.
pub(crate) fn stored() -> Value {
    json!({
        "type": "response", "id": "019aa5f0-4500-7000-8000-000000000001", "seq": 2,
        "survey": "checkout-effort", "metric": "ces", "wording": "purchase", "score": 6,
        "answers": {"comment": "Délivré vite"}, "complete": true, "trigger": "exit_intent",
        "signal": "pointer", "at": "2026-11-21T10:00:00.000Z", "channel": "web",
        "page": {"path": "/checkout"}, "device": "mobile", "language": "fr", "visitor": "v",
        "session": {"pages": 4, "seconds": 181}, "attributes": {"cart_value": 99.5},
        "automated": false, "site": "demo", "received_at": "2026-11-21T10:00:00.123Z",
    })
}

fn with(field: &str, value: Value) -> Value {
    let mut line = stored();
    line[field] = value;
    line
}

fn read(line: &Value) -> Result<Option<Line>, LineError> {
    parse(line.to_string().as_bytes())
}

/// What a line with this score, believed or not, says on the scale from 0 to 10.
pub(crate) fn score_of(score: &Value) -> Option<u8> {
    let mut line = with("score", score.clone());
    line["metric"] = json!("nps");
    match read(&line).ok()??.act {
        Act::Answered { score, .. } => score,
        Act::Saw | Act::Dismissed => None,
    }
}

#[test]
fn a_stored_response_is_read_whole() {
    let line = read(&stored()).unwrap().unwrap();
    assert_eq!(
        line.act,
        Act::Answered {
            score: Some(6),
            complete: true
        }
    );
    assert_eq!(
        (line.id.to_string().as_str(), line.seq),
        ("019aa5f0-4500-7000-8000-000000000001", 2)
    );
    assert_eq!(
        (line.survey.as_str(), line.site.as_str()),
        ("checkout-effort", "demo")
    );
    assert_eq!((line.metric, line.automated), (Metric::Ces, false));
    assert_eq!(line.received_at.to_string(), "2026-11-21T10:00:00.123Z");
}

#[test]
fn the_type_says_what_the_visitor_did() {
    let act = |name: &str| {
        read(&with("type", json!(name)))
            .unwrap()
            .map(|line| line.act)
    };
    assert_eq!(act("impression"), Some(Act::Saw));
    assert_eq!(act("dismissal"), Some(Act::Dismissed));
    assert_eq!(act("event"), None);
}

#[test]
fn an_event_of_the_shop_needs_no_survey() {
    let event = br#"{"type":"event","name":"add_to_cart","site":"demo"}"#;
    assert!(parse(event).unwrap().is_none());
}

#[test]
fn zero_is_a_score_and_a_skipped_question_is_none() {
    assert_eq!(score_of(&json!(0)), Some(0));
    assert_eq!(score_of(&Value::Null), None);
    let mut skipped = stored();
    skipped.as_object_mut().unwrap().remove("score");
    let act = read(&skipped).unwrap().unwrap().act;
    assert_eq!(
        act,
        Act::Answered {
            score: None,
            complete: true
        }
    );
}

#[test]
fn a_line_that_says_nothing_is_refused_by_name() {
    let rows = [
        (with("type", json!("erase")), "unknown variant `erase`"),
        (with("id", json!("42")), "`id` is not a UUID of version 7"),
        (with("id", Value::Null), "has no `id`"),
        (with("seq", json!(-1)), "invalid value: integer `-1`"),
        (with("survey", Value::Null), "has no `survey`"),
        (with("site", Value::Null), "has no `site`"),
        (with("metric", Value::Null), "has no `metric`"),
        (with("metric", json!("sus")), "unknown variant `sus`"),
        (
            with("score", json!(8)),
            "`score` is 8, but ces goes from 1 to 7",
        ),
        (
            with("score", json!(6.5)),
            "invalid type: floating point `6.5`",
        ),
        (with("score", json!("6")), "invalid type: string \"6\""),
        (
            with("received_at", json!("yesterday")),
            "`received_at` is not a time",
        ),
    ];
    for (line, expected) in rows {
        let refusal = read(&line).unwrap_err().to_string();
        assert!(
            refusal.contains(expected),
            "{refusal} instead of {expected}"
        );
    }
}

#[test]
fn what_is_quoted_from_a_line_is_short_and_harmless() {
    let refusal = read(&with("type", json!("\u{1b}[2J".repeat(99))))
        .unwrap_err()
        .to_string();
    assert!(!refusal.contains('\u{1b}'), "{refusal:?}");
    assert!(
        refusal.contains("unknown variant `[2J[2J") && refusal.ends_with('…'),
        "{refusal:?}"
    );
    assert!(refusal.chars().count() < 80, "{refusal:?}");
}

#[test]
fn bytes_that_are_no_line_are_refused() {
    let depth = format!(r#"{{"type":"event","deep":{}"#, "[".repeat(100_000));
    let rows: [(&[u8], &str); 6] = [
        (
            b"{\"type\":\"respon",
            "column 15: EOF while parsing a string",
        ),
        (b"[]", "column 2"),
        (b"null", "column 4"),
        (b"\0\0\0\0", "column 1: expected value"),
        (
            b"{\"type\":\"event\",\"name\":\"\xff\"}",
            "not UTF-8 after byte 24",
        ),
        (depth.as_bytes(), "column "),
    ];
    for (bytes, expected) in rows {
        let refusal = parse(bytes).unwrap_err().to_string();
        assert!(
            refusal.contains(expected),
            "{refusal} instead of {expected}"
        );
    }
}
