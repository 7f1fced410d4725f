//! Odd values, as stored: CPython, Node, jq and DuckDB read the same in the segment file as serde_json
//! does.

#![allow(clippy::expect_used, clippy::unwrap_used, clippy::panic, missing_docs)]

use e2e::Shop;
use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use std::process::Command;

/// DuckDB's Python, installed by `cargo xtask setup --tests`.
const PYTHON: &str = concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/../target/tools/duckdb/bin/python"
);

/// Text that some readers lose, cut or change.
const TEXTS: [&str; 14] = [
    "",
    "\u{0}begins and ends with nothing\u{0}",
    "\u{1}\u{2}\u{7}\u{8}\t\n\u{b}\u{c}\r\u{1b}\u{1f}\u{7f}\u{80}\u{9f}",
    "one\u{2028}two\u{2029}three\u{85}four",
    "\u{feff}a mark of order\u{feff}",
    "\u{fffe}\u{ffff}\u{fffd}",
    "😀👩‍👩‍👧‍👦🇫🇷",
    "e\u{301} é ﬁ ﷺ",
    "\u{202e}txt.exe\u{202c}\u{2066}x\u{2069}",
    r#"\u0041 \ud800 \n " \" \\ / </script>"#,
    "{\"type\":\"response\"}",
    "null",
    "NaN",
    "'; DROP TABLE answers; --",
];

/// Numbers as somebody may write them.
const NUMBERS: [&str; 18] = [
    "0",
    "-0",
    "-0.0",
    "0.1",
    "1e2",
    "1E+2",
    "1.0000000000000002",
    "9007199254740993",
    "9223372036854775807",
    "9223372036854775808",
    "9223372036854775809",
    "-9223372036854775808",
    "18446744073709551615",
    "18446744073709551616",
    "123456789012345678901234567890",
    "1.7976931348623157e308",
    "5e-324",
    "1e-400",
];

/// A response in which each odd value stands where Hark knows it and where it does not.
fn event(number: usize, text: &str, digits: &str) -> String {
    let mut event = json!({
        "type": "response", "id": format!("019aa5f0-4500-7000-8000-{number:012x}"), "seq": 1,
        "survey": "recommend", "score": 9, "answers": {"comment": text}, "complete": true,
        "at": "2026-11-21T10:00:00.000Z", "page": {"path": "/"}, "device": "desktop",
        "language": "en", "attributes": {"text": text}, "odd": {"text": [text]},
    })
    .to_string();
    let known = format!("\"attributes\":{{\"number\":{digits},");
    event = event.replace("\"attributes\":{", &known);
    format!("{},\"number\":{digits}}}", event.strip_suffix('}').unwrap())
}

/// Whether both are the same to somebody whose numbers are doubles.
fn are_same(one: &Value, other: &Value) -> bool {
    match (one, other) {
        (Value::Number(one), Value::Number(other)) => one.as_f64() == other.as_f64(),
        (Value::Array(one), Value::Array(other)) => {
            one.len() == other.len()
                && one
                    .iter()
                    .zip(other)
                    .all(|(one, other)| are_same(one, other))
        }
        (Value::Object(one), Value::Object(other)) => {
            let is_there =
                |(name, value)| other.get(name).is_some_and(|found| are_same(value, found));
            one.len() == other.len() && one.iter().all(is_there)
        }
        _ => one == other,
    }
}

/// What a program prints of the lines of a segment: one array.
fn read_by(program: &str, arguments: &[&str], segment: &Path) -> Value {
    let output = Command::new(program).args(arguments).arg(segment).output();
    let output = output.expect("a program that `cargo xtask setup --tests` installs");
    let talk = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "{program}: {talk}");
    serde_json::from_slice(&output.stdout).unwrap()
}

const CPYTHON: &str = "import json, sys
with open(sys.argv[1], encoding='utf-8', newline='\\n') as lines:
    print(json.dumps([json.loads(line) for line in lines]))";

const NODE: &str =
    "const lines = require('fs').readFileSync(process.argv[1], 'utf8').trimEnd().split('\\n');
console.log(JSON.stringify(lines.map((line) => JSON.parse(line))))";

const DUCKDB: &str = "import duckdb, json, sys
kinds = \"{answers: 'STRUCT(comment VARCHAR)', attributes: 'STRUCT(text VARCHAR, number DOUBLE)', number: 'DOUBLE'}\"
rows = duckdb.sql(f\"SELECT answers.comment, attributes.text, attributes.number, number FROM read_json('{sys.argv[1]}', format = 'newline_delimited', columns = {kinds})\")
print(json.dumps(rows.fetchall()))";

#[tokio::test]
async fn what_is_stored_is_the_same_to_every_reader() {
    let shop = Shop::open(&[("recommend", "metric = \"nps\"\nstatus = \"live\"\n")]).await;
    let texts = TEXTS.iter().map(|text| (*text, "1"));
    let numbers = NUMBERS.iter().map(|digits| ("x", *digits));
    let events: Vec<String> = (0..)
        .zip(texts.chain(numbers))
        .map(|(number, (text, digits))| event(number, text, digits))
        .collect();
    let answer = reqwest::Client::new()
        .post(format!("{}/v1/sites/shop/events", shop.collector))
        .header("content-type", "application/json")
        .body(format!("[{}]", events.join(",")))
        .send()
        .await
        .unwrap();
    let verdict: Value = answer.json().await.unwrap();
    assert_eq!(verdict["accepted"], events.len(), "{verdict}");

    let stored = shop.journal().lines();
    for (sent, line) in events.iter().zip(&stored) {
        let sent: Value = serde_json::from_str(sent).unwrap();
        for name in ["answers", "attributes", "odd", "number"] {
            // A comment without a character is none.
            let is_none = name == "answers" && sent["answers"]["comment"] == "";
            let is_kept = are_same(&sent[name], &line[name]) || is_none;
            assert!(is_kept, "{name}: {} became {}", sent[name], line[name]);
        }
    }

    let segments: Vec<PathBuf> = shop.journal().segments();
    let [segment] = &segments[..] else {
        panic!("one segment: {segments:?}")
    };
    let stored = Value::from(stored);
    let readers: [(&str, &[&str]); 3] = [
        (PYTHON, &["-c", CPYTHON]),
        ("node", &["--eval", NODE]),
        ("jq", &["--slurp", "--compact-output", "."]),
    ];
    for (program, arguments) in readers {
        let read = read_by(program, arguments, segment);
        for (line, ours) in read
            .as_array()
            .unwrap()
            .iter()
            .zip(stored.as_array().unwrap())
        {
            assert!(
                are_same(line, ours),
                "{program} reads {line} and not {ours}"
            );
        }
        assert!(are_same(&read, &stored), "{program} reads more or less");
    }
    let columns = |line: &Value| {
        let attributes = &line["attributes"];
        json!([
            line["answers"]["comment"],
            attributes["text"],
            attributes["number"],
            line["number"]
        ])
    };
    let expected: Value = stored.as_array().unwrap().iter().map(columns).collect();
    let read = read_by(PYTHON, &["-c", DUCKDB], segment);
    for (row, ours) in read
        .as_array()
        .unwrap()
        .iter()
        .zip(expected.as_array().unwrap())
    {
        assert!(are_same(row, ours), "DuckDB reads {row} and not {ours}");
    }
    assert!(are_same(&read, &expected), "DuckDB reads more or less");
}
