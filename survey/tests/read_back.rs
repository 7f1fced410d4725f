//! Whatever is believed reads back equal: what a visitor sent is in the line, field by field.
#![cfg(feature = "native")]

use proptest::prelude::*;
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;
use std::sync::LazyLock;
use survey::accept;
use survey::definition::Survey;
use survey::mask::mask;

const RECEIVED_AT: &str = "2026-11-21T10:00:00.000Z";

/// A survey of each metric; together they ask everything that can be asked after the score.
const SURVEYS: [(&str, &str, &str); 3] = [
    (
        "satisfaction",
        "csat",
        "[[follow_up]]\nkind = \"text\"\n[[follow_up]]\nkind = \"choices\"\nwording = \"abandon\"\n",
    ),
    (
        "effort",
        "ces",
        "[[follow_up]]\nkind = \"choice\"\nwording = \"abandon\"\n[[follow_up]]\nkind = \"text\"\n\
         [[follow_up]]\nkind = \"contact\"\n",
    ),
    ("recommend", "nps", "[[follow_up]]\nkind = \"text\"\n"),
];

const ADDRESS: &str = "ada@shop.example";

/// One that is faulty is left out, and what is said to it refused.
fn surveys() -> Vec<Survey> {
    let read = |(id, metric, more): &(&str, &str, &str)| {
        survey::file::parse(id, &format!("metric = \"{metric}\"\n{more}")).ok()
    };
    SURVEYS.iter().filter_map(read).collect()
}

/// The line of a submission, or why it is not believed.
fn line(submission: Value) -> Result<Value, String> {
    static KNOWN: LazyLock<Vec<Survey>> = LazyLock::new(surveys);
    let find = |id: &str| KNOWN.iter().find(|survey| survey.id == id);
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

/// A submission of any type, and of a response the answers to one of the surveys.
fn submissions() -> impl Strategy<Value = Map<String, Value>> {
    let what = (0..4_usize, 0..SURVEYS.len(), id(), 1..u32::MAX);
    let said = (0..=10_u8, any::<bool>(), words(500), 0..4_u8);
    let circumstances = (
        0.0..=1.0,
        "/[a-z/]{0,40}",
        "[a-z]{2}",
        0..1_000_u32,
        0..3_usize,
    );
    let values = || proptest::collection::btree_map("[a-z_]{1,20}", attribute(), 0..8);
    let more = (values(), values(), anything(), any::<bool>());
    (what, said, circumstances, more).prop_map(|(what, said, circumstances, more)| {
        let (kind, survey, id, seq) = what;
        let (draw, path, language, pages, device) = circumstances;
        let (attributes, props, unknown, automated) = more;
        let device = ["mobile", "tablet", "desktop"][device];
        let mut sent = json!({
            "id": id, "seq": seq, "draw": draw, "at": RECEIVED_AT, "channel": "web", "page": {"path": path},
            "device": device, "language": language,
            "session": {"pages": pages, "seconds": 7}, "attributes": attributes,
            "automated": automated, "a_later_version_says": unknown,
        });
        if said.1 {
            sent["visitor"] = json!("ada");
            sent["session"]["visit"] = json!(pages + 1);
            sent["trigger"] = json!("exit_intent");
            sent["signal"] = json!("scroll_up");
        } else {
            sent["session"]["id"] = json!("qwertz");
        }
        sent["type"] = json!(["impression", "response", "dismissal", "event"][kind]);
        match kind {
            1 => answer(&mut sent, survey, &said),
            3 => {
                sent["name"] = json!("purchase");
                sent["props"] = json!(props);
            }
            _ => sent["survey"] = json!(SURVEYS[survey].0),
        }
        sent.as_object().cloned().unwrap_or_default()
    })
}

/// A response: the score lies on the survey's scale, 0 and the ends included, or is left out.
fn answer(sent: &mut Value, survey: usize, said: &(u8, bool, String, u8)) {
    let (number, complete, comment, which) = said;
    let score = match SURVEYS[survey].1 {
        "csat" => 1 + number % 5,
        "ces" => 1 + number % 7,
        _ => *number,
    };
    sent["survey"] = json!(SURVEYS[survey].0);
    sent["complete"] = json!(complete);
    sent["answers"] = json!({"comment": comment});
    if *which > 0 {
        sent["score"] = json!(score);
    }
    match (SURVEYS[survey].1, which) {
        ("csat", 2) => sent["answers"]["choices"] = json!(["price", "other"]),
        ("ces", 2) => sent["answers"]["choice"] = json!("shipping"),
        ("ces", 3) => sent["answers"]["contact"] = json!(ADDRESS),
        _ => {}
    }
}

proptest! {
    #[test]
    fn what_is_believed_is_in_the_line_as_it_was_sent(sent in submissions()) {
        let line = line(Value::from(sent.clone())).unwrap();
        let mut expected = sent.clone();
        let answers = expected.get_mut("answers").and_then(Value::as_object_mut);
        if answers.is_some_and(|answers| answers.remove("contact").is_some()) {
            // The address is kept apart; the line says that there is one.
            expected.insert("contact".to_owned(), json!(true));
        }
        for (name, value) in &expected {
            // None is said by leaving it out.
            let is_empty = value.as_object().is_some_and(Map::is_empty);
            prop_assert!(line[name] == *value || is_empty, "{name}: {value} became {}", line[name]);
        }
        prop_assert!(!line.to_string().contains(ADDRESS));
        prop_assert_eq!(&line["site"], "demo");
        let asked = SURVEYS.iter().find(|(id, ..)| line["survey"] == *id);
        prop_assert_eq!(line["metric"].as_str(), asked.map(|(_, metric, _)| *metric));
        // Nothing is in the line that neither was sent nor belongs there.
        let ours = ["site", "received_at", "metric", "wording"];
        for name in line.as_object().unwrap().keys() {
            prop_assert!(expected.contains_key(name) || ours.contains(&&name[..]), "{name} is new");
        }
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
    let files = |target: &str| -> BTreeMap<String, Vec<u8>> {
        let folder = fs::read_dir(format!("{corpus}/{target}")).unwrap();
        let file = |path: PathBuf| {
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            (name, fs::read(path).unwrap())
        };
        folder.map(|entry| file(entry.unwrap().path())).collect()
    };
    let is_believed = |body: &Vec<u8>| {
        let submission = serde_json::from_slice(body);
        submission.is_ok_and(|submission| line(submission).is_ok())
    };
    let believed = files("event");
    let believed = believed.iter().filter(|(_, body)| is_believed(body));
    let believed: Vec<&str> = believed.map(|(name, _)| name.as_str()).collect();
    // `contact` answers what no survey here asks, and all others are no events.
    let expected = ["choices", "custom", "dismissal", "impression", "response"];
    assert_eq!(believed, expected);
    for text in files("survey_file").into_values() {
        if let Err(faults) = survey::file::parse("id", &String::from_utf8_lossy(&text)) {
            assert!(!faults.is_empty());
        }
    }
}
