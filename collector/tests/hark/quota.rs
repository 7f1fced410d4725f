//! As many completed responses as wanted are counted, and not one more.

use crate::shop::{Folder, Shop, response};
use crate::wait::until;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::fs;
use std::thread;

const SURVEYS: &str = "/v1/sites/demo/surveys";

fn with_quota(quota: u32) -> String {
    format!("metric = \"ces\"\nstatus = \"live\"\n[target]\nquota = {quota}\n")
}

fn shop_with_quota(quota: u32) -> Shop {
    let folder = Folder::new();
    folder.write("surveys/checkout-effort.toml", with_quota(quota));
    folder.opens(&[])
}

/// Whether the survey is offered as closed, and the tag of that offer.
fn offer(shop: &Shop) -> (bool, String) {
    let answer = shop.gets(SURVEYS, &[]);
    let surveys = answer.json();
    let survey = &surveys["surveys"][0];
    assert_eq!(survey["id"], "checkout-effort");
    match &survey["closed"] {
        Value::Null => (false, answer.header("etag")),
        closed => {
            assert_eq!(closed, "quota");
            (true, answer.header("etag"))
        }
    }
}

/// The numbers of the responses that are counted, and how many are over.
fn counted(folder: &Folder) -> (Vec<u64>, usize) {
    let lines = folder.lines();
    let lines: Vec<Value> = lines
        .iter()
        .map(|line| serde_json::from_str(line).expect(line))
        .collect();
    let mut numbers: Vec<u64> = lines
        .iter()
        .filter_map(|line| line["completed"].as_u64())
        .collect();
    numbers.sort_unstable();
    let over = lines
        .iter()
        .filter(|line| line["over_quota"] == json!(true));
    (numbers, over.count())
}

/// Completes these responses over several connections at once; each is stored.
fn complete_at_once(shop: &Shop, numbers: std::ops::Range<u32>) {
    thread::scope(|scope| {
        for number in numbers {
            scope.spawn(move || {
                let answer = shop.hears(&response(number));
                assert_eq!(answer.json()["accepted"], 1, "{answer:?}");
            });
        }
    });
}

#[test]
fn of_200_completed_at_once_exactly_50_count_and_the_survey_closes() {
    let shop = shop_with_quota(50);
    let (is_closed, before) = offer(&shop);
    assert!(!is_closed);
    complete_at_once(&shop, 0..200);
    assert_eq!(counted(&shop.folder), ((1..=50).collect(), 150));
    let (is_closed, after) = offer(&shop);
    assert!(is_closed);
    assert_ne!(before, after, "who has the offer from before hears of it");
    let metrics = shop.gets("/metrics", &[]).text();
    for line in [
        "hark_completed_total{site=\"demo\",survey=\"checkout-effort\"} 50",
        "hark_quota{site=\"demo\",survey=\"checkout-effort\"} 50",
    ] {
        assert!(
            metrics.lines().any(|found| found == line),
            "`{line}` is not in\n{metrics}"
        );
    }

    // What a crash leaves is counted again at the start, and so is what a stop leaves.
    let shop = shop.dies().opens(&[]);
    assert!(offer(&shop).0);
    let (status, _, folder) = shop.closes();
    assert!(status.success());
    let shop = folder.opens(&[]);
    assert!(offer(&shop).0);
    complete_at_once(&shop, 200..203);
    assert_eq!(counted(&shop.folder), ((1..=50).collect(), 153));

    // More are wanted.
    shop.folder
        .write("surveys/checkout-effort.toml", with_quota(60));
    until("it is open again", || !offer(&shop).0);
    complete_at_once(&shop, 300..320);
    assert_eq!(counted(&shop.folder), ((1..=60).collect(), 163));
    assert!(offer(&shop).0);
}

#[test]
fn a_response_counts_once_however_often_it_is_completed() {
    let shop = shop_with_quota(3);
    let of = |number, seq: u32, complete: bool, automated: bool| {
        let mut event = response(number);
        event["seq"] = json!(seq);
        event["complete"] = json!(complete);
        event["automated"] = json!(automated);
        // Fields of the collector's own are nobody else's to send.
        event["completed"] = json!(99);
        event["over_quota"] = json!(true);
        event
    };
    let events = [
        of(1, 1, false, false),
        of(1, 2, true, false),
        of(1, 2, true, false),
        of(1, 3, true, false),
        of(2, 1, true, true),
        of(3, 1, true, false),
    ];
    assert_eq!(shop.hears(&json!(events)).status, 200);
    assert_eq!(counted(&shop.folder), (vec![1, 2], 0));
    let shop = shop.dies().opens(&[]);
    assert_eq!(shop.hears(&of(1, 4, true, false)).json()["accepted"], 1);
    assert_eq!(
        counted(&shop.folder),
        (vec![1, 2], 0),
        "known from before the start"
    );
    assert!(!offer(&shop).0);
    assert_eq!(shop.hears(&of(4, 1, true, false)).status, 200);
    assert!(offer(&shop).0);
    // The card was open already: what is said is stored, and stays one response.
    let late = [
        of(5, 1, false, false),
        of(5, 2, true, false),
        of(5, 3, true, false),
    ];
    assert_eq!(shop.hears(&json!(late)).json()["accepted"], 3);
    assert_eq!(counted(&shop.folder), (vec![1, 2, 3], 1));
}

#[test]
fn what_was_erased_was_answered_all_the_same() {
    let shop = shop_with_quota(5);
    complete_at_once(&shop, 0..5);
    let id = response(0)["id"].as_str().expect("an id").to_owned();
    let (code, ..) = shop.folder.runs(&["erase", "--response", &id]);
    assert_eq!(code, Some(0));
    assert!(offer(&shop).0);
    let shop = shop.dies().opens(&[]);
    assert!(offer(&shop).0, "also after a start");
    complete_at_once(&shop, 10..11);
    let (numbers, over) = counted(&shop.folder);
    assert_eq!((numbers.len(), over), (4, 1));
}

#[test]
fn a_quota_that_comes_later_counts_what_was_there_before() {
    let shop = Shop::new();
    complete_at_once(&shop, 0..7);
    // Without what is kept all lines are read.
    let folder = shop.dies();
    let _ = fs::remove_file(folder.path("data/completed.json"));
    folder.write("surveys/checkout-effort.toml", with_quota(8));
    let shop = folder.opens(&[]);
    assert!(!offer(&shop).0);
    complete_at_once(&shop, 10..12);
    assert!(offer(&shop).0);
    let (numbers, over) = counted(&shop.folder);
    assert_eq!((numbers, over), ((1..=8).collect(), 1));
    let distinct: BTreeSet<String> = shop.folder.lines().into_iter().collect();
    assert_eq!(distinct.len(), 9);
}
