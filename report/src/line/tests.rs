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

/// Hands what is read of a line to `look`.
fn read<T>(line: &Value, look: impl FnOnce(&Line<'_>) -> T) -> Result<Option<T>, LineError> {
    let text = line.to_string();
    parse(text.as_bytes(), |entry| match entry {
        Entry::Line(line) => Some(look(line)),
        Entry::Erase(_) | Entry::Case(_) | Entry::Other => None,
    })
}

fn refusal(line: &Value) -> String {
    read(line, |_| ()).unwrap_err().to_string()
}

fn score_and_complete(line: &Value) -> Option<(Option<u8>, bool)> {
    let look = |line: &Line<'_>| match &line.act {
        Act::Answered(answered) => Some((answered.score, answered.complete)),
        Act::Saw | Act::Dismissed | Act::Told => None,
    };
    read(line, look).ok()??
}

/// What a line with this score, believed or not, says on the scale from 0 to 10.
pub(crate) fn score_of(score: &Value) -> Option<u8> {
    let mut line = with("score", score.clone());
    line["metric"] = json!("nps");
    score_and_complete(&line)?.0
}

#[test]
fn a_stored_response_is_read_whole() {
    let mut stored = stored();
    stored["visitor"] = json!("v\"1");
    stored["session"]["visit"] = json!(3);
    stored["answers"] =
        json!({"comment": "Délivré\nvite", "choice": "price", "choices": ["a", "b"]});
    stored["contact"] = json!(true);
    let is_whole = |line: &Line<'_>| {
        let Act::Answered(answered) = &line.act else {
            panic!("not answered");
        };
        assert_eq!((answered.score, answered.complete), (Some(6), true));
        assert!(answered.contact);
        assert_eq!(answered.comment, Some("Délivré\nvite"));
        assert_eq!(answered.choice, Some("price"));
        assert_eq!(answered.choices, Some(r#"["a","b"]"#));
        assert_eq!(
            (line.id.to_string().as_str(), line.seq),
            ("019aa5f0-4500-7000-8000-000000000001", 2)
        );
        let survey = About::Survey {
            id: "checkout-effort",
            metric: Metric::Ces,
        };
        assert_eq!((line.about, line.site), (survey, "demo"));
        assert_eq!((line.pages, line.automated), (4, false));
        assert_eq!(line.received - line.at, 123_000);
        let of = &line.circumstances;
        assert_eq!(
            [
                of.page,
                of.device,
                of.language,
                of.trigger,
                of.signal,
                of.channel
            ],
            ["/checkout", "mobile", "fr", "exit_intent", "pointer", "web"]
        );
        assert_eq!((line.visitor, line.visit), (Some("v\"1"), Some(3)));
        assert_eq!(line.attributes, Some(r#"{"cart_value":99.5}"#));
    };
    assert!(read(&stored, is_whole).unwrap().is_some());
}

#[test]
fn the_type_says_what_the_visitor_did() {
    let act = |name: &str| {
        let look = |line: &Line<'_>| match &line.act {
            Act::Saw => "saw",
            Act::Dismissed => "dismissed",
            Act::Answered(_) => "answered",
            Act::Told => "told",
        };
        read(&with("type", json!(name)), look).unwrap()
    };
    assert_eq!(act("impression"), Some("saw"));
    assert_eq!(act("dismissal"), Some("dismissed"));
    assert_eq!(act("response"), Some("answered"));
    assert_eq!(act("event"), None);
}

#[test]
fn a_purchase_brings_its_properties_and_its_page_load() {
    let mut event = with("type", json!("event"));
    event["name"] = json!("purchase");
    event["props"] = json!({"value": 49.9});
    event["session"] = json!({"pages": 2, "seconds": 9, "id": "a1"});
    let look = |line: &Line<'_>| {
        assert_eq!(line.about, About::Event(Told::Purchase));
        assert_eq!(line.attributes, Some(r#"{"value":49.9}"#));
        assert_eq!(
            (line.session, line.visit, line.pages),
            (Some("a1"), None, 2)
        );
    };
    assert!(read(&event, look).unwrap().is_some());
    event["name"] = json!("refund");
    assert!(read(&event, |_| ()).unwrap().is_none());
}

#[test]
fn an_event_of_the_shop_needs_no_survey() {
    let event = br#"{"type":"event","name":"add_to_cart","site":"demo"}"#;
    let is_other = |entry: Entry<'_>| matches!(entry, Entry::Other);
    assert!(parse(event, is_other).unwrap());
}

#[test]
fn an_erasure_names_a_response_or_a_visitor() {
    let id = "019aa5f0-4500-7000-8000-000000000001";
    let erased = |line: Value| {
        parse(line.to_string().as_bytes(), |entry| {
            let Entry::Erase(erase) = entry else {
                panic!("{line}");
            };
            let whom = match erase.of {
                Erased::Response(id) => id.to_string(),
                Erased::Visitor(name) => name.to_owned(),
            };
            (whom, erase.site.map(str::to_owned))
        })
    };
    let response = json!({"type": "erase", "id": id, "site": "demo"});
    let at_demo = Some("demo".to_owned());
    assert_eq!(erased(response).unwrap(), (id.to_owned(), at_demo));
    let visitor = json!({"type": "erase", "visitor": "v"});
    assert_eq!(erased(visitor).unwrap(), ("v".to_owned(), None));
}

#[test]
fn zero_is_a_score_and_a_skipped_question_is_none() {
    assert_eq!(score_of(&json!(0)), Some(0));
    assert_eq!(score_of(&Value::Null), None);
    let mut skipped = stored();
    skipped.as_object_mut().unwrap().remove("score");
    assert_eq!(score_and_complete(&skipped), Some((None, true)));
}

#[test]
fn a_line_that_says_nothing_is_refused_by_name() {
    let rows = [
        (with("type", json!("ease")), "unknown variant `ease`"),
        (json!({"type": "erase"}), "has no `id` or `visitor`"),
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
        (with("at", json!("noon")), "`at` is not a time"),
        (with("page", json!("/")), "invalid type: string"),
    ];
    for (line, expected) in rows {
        let refusal = refusal(&line);
        assert!(
            refusal.contains(expected),
            "{refusal} instead of {expected}"
        );
    }
}

#[test]
fn what_is_quoted_from_a_line_is_short_and_harmless() {
    let refusal = refusal(&with("type", json!("\u{1b}[2J".repeat(99))));
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
        let refusal = parse(bytes, |_| ()).unwrap_err().to_string();
        assert!(
            refusal.contains(expected),
            "{refusal} instead of {expected}"
        );
    }
}
