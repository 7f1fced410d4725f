//! How long the collector waits for somebody who does not go on.

use crate::client::{answer, connect};
use crate::shop::Shop;
use std::io::{Read, Write};
use std::thread;
use std::time::{Duration, Instant};

/// Sends this and waits until the collector ends the connection; gives how long that took.
fn until_ended(shop: &Shop, sent: &str) -> Duration {
    let mut stream = connect(shop.address);
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
    let body = "POST /v1/sites/demo/events HTTP/1.1\r\nhost: shop\r\nconnection: close\r\n\
                content-type: text/plain\r\ncontent-length: 100\r\n\r\n{\"type\":";
    thread::scope(|scope| {
        for (sent, patience) in [
            (String::new(), header),
            (half.to_owned(), header),
            // The first request is answered; then nothing more comes, or half of another.
            (whole.to_owned(), idle),
            (format!("{whole}{half}"), header),
        ] {
            let shop = &shop;
            scope.spawn(move || {
                let took = until_ended(shop, &sent);
                assert!(took >= patience, "`{sent}` is cut off after {took:?}");
            });
        }
        scope.spawn(|| {
            let mut stream = connect(shop.address);
            stream.write_all(body.as_bytes()).expect("sent");
            let answer = answer(&mut stream);
            assert_eq!(answer.status, 408);
            assert!(answer.text().contains("too long to arrive"), "{answer:?}");
        });
    });
}
