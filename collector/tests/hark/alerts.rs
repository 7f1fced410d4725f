//! Alerts, with the real program and a real receiver: what arrives, how often, and what happens when it does
//! not.

mod commands;
mod delivery;
mod guide;
mod occasions;

use crate::receiver::{Receiver, SECRET};
use crate::shop::{Folder, SETTINGS, Shop, response};
use crate::wait::until;
use serde_json::{Value, json};
use std::fs;

/// A shop whose collector tells these receivers, named `r0`, `r1`…, with more lines for each.
fn shop_that_tells(receivers: &[(&Receiver, &str)]) -> Folder {
    let folder = Folder::new();
    let mut settings = SETTINGS.to_owned();
    for (number, (receiver, more)) in receivers.iter().enumerate() {
        let url = receiver.url();
        settings += &format!(
            "[[webhook]]\nname = \"r{number}\"\nurl = \"{url}\"\nsecret = \"{SECRET}\"\n{more}\n"
        );
    }
    folder.write("hark.toml", settings);
    let survey = "metric = \"nps\"\nstatus = \"live\"\n\
        [[follow_up]]\nkind = \"text\"\n[[follow_up]]\nkind = \"contact\"\n";
    folder.write("surveys/reach.toml", survey);
    folder
}

/// Only low scores: so that no digest comes between.
const LOW: &str = "events = [\"low_score\"]";

/// A detractor who can be reached.
fn detractor(number: u32) -> Value {
    let mut response = response(number);
    response["survey"] = json!("reach");
    response["score"] = json!(2);
    response["visitor"] = json!(format!("ada{number}"));
    let comment = "The card was refused, I am at ada@shop.example";
    response["answers"] = json!({"comment": comment, "contact": "ada@shop.example"});
    response
}

fn hears(shop: &Shop, response: &Value) {
    let answer = shop.hears(response);
    assert_eq!(answer.json()["accepted"], 1, "{answer:?}");
}

/// What waits in the first webhook's outbox, or was given up.
fn outbox(folder: &Folder) -> Vec<Value> {
    let entries = fs::read_dir(folder.path("data/alerts/r0"));
    let entries = entries.into_iter().flatten().map_while(Result::ok);
    let files = entries.filter(|entry| entry.path().extension().is_some_and(|name| name == "json"));
    // One may go while it is looked for.
    let texts = files.filter_map(|entry| fs::read(entry.path()).ok());
    texts
        .map(|text| serde_json::from_slice(&text).expect("JSON"))
        .collect()
}

/// Waits until it is on disk that this was told and has arrived, so that a kill cannot come before: then it
/// would be told again, with the same id.
fn remembers(folder: &Folder, file: &str, what: &str) {
    let path = folder.path(&format!("data/alerts/{file}"));
    let has = |text: String| text.contains(what);
    until(what, || fs::read_to_string(&path).is_ok_and(has));
    until("an empty outbox", || outbox(folder).is_empty());
}
