//! What the clock brings is told to everyone, as often as it should be, whatever goes wrong.

use super::super::bench::{Bench, at, id, response};
use super::*;
use serde_json::{Value, json};

const NOW: &str = "2026-11-27T10:00:00Z";

fn calendar(bench: &Bench) -> Calendar<'_> {
    let lexicon = Lexicon::default();
    Calendar::open(&bench.webhooks, bench.data(), &bench.alerts(), lexicon).expect("a calendar")
}

/// Seven weeks of ten answers a day; since three days ago they are bad, and go on to be.
fn falls(bench: &Bench) {
    let mut lines: Vec<Value> = Vec::new();
    for day in 0..50_i64 {
        let noon = at("2026-10-18T09:00:00Z") + SignedDuration::from_hours(24 * day);
        let scores = if day >= 37 {
            [0, 0, 2, 0, 9, 0, 0, 3, 0, 0]
        } else {
            [9, 10, 8, 9, 3, 10, 9, 7, 10, 9]
        };
        let number = day as u32 * 100;
        let answers = (number..).zip(scores);
        lines.extend(answers.map(|(number, score)| response(number, noon, score)));
    }
    for line in &mut lines {
        // Nobody to answer: no case is overdue.
        line["contact"] = json!(false);
    }
    bench.stores(1, &lines);
}

fn kinds(bench: &Bench, name: &str) -> Vec<Kind> {
    let mut kinds: Vec<Kind> = bench.told(name).iter().map(|told| told.kind).collect();
    kinds.sort_by_key(|kind| kind.word());
    kinds
}

#[test]
fn what_could_not_be_written_down_is_told_later_and_to_the_others_at_once() {
    let bench = Bench::telling(&["broken", "other"]);
    falls(&bench);
    bench.breaks("broken");
    let trouble = calendar(&bench).look(at(NOW));
    assert!(matches!(trouble, Err(Untold::Outbox(_))), "{trouble:?}");
    assert_eq!(kinds(&bench, "other"), [Kind::Alarm, Kind::Digest]);
    bench.mends("broken");
    for _ in 0..2 {
        calendar(&bench).look(at(NOW)).expect("told");
        for name in ["broken", "other"] {
            assert_eq!(kinds(&bench, name), [Kind::Alarm, Kind::Digest], "{name}");
        }
    }
}

#[test]
fn a_fall_that_lasts_is_told_again_after_a_week() {
    let bench = Bench::telling(&["team"]);
    falls(&bench);
    let told = (0..8_i64).map(|day| {
        let now = at(NOW) + SignedDuration::from_hours(24 * day);
        calendar(&bench).look(now).expect("told");
        let alarms = kinds(&bench, "team").into_iter();
        alarms.filter(|kind| *kind == Kind::Alarm).count()
    });
    assert_eq!(told.collect::<Vec<_>>(), [1, 1, 1, 1, 1, 1, 1, 2]);
}

#[test]
fn a_week_is_counted_from_the_day_of_telling() {
    let day = |text: &str| -> Date { text.parse().expect("a day") };
    let told = Some(day("2026-11-20"));
    let rows = [
        (None, "2026-11-20", false),
        (told, "2026-11-20", true),
        (told, "2026-11-26", true),
        (told, "2026-11-27", false),
        (told, "2026-11-19", false),
    ];
    for (on, today, expected) in rows {
        assert_eq!(is_told(on, day(today)), expected, "{today}");
    }
}

#[test]
fn a_digest_goes_with_the_response_that_it_quotes() {
    let bench = Bench::telling(&["team"]);
    let mut lines: Vec<Value> = Vec::new();
    // Ten days of forty happy people; on the last day they are not.
    for day in 0..=10_u32 {
        let noon = at("2026-11-27T07:00:00Z") - SignedDuration::from_hours(24 * i64::from(day));
        for number in 0..40 {
            let score = if day == 0 { 1 } else { 9 };
            let mut line = response(day * 100 + number, noon, score);
            line["contact"] = json!(false);
            line["answers"] = json!({"comment": format!("the card was refused {number} times")});
            lines.push(line);
        }
    }
    bench.stores(1, &lines);
    calendar(&bench).look(at(NOW)).expect("told");
    let told = bench.told("team");
    let digest = told.iter().find(|told| told.kind == Kind::Digest);
    let digest = digest.expect("a digest");
    let body: Value = serde_json::from_str(&digest.body).expect("JSON");
    let quote = body["data"]["quote"].as_str().expect("a quote");
    let number: u32 = quote
        .split(' ')
        .nth(4)
        .and_then(|word| word.parse().ok())
        .expect("a number");
    assert_eq!(digest.responses, [id(number)], "{quote}");
    assert!(!digest.body.contains(&id(number)), "it is not sent");
}
