//! Personal data that somebody typed is nowhere: neither on disk, nor in the log, nor in a refusal.

use crate::client;
use crate::refusals::EVENTS;
use crate::shop::{Shop, response};
use serde_json::{Value, json};
use std::fs;
use std::path::{Path, PathBuf};

/// What is posted, and of which no part may be kept.
const PRIVATE: [&str; 6] = [
    "ada.lovelace",
    "analytical.example",
    "4111 1111",
    "3704 0044",
    "171 1234",
    "7654321",
];

const TYPED: &str = "Ich bin ada.lovelace@analytical.example, +49 171 1234567, \
                     DE89 3704 0044 0532 0130 00, Karte 4111 1111 1111 1111. Bestellung 4711!";
const STORED: &str = "Ich bin [email], [phone], [iban], Karte [card]. Bestellung 4711!";

#[test]
fn what_was_typed_by_mistake_is_not_on_disk_and_not_in_the_log() {
    let shop = Shop::new();
    let mut answer = response(1);
    answer["answers"] = json!({"comment": TYPED});
    answer["attributes"] = json!({"note": TYPED, "phone": "7654321", "order": "0612345678"});
    answer["page"] = json!({"path": "/unsubscribe/ada.lovelace@analytical.example"});
    answer["a_later_version_says"] = json!({"deep": [TYPED], TYPED: 1});
    let mut search = response(2);
    search["type"] = json!("event");
    search["name"] = json!("search ada.lovelace@analytical.example");
    search["props"] = json!({"query": TYPED});
    assert_eq!(shop.hears(&json!([answer, search])).json()["accepted"], 2);

    // Refused, and quoted by the refusals.
    let mut unknown = response(3);
    unknown["survey"] = json!("ada.lovelace@analytical.example");
    let mut surplus = response(4);
    surplus["answers"] = json!({TYPED: "x"});
    let refused = shop.hears(&json!([unknown, surplus]));
    assert_eq!(refused.status, 422);
    assert_is_free(&refused.text());
    let body = format!("{{\"comment\": \"{TYPED}\"");
    let json = [("content-type", "application/json")];
    let broken = client::request(shop.address, "POST", EVENTS, &json, body.as_bytes());
    assert_eq!(broken.status, 400);
    assert_is_free(&broken.text());

    let lines: Vec<Value> = shop.folder.lines().iter().map(|line| read(line)).collect();
    assert_eq!(lines[0]["answers"]["comment"], STORED);
    let expected = json!({"note": STORED, "phone": "[phone]", "order": "0612345678"});
    assert_eq!(lines[0]["attributes"], expected);
    assert_eq!(lines[0]["page"]["path"], "/unsubscribe/[email]");
    let expected = json!({"deep": [STORED], STORED: 1});
    assert_eq!(lines[0]["a_later_version_says"], expected);
    assert_eq!(lines[1]["name"], "search [email]");
    assert_eq!(lines[1]["props"]["query"], STORED);

    let (status, talk, folder) = shop.closes();
    assert!(status.success());
    assert_is_free(&talk.concat());
    let files = files(&folder.path("data"));
    assert!(files.len() > 1, "{files:?}");
    for file in files {
        assert_is_free(&String::from_utf8_lossy(&fs::read(file).unwrap()));
    }
}

fn read(line: &str) -> Value {
    serde_json::from_str(line).expect("JSON")
}

fn assert_is_free(text: &str) {
    for private in PRIVATE {
        assert!(!text.contains(private), "`{private}` is in {text}");
    }
}

/// Every file in a folder, however deep.
fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).expect("a folder");
    let paths = entries.map(|entry| entry.expect("an entry").path());
    let below = |path: PathBuf| {
        if path.is_dir() {
            files(&path)
        } else {
            vec![path]
        }
    };
    paths.flat_map(below).collect()
}
