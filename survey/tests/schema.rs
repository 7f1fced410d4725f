//! The published schemas: current, and true of what is believed and of what is written.
#![cfg(feature = "schema")]
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)]

use jsonschema::Validator;
use proptest::prelude::*;
use proptest::test_runner::RngSeed;
use schemars::Schema;
use serde_json::{Map, Value, json};
use std::path::Path;
use std::sync::LazyLock;
use survey::accept::{self, Event, Refusal};
use survey::case::{CaseLine, Deed, Status};
use survey::definition::Survey;
use survey::schema;

const RECEIVED_AT: &str = "2026-11-21T10:00:00.000Z";

fn survey() -> Survey {
    let file = "metric = \"nps\"\n[[follow_up]]\nkind = \"choices\"\nquestion = \"Why?\"\noptions = [\n\
                { key = \"a\", text = \"A\" }, { key = \"b\", text = \"B\" }]\n\
                [[follow_up]]\nkind = \"contact\"\n";
    survey::file::parse("recommend", file).expect("a good file")
}

fn believe(submission: Value) -> Result<Event, Refusal> {
    static SURVEY: LazyLock<Survey> = LazyLock::new(survey);
    let find = |id: &str| (id == "recommend").then_some(&*SURVEY);
    accept::accept(submission.into(), &find)
}

fn validator(schema: &Schema) -> Validator {
    let options = jsonschema::options().should_validate_formats(true);
    options.build(schema.as_value()).expect("a schema")
}

fn docs() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs")
}

/// `HARK_GOLDEN=1` renews what is kept.
#[test]
fn the_published_schemas_are_current() {
    let schemas = [
        ("event-line", schema::event_line()),
        ("contact-line", schema::contact_line()),
        ("case-line", schema::case_line()),
        ("submission", schema::submission()),
    ];
    for (name, schema) in schemas {
        let path = docs().join(format!("schema/{name}.json"));
        let current = serde_json::to_string_pretty(&schema).unwrap() + "\n";
        if std::env::var_os("HARK_GOLDEN").is_some() {
            std::fs::write(&path, &current).expect("written");
        }
        let kept = std::fs::read_to_string(&path).unwrap_or_default();
        // As values: the order of fields depends on what else is built.
        let kept: Option<Value> = serde_json::from_str(&kept).ok();
        let is_current = kept.as_ref() == Some(schema.as_value());
        assert!(is_current, "`{}` is not current", path.display());
    }
}

#[test]
fn every_kept_line_is_as_the_schema_says() {
    let schema = validator(&schema::event_line());
    let written = [
        include_str!("../src/accept/tests/response.jsonl"),
        include_str!("../../collector/tests/hark/golden/response.json"),
        include_str!("../../report/tests/journal/events/date=2026-11-21/000001.jsonl"),
        include_str!("../../report/tests/journal/events/date=2026-11-22/000002.jsonl"),
    ];
    // The time of receipt is left open in one of them; others hold what is no line, to be passed over.
    let lines =
        written.map(|lines| lines.replace("\"RECEIVED_AT\"", &format!("\"{RECEIVED_AT}\"")));
    let lines = lines.iter().flat_map(|lines| lines.lines());
    let lines: Vec<Value> = lines
        .filter_map(|line| serde_json::from_str(line).ok())
        .collect();
    assert!(lines.len() > 40, "{}", lines.len());
    for line in lines {
        assert!(
            schema.is_valid(&line),
            "{:?}: {line}",
            schema.validate(&line)
        );
    }
}

#[test]
fn the_guide_tells_of_every_field() {
    let guide = std::fs::read_to_string(docs().join("data.md")).expect("the guide");
    let (events, rest) = guide
        .split_once("## What was done about a response")
        .expect("both kinds of lines");
    let (cases, _) = rest
        .split_once("## Recipes")
        .expect("the recipes after them");
    for (schema, told) in [(schema::event_line(), events), (schema::case_line(), cases)] {
        let fields = schema.as_value()["properties"].as_object().expect("fields");
        for field in fields.keys() {
            let is_told =
                told.contains(&format!("`{field}`")) || told.contains(&format!("`{field}."));
            assert!(is_told, "docs/data.md does not tell of `{field}`");
        }
    }
}

#[test]
fn every_line_about_a_case_is_as_the_schema_says_and_no_other() {
    let schema = validator(&schema::case_line());
    let id = "019aa5f0-4500-7fff-bfff-ffffffffffff"
        .parse()
        .expect("an id");
    let deeds = [
        Deed {
            status: Some(Status::NoAction),
            ..Deed::default()
        },
        Deed {
            owner: Some(String::new()),
            ..Deed::default()
        },
        Deed {
            owner: Some("é".repeat(100)),
            note: Some("é".repeat(2_000)),
            ..Deed::default()
        },
        Deed {
            note: Some("rang\r\nlate".to_owned()),
            by: Some("anna".to_owned()),
            ..Deed::default()
        },
    ];
    for deed in deeds {
        let deed = deed.checked().expect("a deed");
        let line = CaseLine::new(id, "shop", "effort", deed, RECEIVED_AT.to_owned());
        let line: Value = serde_json::from_str(&line.text()).expect("JSON");
        assert!(
            schema.is_valid(&line),
            "{:?}: {line}",
            schema.validate(&line)
        );
        for (field, other) in [
            ("type", json!("response")),
            ("status", json!("lost")),
            ("note", json!("")),
            ("owner", json!("x".repeat(101))),
            ("id", Value::Null),
            ("received_at", json!("yesterday")),
        ] {
            let mut wrong = line.clone();
            wrong[field] = other;
            assert!(!schema.is_valid(&wrong), "{wrong}");
        }
    }
}

fn submissions() -> impl Strategy<Value = Value> {
    let kind = prop_oneof![
        Just("impression"),
        Just("response"),
        Just("dismissal"),
        Just("event")
    ];
    (kind, any::<[bool; 8]>(), 0..=10_u8).prop_map(|(kind, has, score)| {
        let mut sent = json!({
            "type": kind, "id": "019aa5f0-4500-7fff-bfff-ffffffffffff", "seq": 1, "at": RECEIVED_AT,
            "page": {"path": "/a"}, "device": "mobile", "language": "fr",
        });
        let own = match kind {
            "event" => json!({"name": "order_placed", "props": {"value": 2.5}}),
            "response" => json!({"survey": "recommend", "score": score, "complete": has[0],
                "answers": {"comment": "slow", "choice": "a", "choices": ["b"], "contact": "a@b.example"}}),
            _ => json!({"survey": "recommend"}),
        };
        let more = [
            json!({"trigger": "exit_intent", "signal": "pointer"}),
            json!({"draw": 0.25}),
            json!({"channel": "web"}),
            json!({"visitor": "v1"}),
            json!({"session": {"pages": 4, "seconds": 181, "visit": 2}}),
            json!({"attributes": {"cart": 99.5, "member": true, "plan": "gold"}}),
            json!({"automated": false, "unknown": [1]}),
        ];
        let more = more.iter().zip(&has[1..]).filter_map(|(more, has)| has.then_some(more));
        for fields in std::iter::once(&own).chain(more) {
            let fields = fields.as_object().unwrap().clone();
            sent.as_object_mut().unwrap().extend(fields);
        }
        sent
    })
}

/// Every place in an event, however deep.
fn places(value: &Value, at: &str, places: &mut Vec<String>) {
    if let Value::Object(fields) = value {
        for (name, value) in fields {
            let place = format!("{at}/{name}");
            self::places(value, &place, places);
            places.push(place);
        }
    }
}

/// What else may stand at a place; `None` for nothing at all.
fn stand_ins() -> impl Strategy<Value = Option<Value>> {
    let text = |length: usize| json!("x".repeat(length));
    let fixed = vec![
        None,
        Some(Value::Null),
        Some(json!(true)),
        Some(json!(0)),
        Some(json!(3)),
        Some(json!(-1)),
        Some(json!(11)),
        Some(json!(0.5)),
        Some(json!(5_000_000_000_u64)),
        Some(json!("")),
        Some(json!("recommend")),
        Some(json!("desktop")),
        Some(json!("bell \u{7}")),
        Some(text(64)),
        Some(text(65)),
        Some(text(200)),
        Some(text(254)),
        Some(text(255)),
        Some(text(2_001)),
        Some(json!([])),
        Some(json!(["a", "b"])),
        Some(json!(["a", "a"])),
        Some(json!([""])),
        Some(json!({})),
        Some(json!({"more": 1})),
        Some(json!({"more": [1]})),
        Some(
            (0..33)
                .map(|at| (format!("k{at}"), json!(1)))
                .collect::<Map<_, _>>()
                .into(),
        ),
    ];
    proptest::sample::select(fixed)
}

/// What no schema can know: which surveys there are, and what they offer.
fn is_beyond_a_schema(refusal: &Refusal) -> bool {
    let options = "made of options that the survey offers";
    match refusal {
        Refusal::UnknownSurvey(_) | Refusal::NothingSaid => true,
        Refusal::Wrong { wanted, .. } => wanted == options,
        _ => false,
    }
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 2_000,
        rng_seed: RngSeed::Fixed(7),
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn what_the_schema_allows_is_believed_and_nothing_else(
        sent in submissions(),
        place in any::<prop::sample::Index>(),
        stand_in in stand_ins(),
    ) {
        static SENT: LazyLock<Validator> = LazyLock::new(|| validator(&schema::submission()));
        static STORED: LazyLock<Validator> = LazyLock::new(|| validator(&schema::event_line()));
        static CONTACT: LazyLock<Validator> = LazyLock::new(|| validator(&schema::contact_line()));
        let mut sent = sent;
        let mut all = Vec::new();
        places(&sent, "", &mut all);
        let place = place.get(&all);
        let (parent, name) = place.rsplit_once('/').unwrap();
        let parent = sent.pointer_mut(parent).unwrap().as_object_mut().unwrap();
        match stand_in {
            Some(value) => parent.insert(name.to_owned(), value),
            None => parent.remove(name),
        };
        let allowed = SENT.is_valid(&sent);
        match believe(sent.clone()) {
            Ok(event) => {
                prop_assert!(allowed, "believed, but {:?}: {sent}", SENT.validate(&sent));
                let line = event.line("demo", RECEIVED_AT);
                let line = serde_json::from_str(&line).unwrap();
                prop_assert!(STORED.is_valid(&line), "{:?}: {line}", STORED.validate(&line));
                if let Some(line) = event.contact_line("demo", RECEIVED_AT) {
                    let line = serde_json::from_str(&line).unwrap();
                    prop_assert!(CONTACT.is_valid(&line), "{:?}: {line}", CONTACT.validate(&line));
                }
            }
            Err(refusal) => {
                prop_assert!(!allowed || is_beyond_a_schema(&refusal), "allowed, but {refusal}: {sent}");
            }
        }
    }
}
