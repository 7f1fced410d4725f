//! Each no, its status and the sentence that says what to do.

use crate::client::{self, Answer};
use crate::shop::{Shop, response};
use serde_json::json;

pub(crate) const EVENTS: &str = "/v1/sites/demo/events";
pub(crate) const SURVEYS: &str = "/v1/sites/demo/surveys";
pub(crate) const JSON: (&str, &str) = ("content-type", "application/json");
const TEXT: (&str, &str) = ("content-type", "text/plain");

type Row<'r> = (
    &'r str,
    &'r str,
    &'r [(&'r str, &'r str)],
    &'r str,
    u16,
    &'r str,
);

#[test]
fn each_refusal_is_a_problem_that_says_what_to_do() {
    let shop = Shop::new();
    let long = "x".repeat(65 * 1024);
    let many = json!(vec![response(1); 101]).to_string();
    let stranger = ("origin", "https://evil.example");
    let rows: &[Row<'_>] = &[
        (
            "GET",
            "/nowhere",
            &[],
            "",
            404,
            "there is nothing at `/nowhere`",
        ),
        ("GET", "/demo/", &[], "", 404, "`/demo/`"),
        (
            "GET",
            "/v1/sites/dmeo/surveys",
            &[],
            "",
            404,
            "there is no site `dmeo`: write the `key`",
        ),
        (
            "POST",
            "/v1/sites/dmeo/events",
            &[JSON],
            "{}",
            404,
            "there is no site `dmeo`",
        ),
        ("GET", "/v1/sites/%ff/surveys", &[], "", 404, "nothing at"),
        (
            "GET",
            EVENTS,
            &[],
            "",
            405,
            "`GET` is not possible at `/v1/sites/demo/events`",
        ),
        ("DELETE", SURVEYS, &[], "", 405, "`DELETE` is not possible"),
        (
            "GET",
            SURVEYS,
            &[stranger],
            "",
            403,
            "from `https://evil.example`: add it to `origins`",
        ),
        (
            "POST",
            EVENTS,
            &[stranger, JSON],
            "{}",
            403,
            "add it to `origins` of that site in hark.toml",
        ),
        (
            "POST",
            EVENTS,
            &[("origin", "null"), JSON],
            "{}",
            403,
            "from `null`",
        ),
        ("POST", EVENTS, &[], "{}", 415, "send `application/json`"),
        (
            "POST",
            EVENTS,
            &[("content-type", "image/png")],
            "{}",
            415,
            "`image/png` cannot be read",
        ),
        (
            "POST",
            EVENTS,
            &[JSON, ("content-encoding", "gzip")],
            "{}",
            415,
            "`gzip` cannot be read",
        ),
        (
            "POST",
            EVENTS,
            &[JSON],
            "hello",
            400,
            "the body is not JSON: expected value at line 1",
        ),
        (
            "POST",
            EVENTS,
            &[TEXT],
            "score=9",
            400,
            "the body is not JSON",
        ),
        ("POST", EVENTS, &[JSON], "", 400, "the body is not JSON"),
        (
            "POST",
            EVENTS,
            &[JSON],
            "[]",
            400,
            "the body holds no event",
        ),
        ("POST", EVENTS, &[JSON], &long, 413, "64 KiB at most"),
        (
            "POST",
            EVENTS,
            &[JSON],
            &many,
            413,
            "100 events at most, not 101",
        ),
        (
            "POST",
            EVENTS,
            &[JSON],
            "7",
            422,
            "no event was accepted: see `rejected`",
        ),
    ];
    for (method, path, headers, body, status, phrase) in rows {
        let answer = client::request(shop.address, method, path, headers, body.as_bytes());
        assert_is_problem(&answer, *status, phrase);
    }
    assert_eq!(shop.folder.lines(), [""; 0]);
}

pub(crate) fn assert_is_problem(answer: &Answer, status: u16, phrase: &str) {
    assert_eq!(answer.status, status, "{phrase}: {answer:?}");
    assert_eq!(
        answer.header("content-type"),
        "application/problem+json",
        "{phrase}"
    );
    assert_eq!(
        answer.header("access-control-allow-origin"),
        "*",
        "{phrase}"
    );
    assert_eq!(answer.header("cache-control"), "no-store", "{phrase}");
    let problem = answer.json();
    assert_eq!(problem["status"], status, "{phrase}");
    assert!(
        problem["title"].is_string() && problem["type"].is_string(),
        "{problem}"
    );
    assert!(
        problem["detail"].as_str().unwrap().contains(phrase),
        "{phrase}: {problem}"
    );
}

#[test]
fn when_no_event_is_accepted_each_reason_is_given() {
    let shop = Shop::new();
    let mut without_page = response(1);
    without_page.as_object_mut().unwrap().remove("page");
    let answer = shop.hears(&json!([without_page, {"type": "respons"}]));
    assert_is_problem(&answer, 422, "no event was accepted");
    let expected = json!([
        {"index": 0, "error": "`page` is missing"},
        {"index": 1, "error": "`id` is missing"},
    ]);
    assert_eq!(answer.json()["rejected"], expected);
}

#[test]
fn a_wrong_method_names_the_right_one() {
    let shop = Shop::new();
    let answer = client::request(shop.address, "PUT", EVENTS, &[], b"");
    assert!(answer.header("allow").contains("POST"), "{answer:?}");
}
