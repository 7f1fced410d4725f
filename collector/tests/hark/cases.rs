//! A case's whole life with the real program: over HTTP, by command, across restarts, to its end.

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

#[test]
fn a_case_lives_from_a_bad_answer_to_its_end() {
    let folder = shop();
    let day = past(&folder);
    let shop = folder.opens(&[]);
    wait_until("compression", || {
        day.join("000001.jsonl.zst").exists() && !day.join("000001.jsonl").exists()
    });
    assert_eq!(shop.hears(&complaint(1)).json()["accepted"], 1);

    let found = listed(&shop.folder, &[]);
    assert_eq!(found["total"], 2, "{found}");
    assert_eq!(found["cases"][0]["id"], id(111), "overdue ones come first");
    assert_eq!(found["cases"][0]["overdue"], true);
    assert_eq!(found["cases"][1]["id"], id(1));
    let figures = &found["figures"];
    assert_eq!(figures["open"], 2);
    assert_eq!(figures["overdue"], 1);
    assert_eq!(figures["with_contact"], 1);
    // Of 1, 2, … 10 hours; of 2, 3, … 11.
    assert_eq!(hours(figures, "first_response"), Some(5.5));
    assert_eq!(hours(figures, "resolution"), Some(6.5));
    // Ten of eleven: the one of just now has time yet.
    assert_eq!(figures["in_time"]["n"], 11);
    assert_eq!(figures["in_time"]["count"], 10);

    let opened = one(&shop.folder, 1);
    assert_eq!(opened["status"], "open");
    assert_eq!(
        opened["reach"],
        json!({"state": "kept", "address": "shopper1@mail.example"})
    );
    assert_eq!(opened["comment"], "the card was refused twice");
    let said = cases(&shop.folder, &["assign", &id(1), "anna", "--by", "ben"]);
    assert_eq!(said, format!("{} open, anna\n", id(1)));
    let note = ["--note", "wrote to shopper1@mail.example"];
    let (code, said, talk) = shop
        .folder
        .runs(&[&["cases", "answer", &id(1)], &note[..]].concat());
    assert_eq!(
        (code, said),
        (Some(0), format!("{} answered, anna\n", id(1)))
    );
    assert!(
        talk.contains("personal data in the note is masked"),
        "{talk}"
    );
    assert_eq!(one(&shop.folder, 1)["status"], "answered");

    let figures = listed(&shop.folder, &[])["figures"].clone();
    // Of 0, 1, … 10 hours.
    assert_eq!(hours(&figures, "first_response"), Some(5.0));
    assert_eq!(
        figures["in_time"],
        listed(&shop.folder, &["--status", "all"])["figures"]["in_time"]
    );
    assert_eq!(
        (&figures["in_time"]["count"], &figures["in_time"]["n"]),
        (&json!(11), &json!(12))
    );

    // By another start and on a stopped collector it goes on.
    let (status, talk, folder) = shop.closes();
    assert!(status.success(), "{talk:?}");
    let said = cases(&folder, &["resolve", &id(1), "--note", "a new card"]);
    assert_eq!(said, format!("{} resolved, anna\n", id(1)));
    let shop = folder.opens(&[]);
    let resolved = one(&shop.folder, 1);
    assert_eq!(
        (&resolved["status"], &resolved["owner"]),
        (&json!("resolved"), &json!("anna"))
    );
    assert_eq!(listed(&shop.folder, &[])["total"], 1);
    cases(&shop.folder, &["reopen", &id(1)]);

    let reopened = one(&shop.folder, 1);
    assert_eq!(
        (&reopened["status"], &reopened["overdue"]),
        (&json!("open"), &json!(false))
    );
    let history = reopened["history"].as_array().expect("a history");
    let told: Vec<_> = history
        .iter()
        .map(|done| (&done["status"], &done["note"]))
        .collect();
    assert_eq!(
        told,
        [
            (&Value::Null, &Value::Null),
            (&json!("answered"), &json!("wrote to [email]")),
            (&json!("resolved"), &json!("a new card")),
            (&json!("open"), &Value::Null),
        ]
    );
    assert_eq!(
        (&history[0]["owner"], &history[0]["by"]),
        (&json!("anna"), &json!("ben"))
    );
    let figures = listed(&shop.folder, &[])["figures"].clone();
    // Reopening changes neither time: of 0, 2, 3, … 11 hours.
    assert_eq!(hours(&figures, "first_response"), Some(5.0));
    assert_eq!(hours(&figures, "resolution"), Some(6.0));
    assert_eq!(
        (&figures["open"], &figures["overdue"]),
        (&json!(2), &json!(1))
    );

    // Forgotten with its answer, everywhere.
    let (code, said, talk) = shop.folder.runs(&["erase", "--visitor", "visitor-1"]);
    assert_eq!(code, Some(0), "{talk}");
    assert_eq!(
        said, "lines removed: 6\n",
        "an answer, a contact, four deeds"
    );
    let text = everything(&shop.folder);
    assert!(!text.contains(&id(1)) && !text.contains("anna"), "{text}");
    assert_eq!(listed(&shop.folder, &["--status", "all"])["total"], 11);
    let (code, talk) = refused(&shop.folder, &["show", &id(1)]);
    assert_eq!(code, Some(1));
    assert!(
        talk.contains("no case has an id that begins with"),
        "{talk}"
    );
}

#[test]
fn what_was_done_is_written_once_however_often_it_is_asked_for() {
    let shop = shop().opens(&[]);
    assert_eq!(shop.hears(&complaint(1)).status, 200);
    cases(&shop.folder, &["close", &id(1)]);
    let (code, said, talk) = shop.folder.runs(&["cases", "close", &id(1)]);
    assert_eq!((code, said), (Some(0), format!("{} no action\n", id(1))));
    assert!(
        talk.contains("nothing is written down: it is so already"),
        "{talk}"
    );
    cases(&shop.folder, &["close", &id(1), "--note", "a test order"]);
    let folder = shop.dies();
    let lines = folder.lines();
    let deeds: Vec<_> = lines
        .iter()
        .filter(|line| line.starts_with("{\"type\":\"case\""))
        .collect();
    assert_eq!(deeds.len(), 2, "{lines:?}");

    // A crash between doing and answering: the request is there still, and is done again.
    let again = json!({"case": serde_json::from_str::<Value>(deeds[1]).expect("a line")});
    folder.write("data/requests/1-1.request.json", again.to_string());
    let shop = folder.opens(&[]);
    wait_until("the request's end", || {
        !shop.folder.path("data/requests/1-1.request.json").exists()
    });
    let found = one(&shop.folder, 1);
    assert_eq!(
        found["history"].as_array().map(Vec::len),
        Some(2),
        "{found}"
    );
}

#[test]
fn who_reads_a_table_sees_whom_to_answer_first() {
    let folder = shop();
    past(&folder);
    let table = cases(&folder, &[]);
    for expected in [
        "\n  1 open, 1 of them overdue; 0 answered, 10 resolved, 0 no action\n",
        "\n  first answer: after 5.5 h, the median (1.0 h to 10 h, n = 10)\n",
        "\n  answered within 48 h: 91 % (62 to 98, n = 11)\n",
        "\ncase           due         status    owner       score  survey\n",
        " 3.0 d late  open                    1/7  reach\n    “slow”\n",
    ] {
        assert!(table.contains(expected), "{expected}{table}");
    }
    assert!(
        table.lines().all(|line| line.chars().count() <= 80),
        "{table}"
    );
    let csv = cases(&folder, &["--status", "resolved", "--format", "csv"]);
    assert_eq!(csv.lines().count(), 11, "{csv}");
    assert!(
        csv.starts_with("id,site,survey,metric,score,status,overdue,owner,"),
        "{csv}"
    );
    let few = cases(&folder, &["--status", "all", "--limit", "4"]);
    assert!(few.contains("\nand 7 more; --limit shows them\n"), "{few}");
    assert!(cases(&folder, &["--site", "other"]).contains("No cases"));
    assert!(cases(&folder, &["--status", "answered"]).contains("None of these cases"));
    // Reports go on as if nothing had been done.
    let (code, report, talk) = folder.runs(&["report", "--all"]);
    assert_eq!(code, Some(0), "{talk}");
    assert!(
        report.contains("lines read      31       0 unreadable"),
        "{report}"
    );
}

#[test]
fn what_cannot_be_meant_is_said() {
    let folder = shop();
    let (code, talk) = refused(&folder, &[]);
    assert_eq!(code, Some(1));
    assert!(talk.contains("there is no folder `data`"), "{talk}");
    let shop = folder.opens(&[]);
    for number in 1..=7 {
        assert_eq!(shop.hears(&complaint(number)).status, 200);
    }
    assert_eq!(shop.hears(&response(8)).status, 200);
    let long = "x".repeat(2_001);
    let rows: [(&[&str], i32, &str); 11] = [
        (
            &["show", "nonsense"],
            2,
            "`nonsense` is not the beginning of an id",
        ),
        (
            &["show", "ffff"],
            1,
            "no case has an id that begins with `ffff`",
        ),
        (&["show", &id(8)], 1, "is a response and no case"),
        (
            &["answer", "019aa5f0"],
            1,
            "`019aa5f0` is the beginning of 7 ids: `019aa5f0-4500-7000-8000-000000000001`",
        ),
        (
            &["note", &id(1), &long],
            2,
            "the note has 2001 characters, and 2000 are kept at most",
        ),
        (&["note", &id(1), " "], 2, "there is nothing to write down"),
        (
            &["assign", &id(1), "a\u{1b}[2J"],
            2,
            "the owner has the invisible character U+001B",
        ),
        (
            &["assign", &id(1)],
            2,
            "required arguments were not provided",
        ),
        (
            &["assing", &id(1), "anna"],
            2,
            "a similar subcommand exists: 'assign'",
        ),
        (
            &["--status", "late"],
            2,
            "possible values: unsettled, overdue, open",
        ),
        (&["--since", "tomorrow-ish"], 2, "is not a time"),
    ];
    for (arguments, code, sentence) in rows {
        let (found, talk) = refused(&shop.folder, arguments);
        assert!(talk.contains(sentence), "{arguments:?}: {talk}");
        assert_eq!(found, Some(code), "{arguments:?}: {talk}");
    }
    let lines = shop.folder.lines();
    assert!(
        !lines.iter().any(|line| line.contains("\"case\"")),
        "nothing of it is written: {lines:?}"
    );
}

#[test]
fn notes_come_from_standard_input_as_well() {
    let shop = shop().opens(&[]);
    assert_eq!(shop.hears(&complaint(1)).status, 200);
    shop.folder
        .write("note.txt", "rang twice\r\nnobody there\n");
    let input = fs::File::open(shop.folder.path("note.txt")).expect("a note");
    let mut hark = shop
        .folder
        .hark(&["cases", "note", &id(1), "-", "--by", "anna"]);
    let output = hark.stdin(input).output().expect("hark runs");
    assert!(output.status.success(), "{output:?}");
    let told = cases(&shop.folder, &["show", &id(1)]);
    assert!(
        told.contains(
            "note, by anna\n                     rang twice\n                     nobody there\n"
        ),
        "{told}"
    );
    assert!(
        told.contains("\n  contact    shopper1@mail.example\n"),
        "{told}"
    );
}
