//! Responses one by one: folded, in the order of their ids, and not after they were erased.

#![cfg(test)]

mod shop;

use report::{Outcome, Query, Response, Visitors};
use serde_json::{Value, json};
use shop::{Shop, answer, line, with};
use survey::metric::Band;

fn told(shop: &Shop, query: &Query) -> Vec<Response> {
    let mut responses = Vec::new();
    report::responses(shop.data(), query, &|_, _| {}, |response| {
        responses.push(response);
    })
    .unwrap();
    responses
}

fn scores(shop: &Shop) -> Vec<Option<u8>> {
    told(shop, &Query::default())
        .iter()
        .map(|response| response.score)
        .collect()
}

#[test]
fn a_response_holds_what_all_its_lines_say() {
    let shop = Shop::opens();
    let mut shown = line(7, "impression", 1);
    let place = json!({
        "page": {"path": "/cart"}, "device": "mobile", "language": "fr", "trigger": "exit_intent",
        "signal": "pointer", "channel": "web", "session": {"visit": 2},
        "attributes": {"cart_value": 99.5}, "at": "2026-11-21T11:59:50.000Z",
    });
    shown
        .as_object_mut()
        .unwrap()
        .extend(place.as_object().unwrap().clone());
    let scored = with(answer(7, 3), "at", "2026-11-21T11:59:54.000Z");
    let mut said = with(line(7, "response", 3), "contact", true);
    said["answers"] = json!({"comment": "Too slow", "choice": "price", "choices": ["a", "b"]});
    shop.keeps("000001.jsonl", format!("{shown}\n{said}\n"));
    shop.keeps("000002.jsonl", format!("{scored}\n"));
    let responses = told(&shop, &Query::default());
    assert_eq!(
        serde_json::to_value(&responses).unwrap(),
        json!([{
            "id": "019aa5f0-4500-7000-8000-000000000007", "survey": "recommend", "metric": "nps",
            "site": "demo", "outcome": "answered", "score": 3, "band": "low",
            "comment": "Too slow", "choice": "price", "choices": ["a", "b"], "contact": true,
            "page": "/cart", "device": "mobile", "language": "fr", "trigger": "exit_intent",
            "signal": "pointer", "channel": "web", "visit": 2, "visitors": "returning",
            "attributes": {"cart_value": 99.5}, "at": "2026-11-21T11:59:50Z",
            "received_at": "2026-11-21T12:00:00Z", "seconds_to_answer": 4.0, "complete": true,
            "automated": false,
        }])
    );
    assert_eq!(responses[0].visitors, Some(Visitors::Returning));
    assert_eq!(responses[0].band, Some(Band::Low));
}

#[test]
fn what_an_older_version_stored_as_it_was_typed_is_told_masked() {
    let shop = Shop::opens();
    let mut said = answer(7, 3);
    said["answers"] = json!({"comment": "write to ann@example.com", "choice": "b@example.com",
        "choices": ["price", "c@example.com"]});
    shop.receives(&[said]);
    let told = told(&shop, &Query::default()).remove(0);
    assert_eq!(told.comment.as_deref(), Some("write to [email]"));
    assert_eq!(told.choice.as_deref(), Some("[email]"));
    assert_eq!(told.choices, ["price", "[email]"]);
}

#[test]
fn impressions_without_an_answer_are_told_too() {
    let shop = Shop::opens();
    shop.receives(&[
        line(3, "impression", 1),
        line(2, "dismissal", 2),
        with(answer(1, 9), "automated", true),
    ]);
    let outcomes: Vec<_> = told(&shop, &Query::default())
        .iter()
        .map(|response| response.outcome)
        .collect();
    assert_eq!(outcomes, [Outcome::Dismissed, Outcome::Ignored]);
}

fn erase(what: &str, whom: &str) -> Value {
    json!({"type": "erase", what: whom, "site": "demo", "received_at": "2026-11-22T00:00:00Z"})
}

#[test]
fn what_was_erased_is_not_told_and_what_came_later_is() {
    let of = |visitor: &str, line: Value| with(line, "visitor", visitor);
    let id = |number: u8| format!("019aa5f0-4500-7000-8000-0000000000{number:02x}");
    let elsewhere = with(of("ann", answer(9, 7)), "site", "outlet");
    let shop = Shop::opens();
    let before = [
        of("ann", answer(1, 1)),
        of("bob", answer(2, 2)),
        answer(3, 3),
        elsewhere,
    ];
    let rows = [
        (
            erase("visitor", "ann"),
            vec![Some(2), Some(3), Some(4), Some(7)],
        ),
        (
            erase("visitor", "eve"),
            vec![Some(1), Some(2), Some(3), Some(4), Some(7)],
        ),
        (
            erase("id", &id(3)),
            vec![Some(1), Some(2), Some(4), Some(7)],
        ),
        (
            json!({"type": "erase", "visitor": "ann"}),
            vec![Some(2), Some(3), Some(4)],
        ),
    ];
    let text =
        |lines: &[Value]| -> String { lines.iter().map(|line| format!("{line}\n")).collect() };
    for (erase, expected) in rows {
        let after = of("ann", answer(4, 4));
        // In one segment, and over two.
        shop.keeps(
            "000001.jsonl",
            text(&before) + &text(&[erase.clone(), after.clone()]),
        );
        assert_eq!(scores(&shop), expected, "{erase}");
        shop.keeps("000001.jsonl", text(&before));
        let later = shop.keeps("000002.jsonl", text(&[erase.clone(), after]));
        assert_eq!(scores(&shop), expected, "{erase}");
        std::fs::remove_file(later).unwrap();
    }
}

#[test]
fn who_answers_again_after_an_erasure_begins_anew() {
    let shop = Shop::opens();
    let ann = |line: Value| with(line, "visitor", "ann");
    let said = with(
        ann(answer(1, 1)),
        "answers",
        json!({"comment": "forget this"}),
    );
    shop.receives(&[said, erase("visitor", "ann"), ann(answer(1, 5))]);
    let responses = told(&shop, &Query::default());
    assert_eq!(responses.len(), 1);
    assert_eq!(
        (responses[0].score, &responses[0].comment),
        (Some(5), &None)
    );
    assert_eq!(shop.reports(&Query::default()).surveys[0].summary.n, 1);
}
