//! A case's whole life with the real program: over HTTP, by command, across restarts, to its end.

mod life;
mod shell;

use crate::shop::{Folder, response};
use jiff::{Timestamp, ToSpan, tz::TimeZone};
use serde_json::{Value, json};
use std::fs;
use std::path::PathBuf;
use std::thread;
use std::time::{Duration, Instant};

const PATIENCE: Duration = Duration::from_secs(60);

fn wait_until(what: &str, mut is_so: impl FnMut() -> bool) {
    let begin = Instant::now();
    while !is_so() {
        assert!(begin.elapsed() < PATIENCE, "{what} does not come");
        thread::yield_now();
    }
}

fn id(number: u32) -> String {
    format!("019aa5f0-4500-7000-8000-{number:012x}")
}

/// Hard work, with a comment and an address.
fn complaint(number: u32) -> Value {
    let mut complaint = response(number);
    complaint["survey"] = json!("reach");
    complaint["score"] = json!(2);
    complaint["visitor"] = json!(format!("visitor-{number}"));
    complaint["answers"] = json!({
        "comment": "the card was refused twice", "contact": format!("shopper{number}@mail.example"),
    });
    complaint
}

fn shop() -> Folder {
    let folder = Folder::new();
    let survey = "metric = \"ces\"\nstatus = \"live\"\n[[follow_up]]\nkind = \"text\"\n[[follow_up]]\n\
                  kind = \"contact\"\n";
    folder.write("surveys/reach.toml", survey);
    folder
}

/// Ten cases of five days ago, answered after 1, 2, … 10 hours and settled an hour later each, and one
/// that nobody has answered: a segment of its own, as if the collector had written it then.
fn past(folder: &Folder) -> PathBuf {
    let then = Timestamp::now() - (5 * 24).hours();
    let day = then.to_zoned(TimeZone::UTC).date();
    let at = |hours: i64| format!("{:.3}", then + hours.hours());
    let mut text = String::new();
    for number in 101..=111 {
        let line = json!({
            "type": "response", "id": id(number), "seq": 1, "survey": "reach", "metric": "ces", "score": 1,
            "answers": {"comment": "slow"}, "complete": true, "automated": false, "site": "demo",
            "received_at": at(0),
        });
        text += &format!("{line}\n");
    }
    for hours in 1..=10 {
        for (hours, status) in [(hours, "answered"), (hours + 1, "resolved")] {
            let number = 100
                + if status == "answered" {
                    hours
                } else {
                    hours - 1
                };
            let line = json!({
                "type": "case", "id": id(number as u32), "site": "demo", "survey": "reach", "status": status,
                "received_at": at(hours),
            });
            text += &format!("{line}\n");
        }
    }
    folder.write(&format!("data/events/date={day}/000001.jsonl"), text);
    folder.path(&format!("data/events/date={day}"))
}

/// What `hark cases` prints with these arguments.
fn cases(folder: &Folder, arguments: &[&str]) -> String {
    let (code, out, talk) = folder.runs(&[&["cases"], arguments].concat());
    assert_eq!(code, Some(0), "{arguments:?}: {talk}");
    out
}

fn refused(folder: &Folder, arguments: &[&str]) -> (Option<i32>, String) {
    let (code, out, talk) = folder.runs(&[&["cases"], arguments].concat());
    assert_eq!(out, "", "{arguments:?}");
    (code, talk)
}

fn listed(folder: &Folder, arguments: &[&str]) -> Value {
    let arguments = [arguments, &["--format", "json"]].concat();
    serde_json::from_str(&cases(folder, &arguments)).expect("JSON")
}

fn one(folder: &Folder, number: u32) -> Value {
    let text = cases(folder, &["show", &id(number), "--json"]);
    serde_json::from_str(&text).expect("JSON")
}

/// All text under `data`, compressed or not.
fn everything(folder: &Folder) -> String {
    let mut text = String::new();
    let mut folders = vec![folder.path("data")];
    while let Some(path) = folders.pop() {
        for entry in fs::read_dir(path).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|ending| ending == "zst") {
                let packed = fs::read(&path).expect("a segment");
                let bytes = zstd::decode_all(&packed[..]).expect("a whole frame");
                text += &String::from_utf8_lossy(&bytes);
            } else {
                text += &String::from_utf8_lossy(&fs::read(&path).expect("a file"));
            }
        }
    }
    text
}

/// So long ago it was, in hours, that somebody was answered.
fn hours(figures: &Value, figure: &str) -> Option<f64> {
    Some(figures[figure]["seconds"].as_f64()? / 3_600.0)
}
