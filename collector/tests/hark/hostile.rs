//! Requests that nobody sends by accident.

use crate::client;
use crate::refusals::{EVENTS, assert_is_problem};
use crate::shop::{Shop, response};
use serde_json::Value;

#[test]
fn a_body_longer_than_it_says_or_without_an_end_is_not_taken_in() {
    let shop = Shop::new();
    let head = format!(
        "POST {EVENTS} HTTP/1.1\r\nhost: shop\r\nconnection: close\r\n\
         content-type: application/json\r\n"
    );
    let chunk = format!("4000\r\n{}\r\n", " ".repeat(0x4000));
    let chunked = format!(
        "{head}transfer-encoding: chunked\r\n\r\n{}0\r\n\r\n",
        chunk.repeat(5)
    );
    assert_is_problem(
        &client::send(shop.address, chunked.as_bytes()),
        413,
        "64 KiB",
    );
    let body = response(1);
    let lying = format!("{head}content-length: 5\r\n\r\n{body}");
    assert_is_problem(
        &client::send(shop.address, lying.as_bytes()),
        400,
        "not JSON",
    );
    assert_eq!(shop.folder.lines(), [""; 0]);
}

#[test]
fn too_many_or_too_large_headers_are_refused() {
    let shop = Shop::new();
    let many = (0..100)
        .map(|number| format!("x-{number}: 1\r\n"))
        .collect::<String>();
    let large = format!("x-large: {}\r\n", "x".repeat(16 * 1024));
    for headers in [many, large] {
        let bytes = format!("GET /healthz HTTP/1.1\r\nhost: shop\r\n{headers}\r\n");
        assert_eq!(client::send(shop.address, bytes.as_bytes()).status, 431);
    }
    assert_eq!(shop.gets("/healthz", &[]).status, 200);
}

#[test]
fn odd_json_is_answered_and_what_is_stored_can_be_read() {
    let shop = Shop::new();
    let odd = |field: &str, value: &str| {
        let event = response(1).to_string();
        format!("{},\"{field}\":{value}}}", event.strip_suffix('}').unwrap())
    };
    let bodies = [
        odd("big", "1e999"),
        odd("whole", "9223372036854775809"),
        odd("minus", "-0"),
        odd("surrogate", r#""\ud800""#),
        odd("nul", r#""\u0000""#),
        odd("separator", "\"\u{2028}\""),
        odd("score", "7"),
        format!("\u{feff}{}", response(1)),
    ];
    for body in bodies {
        let answer = shop.hears(&body);
        assert!(
            matches!(answer.status, 200 | 400 | 422),
            "{body}: {answer:?}"
        );
    }
    for line in shop.folder.lines() {
        serde_json::from_str::<Value>(&line).expect("a line that can be read");
    }
}
