//! How much one address may ask for, and how many connections there may be.

use crate::client::{self, Answer, connect};
use crate::refusals::{EVENTS, JSON, assert_is_problem};
use crate::shop::{Folder, SETTINGS, Shop, response};
use serde_json::json;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::{Duration, Instant};

/// As a proxy on this machine says whom it speaks for.
const fn from(address: &str) -> (&str, &str) {
    ("x-forwarded-for", address)
}

/// Sends single events as somebody until one is refused; gives how many were not, and the refusal.
fn sends_until_refused(shop: &Shop, first: u32, address: (&str, &str)) -> (u32, Answer) {
    for number in first.. {
        let body = response(number).to_string();
        let headers = [JSON, address];
        let answer = client::request(shop.address, "POST", EVENTS, &headers, body.as_bytes());
        if answer.status != 200 {
            return (number - first, answer);
        }
        assert!(number < first + 10_000, "nobody is ever refused");
    }
    unreachable!("there is always a next number")
}

fn assert_is_too_fast(answer: &Answer) {
    assert_is_problem(answer, 429, "too many requests from this address");
    let wait: u64 = answer.header("retry-after").parse().expect("seconds");
    assert!((1..=200).contains(&wait), "{wait}");
    assert_eq!(
        answer.header("access-control-expose-headers"),
        "Retry-After"
    );
}

/// Asks until the status is another one.
fn until_not(status: u16, ask: impl Fn() -> Answer) -> Answer {
    let began = Instant::now();
    loop {
        let answer = ask();
        if answer.status != status {
            return answer;
        }
        assert!(began.elapsed() < Duration::from_secs(60), "{answer:?}");
    }
}

#[test]
fn an_address_that_asks_too_often_waits_and_no_other_does() {
    let shop = Folder::new().opens(&["--requests-per-second", "1"]);
    let busy = from("203.0.113.9, 198.51.100.7");
    let began = Instant::now();
    let (passed, refused) = sends_until_refused(&shop, 0, busy);
    let most = 101 + began.elapsed().as_secs();
    assert!((100..=most).contains(&u64::from(passed)), "{passed}");
    assert_is_too_fast(&refused);
    assert_eq!(shop.folder.lines().len(), passed as usize);

    let surveys = "/v1/sites/demo/surveys";
    for other in ["198.51.100.8", "203.0.113.9", "2001:db8::7", "127.0.0.1"] {
        assert_eq!(shop.gets(surveys, &[from(other)]).status, 200, "{other}");
    }
    assert_eq!(
        shop.gets(surveys, &[]).status,
        200,
        "a proxy that names nobody"
    );
    for path in ["/healthz", "/readyz", "/metrics"] {
        assert_eq!(shop.gets(path, &[busy]).status, 200, "{path}");
    }
    let metrics = shop.gets("/metrics", &[]).text();
    let counted = "hark_http_refusals_total{reason=\"too-many-requests\"} 1\n";
    assert!(metrics.contains(counted), "{metrics}");
    let answer = until_not(429, || shop.gets(surveys, &[busy]));
    assert_eq!(answer.status, 200, "whoever waits is let in again");
}

#[test]
fn every_event_of_a_request_counts_and_a_refused_one_stores_none() {
    let shop = Folder::new().opens(&["--requests-per-second", "1"]);
    let events = |first: u32| {
        let events: Vec<_> = (first..first + 100).map(response).collect();
        json!(events).to_string()
    };
    let sends = |body: &str, address| {
        client::request(
            shop.address,
            "POST",
            EVENTS,
            &[JSON, from(address)],
            body.as_bytes(),
        )
    };
    assert_eq!(
        sends(&events(0), "198.51.100.7").status,
        200,
        "a full request passes"
    );
    assert_eq!(
        sends(&response(500).to_string(), "198.51.100.8").status,
        200
    );
    assert_is_too_fast(&sends(&events(1_000), "198.51.100.7"));
    assert_eq!(shop.folder.lines().len(), 101);
}

#[test]
fn nobody_but_a_trusted_proxy_says_whom_a_request_is_from() {
    let folder = Folder::new();
    let trusted = "requests_per_second = 1\ntrusted_proxies = [\"10.0.0.0/8\"]\n";
    folder.write("hark.toml", format!("{trusted}{SETTINGS}"));
    let shop = folder.opens(&[]);
    let surveys = |number: u32| {
        let claimed = format!("198.51.100.{number}");
        shop.gets("/v1/sites/demo/surveys", &[from(&claimed)])
    };
    let answers: Vec<Answer> = (0..200).map(surveys).collect();
    assert!(answers[..100].iter().all(|answer| answer.status == 200));
    assert_is_too_fast(
        answers
            .iter()
            .find(|answer| answer.status != 200)
            .expect("a refusal"),
    );
    let (_, talk, _) = shop.closes();
    let said: Vec<_> = talk
        .iter()
        .filter(|line| line.contains("name it in `trusted_proxies`"))
        .collect();
    assert_eq!(said.len(), 1, "it is said once: {talk:?}");
    assert!(said[0].contains("`x-forwarded-for`"), "{said:?}");
}

#[test]
fn the_forwarded_header_counts_where_it_is_named() {
    let shop = Folder::new().opens(&[
        "--requests-per-second",
        "1",
        "--proxy-header",
        "forwarded",
        "--trusted-proxies",
        "::1, 127.0.0.1",
    ]);
    let busy = ("forwarded", "for=\"[2001:db8::7]:4711\";proto=https");
    let (passed, refused) = sends_until_refused(&shop, 0, busy);
    assert!(passed >= 100, "{passed}");
    assert_is_too_fast(&refused);
    let neighbour = ("forwarded", "for=\"[2001:db8::ffff]\"");
    let (passed, _) = sends_until_refused(&shop, 5_000, neighbour);
    assert!(passed < 100, "{passed} although its network was refused");
    let other = ("forwarded", "for=\"[2001:db8:0:1::7]\"");
    assert_eq!(shop.gets("/v1/sites/demo/surveys", &[other]).status, 200);
}

/// A connection that has asked once, and stays open.
fn stays(shop: &Shop) -> TcpStream {
    let mut stream = connect(shop.address);
    let request = "GET /v1/sites/demo/surveys HTTP/1.1\r\nhost: shop\r\n\r\n";
    stream.write_all(request.as_bytes()).expect("sent");
    let mut status = [0; 12];
    stream.read_exact(&mut status).expect("an answer");
    assert_eq!(&status, b"HTTP/1.1 200");
    stream
}

fn assert_is_crowded(shop: &Shop, phrase: &str) {
    let held = [stays(shop), stays(shop)];
    let surveys = "/v1/sites/demo/surveys";
    // Without `connection: close`: it is the collector that ends it.
    let request = format!("GET {surveys} HTTP/1.1\r\nhost: shop\r\n\r\n");
    let answer = client::send(shop.address, request.as_bytes());
    assert_is_problem(&answer, 503, phrase);
    assert_eq!(answer.header("retry-after"), "5");
    assert_eq!(answer.header("connection"), "close");
    assert_eq!(shop.gets("/healthz", &[]).status, 200, "it is not down");
    drop(held);
    let answer = until_not(503, || shop.gets(surveys, &[]));
    assert_eq!(answer.status, 200, "there is room again");
}

#[test]
fn when_all_connections_are_taken_the_next_is_told_so() {
    let shop = Folder::new().opens(&["--connections", "2"]);
    assert_is_crowded(&shop, "too many connections are open at once");
}

#[test]
fn one_address_does_not_get_all_connections() {
    let untrusted = [
        "--trusted-proxies",
        "10.0.0.1",
        "--connections-per-address",
        "2",
    ];
    let shop = Folder::new().opens(&untrusted);
    assert_is_crowded(&shop, "too many connections are open from this address");
    let metrics = shop.gets("/metrics", &[]).text();
    let counted = "hark_http_refusals_total{reason=\"too-many-connections\"} 0\n";
    assert!(!metrics.contains(counted), "{metrics}");
}
