//! How long the collector waits for somebody who does not go on.

use crate::client::{answer, connect};
use crate::shop::Shop;
use std::io::{Read, Write};
use std::thread;

#[test]
fn a_silent_client_half_a_header_and_half_a_body_are_not_waited_for_for_ever() {
    let shop = Shop::new();
    let ends = |sent: &'static str| {
        let mut stream = connect(shop.address);
        stream.write_all(sent.as_bytes()).expect("sent");
        let mut received = Vec::new();
        let ended = stream.read_to_end(&mut received);
        assert!(ended.is_ok(), "`{sent}` is waited for: {ended:?}");
    };
    let body = "POST /v1/sites/demo/events HTTP/1.1\r\nhost: shop\r\nconnection: close\r\n\
                content-type: text/plain\r\ncontent-length: 100\r\n\r\n{\"type\":";
    thread::scope(|scope| {
        scope.spawn(|| ends(""));
        scope.spawn(|| ends("GET /healthz HT"));
        // The first request is answered; then nothing more comes.
        scope.spawn(|| ends("GET /healthz HTTP/1.1\r\nhost: shop\r\n\r\n"));
        scope.spawn(|| {
            let mut stream = connect(shop.address);
            stream.write_all(body.as_bytes()).expect("sent");
            let answer = answer(&mut stream);
            assert_eq!(answer.status, 408);
            assert!(answer.text().contains("too long to arrive"), "{answer:?}");
        });
    });
}
