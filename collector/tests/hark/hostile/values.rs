//! JSON that readers understand in different ways, or not at all.

use crate::refusals::assert_is_problem;
use crate::shop::{Shop, response};
use serde_json::{Value, json};

/// An event with one more field, as text: no serialiser would write most of these.
fn event_with(number: u32, field: &str) -> String {
    let event = response(number).to_string();
    format!("{},{field}}}", event.strip_suffix('}').unwrap())
}

#[test]
fn what_cannot_be_read_alike_everywhere_is_refused() {
    let shop = Shop::new();
    let rows = [
        ("\"a\":1e400", 400, "out of range"),
        ("\"a\":-1e400", 400, "out of range"),
        ("\"a\":NaN", 400, "not JSON"),
        ("\"a\":Infinity", 400, "not JSON"),
        ("\"a\":01", 400, "not JSON"),
        ("\"a\":+1", 400, "not JSON"),
        ("\"a\":.5", 400, "not JSON"),
        ("\"a\":0x10", 400, "not JSON"),
        ("\"a\":'x'", 400, "not JSON"),
        ("\"a\":\"\\ud800\"", 400, "not JSON"),
        ("\"a\":\"\\udc00\\ud800\"", 400, "not JSON"),
        ("\"a\":\"\\x41\"", 400, "not JSON"),
        ("\"a\":\"\t\"", 400, "control character"),
        ("\"a\":1,", 400, "not JSON"),
        ("\"a\":/* b */1", 400, "not JSON"),
        ("\"\\ud800\":1", 400, "not JSON"),
        ("\"score\":1e400", 400, "out of range"),
        ("\"score\":6.5", 422, "accepted"),
        ("\"score\":-0", 422, "accepted"),
        ("\"score\":9223372036854775809", 422, "accepted"),
        ("\"score\":1e300", 422, "accepted"),
        ("\"seq\":0", 422, "accepted"),
        ("\"seq\":1.0", 422, "accepted"),
        ("\"seq\":4294967296", 422, "accepted"),
        ("\"draw\":1.0000001", 422, "accepted"),
        ("\"language\":\"\\u0000\"", 422, "accepted"),
        ("\"session\":{\"pages\":-1}", 422, "accepted"),
        ("\"attributes\":{\"a\":[1]}", 422, "accepted"),
        ("\"attributes\":{\"a\":null}", 422, "accepted"),
    ];
    for (field, status, phrase) in rows {
        let answer = shop.hears(&event_with(1, field));
        assert_eq!(answer.status, status, "{field}: {answer:?}");
        assert_is_problem(&answer, status, phrase);
    }
    assert_eq!(shop.folder.lines(), [""; 0]);
}

#[test]
fn of_a_field_said_twice_the_last_counts_and_is_stored_once() {
    let shop = Shop::new();
    let twice = "\"score\":7,\"a\":1,\"a\":{\"b\":1,\"b\":2},\"attributes\":{\"c\":1,\"c\":2}";
    assert_eq!(shop.hears(&event_with(1, twice)).status, 200);
    let lines = shop.folder.lines();
    for name in ["score", "a", "b", "c"] {
        let said = lines[0].matches(&format!("\"{name}\":")).count();
        assert_eq!(said, 1, "`{name}` in {}", lines[0]);
    }
    let stored: Value = serde_json::from_str(&lines[0]).expect("JSON");
    assert_eq!(stored["score"], 7);
    assert_eq!(stored["a"], json!({"b": 2}));
    assert_eq!(stored["attributes"], json!({"c": 2.0}));
    // The second type decides what an event is, not which of its fields are believed.
    let posing = event_with(
        2,
        "\"type\":\"dismissal\",\"site\":\"other\",\"metric\":\"nps\"",
    );
    assert_eq!(shop.hears(&posing).status, 200);
    let stored: Value = serde_json::from_str(&shop.folder.lines()[1]).expect("JSON");
    assert_eq!(stored["type"], "dismissal");
    assert_eq!(
        (&stored["site"], &stored["metric"]),
        (&json!("demo"), &json!("ces"))
    );
    assert!(
        stored.get("score").is_none() && stored.get("complete").is_none(),
        "{stored}"
    );
}

#[test]
fn a_response_holds_what_was_asked_and_unknown_fields_only_beside_it() {
    let shop = Shop::new();
    let strict = [
        (
            "\"answers\":{\"mood\":\"good\"}",
            "`answers.mood` must be left out",
        ),
        (
            "\"answers\":{\"contact\":\"ada@shop.example\"}",
            "`answers.contact` must be left out",
        ),
        (
            "\"answers\":{\"choice\":\"price\"}",
            "options that the survey offers",
        ),
        (
            "\"answers\":{\"choices\":[\"price\"]}",
            "options that the survey offers",
        ),
        ("\"answers\":\"good\"", "`answers` must be an object"),
        (
            "\"answers\":{\"comment\":7}",
            "`answers.comment` must be a string",
        ),
        (
            "\"page\":{\"path\":\"/\",\"title\":\"x\"}",
            "`page.title` must be left out",
        ),
        (
            "\"page\":{\"path\":\"/?a=b\"}",
            "must not carry a query string",
        ),
        (
            "\"session\":{\"referrer\":\"x\"}",
            "`session.referrer` must be left out",
        ),
        ("\"complete\":\"yes\"", "`complete` must be true or false"),
        ("\"device\":\"watch\"", "`device` must be"),
        ("\"score\":8", "from 1 to 7"),
    ];
    for (field, reason) in strict {
        let answer = shop.hears(&event_with(1, field));
        assert_eq!(answer.status, 422, "{field}: {answer:?}");
        let refused = answer.json()["rejected"][0]["error"].to_string();
        assert!(refused.contains(reason), "{field}: {refused}");
    }
    assert_eq!(shop.folder.lines(), [""; 0]);
    let tolerated = "\"experiment\":{\"arm\":\"b\",\"deep\":[null,{}]},\"next_version\":null";
    assert_eq!(shop.hears(&event_with(1, tolerated)).status, 200);
    let stored: Value = serde_json::from_str(&shop.folder.lines()[0]).expect("JSON");
    assert_eq!(
        stored["experiment"],
        json!({"arm": "b", "deep": [null, {}]})
    );
    let many: String = (0..33).map(|number| format!("\"u{number}\":1,")).collect();
    let answer = shop.hears(&event_with(2, many.trim_end_matches(',')));
    assert_is_problem(&answer, 422, "no event was accepted");
}
