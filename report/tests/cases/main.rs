//! Which answers are cases, where each of them stands, and how well they are followed up.

#![cfg(test)]

mod erasing;
mod figures;
mod finding;
mod keeping;
mod once;
mod opening;
#[path = "../shop/mod.rs"]
mod shop;
mod tables;

use std::fs;

use jiff::{Timestamp, ToSpan};
use proptest::prelude::*;
use proptest::sample::subsequence;
use report::Query;
use report::cases::{self, Case, Cases, Contact, Found, Idea, Lookup, Wanted, Which};
use serde_json::{Value, json};
use shop::{Shop, answer, with};
use survey::case::Status;

/// Noon of the day that lines of `shop` are received at.
const NOON: &str = "2026-11-21T12:00:00.000Z";

fn noon() -> Timestamp {
    NOON.parse().unwrap()
}

/// So many minutes later.
fn after(minutes: i64) -> Timestamp {
    noon() + minutes.minutes()
}

fn id(visitor: u8) -> String {
    format!("019aa5f0-4500-7000-8000-0000000000{visitor:02x}")
}

/// A low score with a comment: a case.
fn complaint(visitor: u8) -> Value {
    with(
        answer(visitor, 2),
        "answers",
        json!({"comment": "too slow"}),
    )
}

/// What was done about it, so many minutes later.
fn deed(visitor: u8, minutes: i64, what: &Value) -> Value {
    let mut line = json!({
        "type": "case", "id": id(visitor), "site": "demo", "survey": "recommend",
        "received_at": format!("{:.3}", after(minutes)),
    });
    let what = what.as_object().unwrap().clone();
    line.as_object_mut().unwrap().extend(what);
    line
}

fn becomes(visitor: u8, minutes: i64, status: &str) -> Value {
    deed(visitor, minutes, &json!({"status": status}))
}

fn wanted(which: Which, minutes: i64) -> Wanted {
    Wanted {
        query: Query::default(),
        now: after(minutes),
        owner: None,
        which,
        most: usize::MAX,
    }
}

fn read(shop: &Shop, wanted: &Wanted) -> Cases {
    cases::read(shop.data(), wanted, &|_, _| {}).unwrap()
}

fn all(shop: &Shop, minutes: i64) -> Cases {
    read(shop, &wanted(Which::All, minutes))
}

fn ids(cases: &Cases) -> Vec<String> {
    cases.cases.iter().map(Case::id).collect()
}

fn look_up(shop: &Shop, idea: &str) -> Lookup {
    let idea: Idea = idea.parse().unwrap();
    cases::find(shop.data(), &idea, after(60), &|_, _| {}).unwrap()
}

fn found(shop: &Shop, idea: &str) -> Found {
    match look_up(shop, idea) {
        Lookup::One(found) => *found,
        other => panic!("not one: {other:?}"),
    }
}

const HOUR: i64 = 60;
const DAY: i64 = 24 * HOUR;

/// Enough of other lines that a segment is worth keeping.
fn padded(lines: &[Value]) -> String {
    let mut text: String = lines.iter().map(|line| format!("{line}\n")).collect();
    for number in 0..1_500 {
        let mut line = answer(0, 9);
        line["id"] = json!(format!("019aa5f0-4500-7000-9000-{number:012x}"));
        text += &format!("{line}\n");
    }
    text
}

/// Twelve cases at noon. Ten are answered after 1, 2, … 9 and 50 hours; one is open; one was opened
/// only an hour ago. Eight are settled, each an hour after its answer.
fn a_week() -> Vec<Value> {
    let mut lines: Vec<Value> = (1..=11).map(complaint).collect();
    let received = format!("{:.3}", after(3 * DAY - HOUR));
    lines.push(with(complaint(12), "received_at", received));
    for visitor in 1..=9 {
        lines.push(becomes(visitor, i64::from(visitor) * HOUR, "answered"));
    }
    lines.push(becomes(10, 50 * HOUR, "no_action"));
    for visitor in 1..=7 {
        lines.push(becomes(
            visitor,
            i64::from(visitor) * HOUR + HOUR,
            "resolved",
        ));
    }
    // What comes later changes neither time.
    lines.push(becomes(1, 60 * HOUR, "open"));
    lines.push(becomes(1, 61 * HOUR, "resolved"));
    lines.push(deed(
        11,
        1,
        &json!({"note": "rang, nobody there", "by": "anna"}),
    ));
    lines
}
