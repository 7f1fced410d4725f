//! How long the collector waits for somebody who does not go on.

use crate::client::{answer, connect};
use crate::shop::Shop;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::ops::RangeInclusive;
use std::thread;
use std::time::{Duration, Instant};

/// Longer than anything may take here, so that a collector that waits too long is told by its time.
const OURS: Duration = Duration::from_secs(120);

/// A connection on which we wait longer than the collector may.
fn patient(shop: &Shop) -> TcpStream {
    let stream = connect(shop.address);
    stream.set_read_timeout(Some(OURS)).expect("a time-out");
    stream
}

/// It waits as long as it says, and not much longer; a busy machine may take its time.
fn assert_is_about(took: Duration, patience: RangeInclusive<Duration>, sent: &str) {
    assert!(
        took >= *patience.start(),
        "`{sent}` is cut off after {took:?}"
    );
    assert!(
        took <= 3 * *patience.end(),
        "`{sent}` is waited for {took:?}"
    );
}

/// Sends this and waits until the collector ends the connection; gives how long that took.
fn until_ended(shop: &Shop, sent: &str) -> Duration {
    until_ended_on(patient(shop), sent)
}

fn until_ended_on(mut stream: TcpStream, sent: &str) -> Duration {
    let began = Instant::now();
    stream.write_all(sent.as_bytes()).expect("sent");
    let mut received = Vec::new();
    let ended = stream.read_to_end(&mut received);
    assert!(ended.is_ok(), "`{sent}` is waited for: {ended:?}");
    began.elapsed()
}

#[test]
fn a_silent_client_half_a_header_and_half_a_body_are_not_waited_for_for_ever() {
    let shop = Shop::new();
    let whole = "GET /healthz HTTP/1.1\r\nhost: shop\r\n\r\n";
    let half = "GET /healthz HT";
    let (header, idle) = (Duration::from_secs(5), Duration::from_secs(15));
    let whole_body = Duration::from_secs(5);
    let body = "POST /v1/sites/demo/events HTTP/1.1\r\nhost: shop\r\nconnection: close\r\n\
                content-type: text/plain\r\ncontent-length: 100\r\n\r\n{\"type\":";
    thread::scope(|scope| {
        for (sent, patience) in [
            (String::new(), header..=header),
            (half.to_owned(), header..=header),
            // The first request is answered; then nothing more comes, or half of another, which came along
            // with the first.
            (whole.to_owned(), idle..=idle),
            (format!("{whole}{half}"), header..=idle),
        ] {
            let shop = &shop;
            scope.spawn(move || {
                assert_is_about(until_ended(shop, &sent), patience, &sent);
            });
        }
        scope.spawn(|| {
            let mut stream = patient(&shop);
            stream.write_all(whole.as_bytes()).expect("sent");
            let mut first = [0; 1_024];
            let length = stream.read(&mut first).expect("an answer");
            assert!(first[..length].starts_with(b"HTTP/1.1 200"));
            // Half of another, after the answer.
            let took = until_ended_on(stream, half);
            assert_is_about(took, header..=header, half);
        });
        scope.spawn(|| {
            let mut stream = patient(&shop);
            let began = Instant::now();
            stream.write_all(body.as_bytes()).expect("sent");
            let answer = answer(&mut stream);
            assert_is_about(began.elapsed(), whole_body..=whole_body, body);
            assert_eq!(answer.status, 408);
            assert!(answer.text().contains("too long to arrive"), "{answer:?}");
        });
    });
}
