//! Whatever is believed reads back equal: what a visitor sent is in the line, field by field.
#![cfg(feature = "native")]

use proptest::prelude::*;
use serde_json::{Map, Value, json};
use std::fs;
use survey::accept;
use survey::definition::Survey;
use survey::mask::mask;

const RECEIVED_AT: &str = "2026-11-21T10:00:00.000Z";

fn survey() -> Option<Survey> {
    let file = "metric = \"nps\"\n[[follow_up]]\nkind = \"text\"\n";
    survey::file::parse("recommend", file).ok()
}

/// The line of a submission, or why it is not believed.
fn line(submission: Value) -> Result<Value, String> {
    let survey = survey();
    let find = |id: &str| survey.as_ref().filter(|survey| survey.id == id);
    let event = accept::accept(submission.into(), &find).map_err(|refusal| refusal.to_string())?;
    let line = event.line("demo", RECEIVED_AT);
    assert!(!line.contains(['\n', '\r']), "two lines: {line}");
    let stored = serde_json::from_str(&line);
    assert!(stored.is_ok(), "not JSON: {line}");
    Ok(stored.unwrap_or_default())
}

/// Text as people write it, in any script, but nothing that is masked: no digits, no `@`, no `(at)`.
fn words(longest: usize) -> impl Strategy<Value = String> {
    proptest::collection::vec(any::<char>(), 1..=longest).prop_map(|characters| {
        let harmless = |character: &char| !character.is_numeric() && !"@%([{".contains(*character);
        let text: String = characters.into_iter().filter(harmless).collect();
        format!("a{text}")
    })
}

/// Words with personal data among them.
fn typed() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        words(8),
        Just("ada@shop.example".to_owned()),
        Just("4111 1111 1111 1111".to_owned()),
        Just("DE89370400440532013000".to_owned()),
        Just("06 12 34 56 78".to_owned()),
        Just("order 4711".to_owned()),
    ];
    proptest::collection::vec(piece, 1..5).prop_map(|pieces| pieces.join(" "))
}

fn id() -> impl Strategy<Value = String> {
    (any::<u64>(), any::<u64>()).prop_map(|(high, low)| {
        let high = (high & !0xF000) | 0x7000;
        let low = (low & !(0b11 << 62)) | (0b10 << 62);
        let digits = format!("{high:016x}{low:016x}");
        let parts = [
            &digits[..8],
            &digits[8..12],
            &digits[12..16],
            &digits[16..20],
            &digits[20..],
        ];
        parts.join("-")
    })
}

fn attribute() -> impl Strategy<Value = Value> {
    prop_oneof![
        any::<bool>().prop_map(Value::from),
        (-1e15..1e15).prop_map(Value::from),
        words(100).prop_map(Value::from),
    ]
}

/// Anything JSON can say, for fields that Hark does not know.
fn anything() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        words(20).prop_map(Value::from),
    ];
    leaf.prop_recursive(2, 8, 4, |inner| {
        proptest::collection::vec(inner, 0..4).prop_map(Value::from)
    })
}

fn responses() -> impl Strategy<Value = Map<String, Value>> {
    let said = (id(), 1..u32::MAX, 0..=10_u8, any::<bool>(), words(500));
    let circumstances = (0.0..=1.0, "/[a-z/]{0,40}", "[a-z]{2}", 0..1_000_u32);
    let more = (
        proptest::collection::btree_map("[a-z_]{1,20}", attribute(), 0..8),
        anything(),
        any::<bool>(),
    );
    (said, circumstances, more).prop_map(|(said, circumstances, more)| {
        let (id, seq, score, complete, comment) = said;
        let (draw, path, language, pages) = circumstances;
        let (attributes, unknown, automated) = more;
        let response = json!({
            "type": "response", "id": id, "seq": seq, "survey": "recommend", "score": score,
            "complete": complete, "answers": {"comment": comment}, "draw": draw,
            "at": RECEIVED_AT, "channel": "web", "page": {"path": path}, "device": "tablet",
            "language": language, "session": {"pages": pages, "seconds": 7},
            "attributes": attributes, "automated": automated, "a_later_version_says": unknown,
        });
        response.as_object().cloned().unwrap_or_default()
    })
}

proptest! {
    #[test]
    fn what_is_believed_is_in_the_line_as_it_was_sent(sent in responses()) {
        let line = line(Value::from(sent.clone())).unwrap();
        for (name, value) in &sent {
            // None is said by leaving it out.
            let is_empty = value.as_object().is_some_and(Map::is_empty);
            prop_assert!(line[name] == *value || is_empty, "{name}: {value} became {}", line[name]);
        }
        prop_assert_eq!(&line["site"], "demo");
        prop_assert_eq!(&line["metric"], "nps");
    }

    #[test]
    fn what_is_typed_is_in_the_line_masked(typed in typed()) {
        let said = format!("I said {typed}");
        let sent = json!({
            "type": "response", "id": "019aa5f0-4500-7000-8000-000000000001", "seq": 1,
            "survey": "recommend", "complete": true, "answers": {"comment": typed},
            "at": RECEIVED_AT, "page": {"path": "/"}, "device": "mobile", "language": "en",
            "attributes": {"said": said}, "later": {"said": [said]},
        });
        let line = line(sent).unwrap();
        let comment = line["answers"]["comment"].as_str().unwrap_or_default();
        prop_assert_eq!(comment, &mask(&typed));
        let said = mask(&said).into_owned();
        prop_assert_eq!(&line["attributes"]["said"], &said);
        prop_assert_eq!(&line["later"]["said"], &json!([said]));
        for private in ["ada@", "4111", "DE89", "12 34 56"] {
            prop_assert!(!line.to_string().contains(private), "{private} is in {line}");
        }
    }

    #[test]
    fn any_json_is_believed_or_refused_with_a_reason(value in anything()) {
        if let Err(reason) = line(value) {
            prop_assert!(!reason.is_empty());
        }
    }
}

#[test]
fn what_was_hostile_once_is_read_or_refused_and_nothing_else() {
    let corpus = concat!(env!("CARGO_MANIFEST_DIR"), "/../fuzz/corpus");
    let files = |target: &str| -> Vec<Vec<u8>> {
        let folder = fs::read_dir(format!("{corpus}/{target}")).unwrap();
        folder
            .map(|file| fs::read(file.unwrap().path()).unwrap())
            .collect()
    };
    let mut believed = 0;
    for body in files("event") {
        if let Ok(submission) = serde_json::from_slice(&body) {
            believed += usize::from(line(submission).is_ok());
        }
    }
    assert!(believed <= files("event").len());
    for text in files("survey_file") {
        if let Err(faults) = survey::file::parse("id", &String::from_utf8_lossy(&text)) {
            assert!(!faults.is_empty());
        }
    }
}
