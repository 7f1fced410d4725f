//! Bodies that lie about their length, their form, their text or their depth.

use crate::client;
use crate::refusals::{EVENTS, JSON, assert_is_problem};
use crate::shop::{Shop, response};
use flate2::Compression;
use flate2::write::GzEncoder;
use std::io::Write;
use std::sync::Barrier;
use std::thread;

const HEAD: &str = "POST /v1/sites/demo/events HTTP/1.1\r\nhost: shop\r\nconnection: close\r\n\
                    content-type: application/json\r\n";

#[test]
fn a_body_longer_than_it_says_or_without_an_end_is_not_taken_in() {
    let shop = Shop::new();
    let chunk = format!("4000\r\n{}\r\n", " ".repeat(0x4000));
    let chunked = format!(
        "{HEAD}transfer-encoding: chunked\r\n\r\n{}0\r\n\r\n",
        chunk.repeat(5)
    );
    let answer = client::send(shop.address, chunked.as_bytes());
    assert_is_problem(&answer, 413, "64 KiB");
    let lying = format!("{HEAD}content-length: 5\r\n\r\n{}", response(1));
    let answer = client::send(shop.address, lying.as_bytes());
    assert_is_problem(&answer, 400, "not JSON");
    assert_eq!(shop.folder.lines(), [""; 0]);
}

/// 64 KiB are the limit of a body.
#[test]
fn of_bodies_without_an_end_no_more_than_twice_the_limit_is_kept_each() {
    const AT_ONCE: u64 = 128;
    const SLACK: u64 = 8 << 20;
    let shop = Shop::new();
    assert_eq!(shop.hears(&response(1)).status, 200);
    let before = shop.most_memory();
    let chunk = format!("10000\r\n{}\r\n", " ".repeat(0x10000));
    let everybody_is_there = Barrier::new(AT_ONCE as usize);
    thread::scope(|scope| {
        for _ in 0..AT_ONCE {
            scope.spawn(|| {
                let mut stream = client::connect(shop.address);
                everybody_is_there.wait();
                let head = format!("{HEAD}transfer-encoding: chunked\r\n\r\n");
                stream.write_all(head.as_bytes()).expect("sent");
                // Until it is refused, or 4 MiB were taken.
                (0..64).all(|_| stream.write_all(chunk.as_bytes()).is_ok())
            });
        }
    });
    let grown = shop.most_memory() - before;
    assert!(
        grown < AT_ONCE * 2 * (64 << 10) + SLACK,
        "{grown} bytes more"
    );
    assert_eq!(shop.folder.lines().len(), 1);
}

#[test]
fn a_length_that_cannot_be_is_refused_before_anything_is_read() {
    let shop = Shop::new();
    let rows = [
        ("content-length: 10737418240\r\n\r\n", 413),
        ("content-length: 99999999999999999999\r\n\r\n", 400),
        ("content-length: -1\r\n\r\n", 400),
        ("content-length: 1e3\r\n\r\n", 400),
        ("content-length: 2\r\ncontent-length: 3\r\n\r\n{}", 400),
        (
            "transfer-encoding: chunked\r\n\r\nFFFFFFFFFFFFFFFFF\r\n",
            400,
        ),
        (
            "transfer-encoding: chunked\r\n\r\nfour\r\n{}{}\r\n0\r\n\r\n",
            400,
        ),
        ("transfer-encoding: gzip\r\n\r\n{}", 400),
    ];
    for (rest, status) in rows {
        let answer = client::send(shop.address, format!("{HEAD}{rest}").as_bytes());
        assert_eq!(answer.status, status, "{rest:?}: {answer:?}");
    }
    assert_eq!(shop.folder.lines(), [""; 0]);
}

#[test]
fn a_compressed_body_is_not_unpacked() {
    let shop = Shop::new();
    let mut gzip = GzEncoder::new(Vec::new(), Compression::best());
    gzip.write_all(&vec![b' '; 32 * 1024 * 1024]).unwrap();
    let bomb = gzip.finish().unwrap();
    assert!(bomb.len() < 64 * 1024, "{} bytes", bomb.len());
    for encoding in [
        "gzip",
        "br",
        "zstd",
        "deflate",
        "GZIP",
        "gzip, identity",
        "\u{b5}",
    ] {
        let headers = [JSON, ("content-encoding", encoding)];
        let answer = client::request(shop.address, "POST", EVENTS, &headers, &bomb);
        assert_is_problem(&answer, 415, "cannot be read");
    }
    // One that does not say so is no JSON.
    let answer = client::request(shop.address, "POST", EVENTS, &[JSON], &bomb);
    assert_is_problem(&answer, 400, "not JSON");
    assert_eq!(shop.folder.lines(), [""; 0]);
}

#[test]
fn bytes_that_are_no_text_are_no_json() {
    let shop = Shop::new();
    let event = response(1).to_string();
    let with = |bytes: &[u8]| {
        let (start, end) = event.split_once("/checkout").expect("a path");
        [start.as_bytes(), b"/", bytes, end.as_bytes()].concat()
    };
    let sixteen_bits: Vec<u8> = event.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let bodies = [
        with(b"\xff"),
        with(b"\x80"),
        // `/` in two bytes, a surrogate, and half a character.
        with(b"\xc0\xaf"),
        with(b"\xed\xa0\x80"),
        with(b"\xe2\x82"),
        with(b"\n"),
        with(b"\0"),
        [b"\xff\xfe", &sixteen_bits[..]].concat(),
        sixteen_bits,
        format!("\u{feff}{event}").into_bytes(),
        format!("{event}\0").into_bytes(),
        b"\0".repeat(1_000),
    ];
    for media_type in ["application/json", "application/x-ndjson", "text/plain"] {
        for body in &bodies {
            let headers = [("content-type", media_type)];
            let answer = client::request(shop.address, "POST", EVENTS, &headers, body);
            assert_is_problem(&answer, 400, "not JSON");
        }
    }
    assert_eq!(shop.folder.lines(), [""; 0]);
}

#[test]
fn what_nests_too_deep_is_not_read_and_what_is_read_can_be_read_again() {
    let shop = Shop::new();
    let nested = |open: &str, close: &str, depth| {
        let deep = open.repeat(depth) + "1" + &close.repeat(depth);
        let event = response(1).to_string();
        format!("{},\"deep\":{deep}}}", event.strip_suffix('}').unwrap())
    };
    for (open, close) in [("[", "]"), ("{\"a\":", "}")] {
        for depth in [128, 5_000] {
            let answer = shop.hears(&nested(open, close, depth));
            assert_is_problem(&answer, 400, "recursion limit");
        }
    }
    for bare in ["[".repeat(16_000), "{\"a\":".repeat(10_000)] {
        assert_is_problem(&shop.hears(&bare), 400, "recursion limit");
    }
    assert_eq!(shop.folder.lines(), [""; 0]);
    assert_eq!(shop.hears(&nested("[", "]", 120)).status, 200);
    let lines = shop.folder.lines();
    serde_json::from_str::<serde_json::Value>(&lines[0]).expect("a line that can be read");
}
