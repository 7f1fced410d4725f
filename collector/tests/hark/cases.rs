//! A case's whole life with the real program: over HTTP, by command, across restarts, to its end.

mod life;
mod shell;

use crate::shop::{Folder, response};
use crate::wait::until;
use jiff::{Timestamp, ToSpan, tz::TimeZone};
use serde_json::{Value, json};
use std::path::PathBuf;

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

/// So long ago it was, in hours, that somebody was answered.
fn hours(figures: &Value, figure: &str) -> Option<f64> {
    Some(figures[figure]["seconds"].as_f64()? / 3_600.0)
}
