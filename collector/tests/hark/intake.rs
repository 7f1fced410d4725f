//! What is sent becomes lines: once, whole, and before the answer.

use crate::shop::{Shop, response};
use serde_json::{Value, json};
use std::thread;

#[test]
fn an_answer_is_acknowledged_and_its_line_is_there() {
    let shop = Shop::new();
    let mut sent = response(1);
    sent["answers"] = json!({"comment": "Twice as long\nas usual"});
    sent["session"] = json!({"pages": 4, "seconds": 181});
    sent["attributes"] = json!({"cart_value": 99.5});
    sent["from_the_future"] = json!({"kept": [1, 2]});
    // As a person would write it: what is stored is one line all the same.
    let answer = shop.hears_as("application/json", &format!("{sent:#}"));
    assert_eq!(answer.status, 200, "{answer:?}");
    assert_eq!(
        answer.json(),
        json!({"accepted": 1, "duplicates": 0, "rejected": []})
    );
    assert_eq!(answer.header("content-type"), "application/json");
    assert_eq!(answer.header("cache-control"), "no-store");

    let lines = shop.folder.lines();
    let [line] = &lines[..] else {
        panic!("one line: {lines:?}")
    };
    let stored: Value = serde_json::from_str(line).expect("JSON");
    let received_at = stored["received_at"].as_str().expect("a time");
    let golden = include_str!("golden/response.json").trim_end();
    assert_eq!(line.replace(received_at, "RECEIVED_AT"), golden);
    let (day, time) = received_at.split_once('T').expect("a time");
    assert!(
        time.len() == "10:00:00.000Z".len() && time.ends_with('Z'),
        "{received_at}"
    );
    let segment = shop
        .folder
        .path(&format!("data/events/date={day}/000001.jsonl"));
    assert_eq!(shop.folder.segments(), [segment]);
}

#[test]
fn each_form_of_a_body_is_understood() {
    let shop = Shop::new();
    let two = |first| format!("{}\n{}\n", response(first), response(first + 1));
    let rows = [
        ("application/json", response(1).to_string(), 1),
        (
            "application/json; charset=utf-8",
            json!([response(2), response(3)]).to_string(),
            2,
        ),
        ("application/x-ndjson", two(4), 2),
        ("text/plain", response(6).to_string(), 1),
        (
            "text/plain;charset=UTF-8",
            json!([response(7), response(8)]).to_string(),
            2,
        ),
        ("Text/Plain", two(9), 2),
    ];
    for (media_type, body, count) in rows {
        let answer = shop.hears_as(media_type, &body);
        assert_eq!(answer.json()["accepted"], count, "{media_type}: {answer:?}");
    }
    assert_eq!(shop.folder.lines().len(), 10);
}

#[test]
fn every_event_of_a_request_has_a_verdict_of_its_own() {
    let shop = Shop::new();
    let mut too_high = response(2);
    too_high["score"] = json!(8);
    let mut unknown = response(3);
    unknown["survey"] = json!("chekout");
    let answer = shop.hears(&json!([response(1), too_high, unknown, response(1), "no"]));
    assert_eq!(answer.status, 200);
    let verdict = answer.json();
    assert_eq!(
        (&verdict["accepted"], &verdict["duplicates"]),
        (&json!(1), &json!(1))
    );
    let rejected = verdict["rejected"].as_array().expect("a list");
    let places: Vec<_> = rejected
        .iter()
        .map(|one| one["index"].as_u64().unwrap())
        .collect();
    assert_eq!(places, [1, 2, 4]);
    assert!(
        rejected[0]["error"]
            .as_str()
            .unwrap()
            .contains("from 1 to 7"),
        "{verdict}"
    );
    assert!(
        rejected[1]["error"].as_str().unwrap().contains("`chekout`"),
        "{verdict}"
    );
    assert_eq!(shop.folder.lines().len(), 1);
}

#[test]
fn a_line_that_is_not_json_leaves_the_others_alone() {
    let shop = Shop::new();
    let body = format!("{}\n{{\"type\":\n{}", response(1), response(2));
    let verdict = shop.hears_as("application/x-ndjson", &body).json();
    assert_eq!(verdict["accepted"], 2);
    assert_eq!(verdict["rejected"][0]["index"], 1);
    assert_eq!(shop.folder.lines().len(), 2);
}

#[test]
fn what_arrives_again_is_stored_once() {
    let shop = Shop::new();
    let mut later = response(1);
    later["seq"] = json!(2);
    assert_eq!(shop.hears(&response(1)).json()["accepted"], 1);
    assert_eq!(
        shop.hears(&response(1)).json(),
        json!({"accepted": 0, "duplicates": 1, "rejected": []})
    );
    assert_eq!(shop.hears(&later).json()["accepted"], 1);
    assert_eq!(shop.folder.lines().len(), 2);
}

#[test]
fn answers_of_a_paused_or_finished_survey_still_arrive() {
    let shop = Shop::new();
    for (number, survey) in [(1, "being-written"), (2, "long-over")] {
        let mut late = response(number);
        late["survey"] = json!(survey);
        assert_eq!(shop.hears(&late).status, 200, "{survey}");
    }
}

#[test]
fn a_crowd_is_stored_line_by_line() {
    let shop = Shop::new();
    thread::scope(|scope| {
        for visitor in 0..16 {
            let shop = &shop;
            scope.spawn(move || {
                for number in 0..40 {
                    let answer = shop.hears(&response(visitor * 100 + number));
                    assert_eq!(answer.json()["accepted"], 1, "{answer:?}");
                }
            });
        }
    });
    let mut ids: Vec<String> = shop.folder.lines().iter().map(|line| id(line)).collect();
    ids.sort();
    ids.dedup();
    assert_eq!(ids.len(), 16 * 40);
}

fn id(line: &str) -> String {
    let line: Value = serde_json::from_str(line).expect("a whole line");
    line["id"].as_str().expect("an id").to_owned()
}
