//! `hark digest` and `hark export`: what was heard, for people in a hurry and for other programs.

use crate::shop::{Folder, Shop, response};
use serde_json::{Value, json};

fn shop_with_answers() -> Folder {
    let shop = Shop::new();
    let complaint = |number| {
        let mut response = response(number);
        response["score"] = json!(2);
        response["language"] = json!("en");
        response["answers"] = json!({"comment": "the pay button does nothing"});
        response
    };
    let responses: Vec<Value> = (0..14).map(complaint).collect();
    assert_eq!(shop.hears(&json!(responses)).json()["accepted"], 14);
    shop.dies()
}

#[test]
fn a_digest_is_text_unless_a_page_is_asked_for() {
    let folder = shop_with_answers();
    let (code, text, _) = folder.runs(&["digest"]);
    assert_eq!(code, Some(0));
    for phrase in [
        "WHAT MOVED",
        "checkout-effort",
        "payment: 14",
        "14 wait for an answer",
    ] {
        assert!(text.contains(phrase), "{phrase} is not in\n{text}");
    }
    let (code, text, talk) = folder.runs(&["digest", "--html", "digest.html"]);
    assert_eq!((code, &text[..]), (Some(0), ""));
    assert_eq!(talk, "the digest is in `digest.html`\n");
    let page = std::fs::read_to_string(folder.path("digest.html")).expect("a page");
    assert!(page.starts_with("<!doctype html>") && page.contains("payment"));
    let (_, both, _) = folder.runs(&["digest", "--text", "--html", "digest.html"]);
    assert!(both.contains("WHAT MOVED"));
}

#[test]
fn themes_of_the_shop_are_heard_and_wrong_ones_refused_with_their_place() {
    let folder = shop_with_answers();
    let theme =
        "[[theme]]\nid = \"button\"\nname = \"the button\"\nwords = { en = [\"button\"] }\n";
    folder.write("themes.toml", theme);
    let (_, text, _) = folder.runs(&["digest"]);
    assert!(text.contains("the button: 14"), "{text}");
    folder.write("themes.toml", "[[theme]]\nid = \"button\"\nword = 1\n");
    let (code, _, talk) = folder.runs(&["digest"]);
    assert_eq!(code, Some(1));
    for phrase in [
        "themes.toml:1:1: a theme needs `words`\n",
        "themes.toml:3:1: unknown key `word`\n  hint: did you mean `words`?\n",
        "error: 2 faults in the themes\n",
    ] {
        assert!(talk.contains(phrase), "`{phrase}` is not in\n{talk}");
    }
}

#[test]
fn every_format_is_exported_to_a_file_or_to_standard_output() {
    let folder = shop_with_answers();
    for format in ["csv", "jsonl", "parquet"] {
        let (code, _, talk) = folder.runs(&["export", "--format", format, "--output", "answers"]);
        assert_eq!(code, Some(0), "{talk}");
        assert!(
            talk.starts_with("14 rows in `answers`, from 14 lines"),
            "{talk}"
        );
    }
    let parquet = std::fs::read(folder.path("answers")).expect("a file");
    assert!(parquet.starts_with(b"PAR1") && parquet.ends_with(b"PAR1"));
    let (code, csv, talk) = folder.runs(&["export", "--format", "csv"]);
    assert_eq!((code, &talk[..], csv.lines().count()), (Some(0), "", 15));
    let (_, lines, _) = folder.runs(&["export", "--format", "jsonl", "--until", "2020-01-01"]);
    assert_eq!(lines, "");
}

#[test]
fn an_export_that_cannot_be_written_leaves_what_was_there() {
    let folder = shop_with_answers();
    folder.write("answers.csv", "older");
    let output = ["--output", "missing/answers.csv"];
    let (code, _, talk) = folder.runs(&[&["export", "--format", "csv"], &output[..]].concat());
    assert_eq!(code, Some(1));
    assert!(
        talk.contains("cannot write `missing/answers.csv`"),
        "{talk}"
    );
    let data = ["--data", "elsewhere", "--output", "answers.csv"];
    let (code, _, _) = folder.runs(&[&["export", "--format", "csv"], &data[..]].concat());
    assert_eq!(code, Some(1));
    let kept = std::fs::read_to_string(folder.path("answers.csv")).expect("a file");
    assert_eq!(kept, "older");
    assert!(!folder.path("answers.csv.tmp").exists());
}

#[test]
fn a_report_is_a_table_json_rows_or_a_page_with_what_people_wrote() {
    let folder = shop_with_answers();
    let report = |arguments: &[&str]| {
        let (code, out, talk) = folder.runs(&[&["report"], arguments].concat());
        assert_eq!(code, Some(0), "{talk}");
        out
    };
    assert!(report(&[]).contains("14 comments, themes cover 100 %"));
    assert!(!report(&["--no-comments"]).contains("themes cover"));
    let json: Value = serde_json::from_str(&report(&["--format", "json"])).expect("JSON");
    assert_eq!(json["comments"][0]["themes"][0]["id"], "payment");
    assert_eq!(json["comments"][0]["themes"][0]["n"], 14);
    let csv = report(&["--format", "csv"]);
    assert!(
        csv.starts_with("survey,site,metric,by,segment,figure,value,"),
        "{csv}"
    );
    assert!(
        csv.contains("\ncheckout-effort,demo,ces,,,ces_easy,0,"),
        "{csv}"
    );
    let page = report(&["--format", "html"]);
    assert!(page.starts_with("<!doctype html>") && page.contains("payment"));
}

/// `HARK_GOLDEN=1` renews what is kept.
#[test]
fn the_help_is_as_kept() {
    let mut waiting: Vec<Vec<String>> = vec![Vec::new()];
    let mut seen = 0;
    while let Some(command) = waiting.pop() {
        let mut arguments: Vec<&str> = command.iter().map(String::as_str).collect();
        arguments.push("--help");
        let (code, help, _) = Folder::new().runs(&arguments);
        assert_eq!(code, Some(0), "{arguments:?}");
        let name = if command.is_empty() {
            "hark".to_owned()
        } else {
            command.join("_")
        };
        assert_golden(&help, &format!("help_{name}.txt"));
        waiting.extend(commands(&help).map(|one| [&command[..], &[one]].concat()));
        seen += 1;
    }
    assert!(seen > 25, "commands have commands of their own: {seen}");
}

/// The commands that a help names.
fn commands(help: &str) -> impl Iterator<Item = String> {
    let commands = help.split("Commands:\n").nth(1).unwrap_or_default();
    let commands = commands.lines().take_while(|line| !line.is_empty());
    // What is said of one goes on below it, further in.
    let commands = commands.filter(|line| !line.starts_with("   "));
    let commands = commands.filter_map(|line| line.split_whitespace().next());
    let commands: Vec<String> = commands.map(str::to_owned).collect();
    commands.into_iter().filter(|command| command != "help")
}

/// `HARK_GOLDEN=1` keeps it anew.
#[track_caller]
fn assert_golden(found: &str, golden: &str) {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/hark/golden");
    let path = format!("{folder}/{golden}");
    if std::env::var_os("HARK_GOLDEN").is_some() {
        std::fs::write(&path, found).expect("written");
    }
    let kept = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(found == kept, "`{path}` says otherwise; found:\n{found}");
}

#[test]
fn the_lists_of_alerts_and_of_tokens_are_as_kept() {
    let folder = Folder::new();
    let delivery = |number: u32, more: serde_json::Value| {
        let mut delivery = json!({
            "id": format!("msg_{number:032x}"), "kind": "low_score",
            "title": "Low score with a contact: checkout-effort on demo", "body": "{}",
            "made_at": "2026-11-26T09:00:00Z", "attempts": 0, "next_at": "2026-11-26T09:00:00Z",
        });
        let (delivery, more) = (delivery.as_object_mut(), more.as_object().cloned());
        let mut delivery = delivery.expect("an object").clone();
        delivery.extend(more.expect("an object"));
        serde_json::Value::Object(delivery).to_string()
    };
    let rows = [
        json!({}),
        json!({"attempts": 3, "last": "HTTP 503", "next_at": "2026-11-26T11:30:00Z"}),
        json!({"attempts": 12, "last": "no answer within 15 s", "given_up_at": "2026-11-29T09:00:00Z",
               "made_at": "2026-11-25T08:00:00Z"}),
    ];
    for (number, more) in (1..).zip(rows) {
        let path = format!("data/alerts/team/{number:020}.json");
        folder.write(&path, delivery(number, more));
    }
    let (code, said, talk) = folder.runs(&["alert", "list"]);
    assert_eq!(code, Some(0), "{talk}");
    assert_golden(&said, "alert_list.txt");
    let token = |name: &str, day: u8| {
        let created = format!("2026-11-{day:02}T10:00:00Z");
        json!({"name": name, "sha256": "0".repeat(64), "created": created}).to_string() + "\n"
    };
    let tokens = token("warehouse", 2) + &token("weekly-mail", 14);
    folder.write("data/access/tokens", tokens);
    let (code, said, talk) = folder.runs(&["token", "list"]);
    assert_eq!(code, Some(0), "{talk}");
    assert_golden(&said, "token_list.txt");
}
