//! What was acknowledged is there, whatever happens to the process.

use crate::shop::{Folder, Shop, response};
use std::fs::OpenOptions;
use std::io::Write;
use std::sync::atomic::{AtomicU32, Ordering};
use std::{fs, thread};

#[test]
fn a_kill_under_load_loses_nothing_acknowledged_and_every_repetition_is_recognised() {
    let mut folder = Folder::new();
    let next = AtomicU32::new(0);
    for _ in 0..3 {
        let before = folder.lines().len();
        let shop = folder.opens(&[]);
        let address = shop.address;
        // Visitors come until the collector is gone; each gives the numbers it was thanked for.
        let (left, thanked) = thread::scope(|scope| {
            let visitors: Vec<_> = (0..8)
                .map(|_| scope.spawn(|| visits_until_the_end(address, &next)))
                .collect();
            while shop.folder.lines().len() < before + 50 {
                thread::yield_now();
            }
            let left = shop.dies();
            let thanked = visitors
                .into_iter()
                .flat_map(|visitor| visitor.join().expect("a visitor"));
            (left, thanked.collect::<Vec<u32>>())
        });
        assert!(
            thanked.len() >= 20,
            "too few were thanked: {}",
            thanked.len()
        );
        let shop = left.opens(&[]);
        for number in thanked {
            assert_eq!(
                shop.hears(&response(number)).json()["duplicates"],
                1,
                "{number} is lost"
            );
        }
        folder = shop.dies();
    }
    let mut lines = folder.lines();
    let all = lines.len();
    lines.sort();
    lines.dedup_by_key(|line| {
        serde_json::from_str::<serde_json::Value>(line).expect("a line")["id"].take()
    });
    assert_eq!(lines.len(), all, "a line is there twice");
}

fn visits_until_the_end(address: std::net::SocketAddr, next: &AtomicU32) -> Vec<u32> {
    let mut thanked = Vec::new();
    loop {
        let number = next.fetch_add(1, Ordering::Relaxed);
        let body = response(number).to_string();
        if !is_thanked(address, &body) {
            return thanked;
        }
        thanked.push(number);
    }
}

/// Whether a `200` came back; a collector that was killed answers nothing.
fn is_thanked(address: std::net::SocketAddr, body: &str) -> bool {
    use std::io::Read;
    let length = body.len();
    let request = format!(
        "POST /v1/sites/demo/events HTTP/1.1\r\nhost: shop\r\nconnection: close\r\n\
         content-type: text/plain\r\ncontent-length: {length}\r\n\r\n{body}"
    );
    let mut answer = String::new();
    let sent = std::net::TcpStream::connect(address).and_then(|mut stream| {
        stream.write_all(request.as_bytes())?;
        stream.read_to_string(&mut answer)
    });
    sent.is_ok() && answer.starts_with("HTTP/1.1 200")
}

#[test]
fn a_torn_tail_is_set_aside_and_the_next_answer_has_a_line_of_its_own() {
    let shop = Shop::new();
    assert_eq!(shop.hears(&response(1)).status, 200);
    let folder = shop.dies();
    let segment = folder.segments().remove(0);
    let mut file = OpenOptions::new()
        .append(true)
        .open(&segment)
        .expect("a segment");
    file.write_all(b"{\"type\":\"response\",\"id\":\"019a")
        .expect("torn");
    let shop = folder.opens(&[]);
    assert_eq!(shop.hears(&response(2)).json()["accepted"], 1);
    assert_eq!(shop.hears(&response(1)).json()["duplicates"], 1);
    let (_, talk, folder) = shop.closes();
    assert!(
        talk.iter()
            .any(|line| line.contains("29 bytes") && line.contains(".torn")),
        "{talk:?}"
    );
    let torn = folder.torn();
    assert_eq!(torn, [segment.with_extension("jsonl.torn")]);
    assert_eq!(
        fs::read(&torn[0]).expect("the tail"),
        b"{\"type\":\"response\",\"id\":\"019a"
    );
    assert_eq!(folder.lines().len(), 2);
    assert_eq!(
        folder.segments().len(),
        2,
        "a start begins a segment of its own"
    );
}

#[test]
fn a_collector_told_to_stop_answers_what_it_has_taken_and_ends_well() {
    let shop = Shop::new();
    let address = shop.address;
    let next = AtomicU32::new(0);
    thread::scope(|scope| {
        let visitors: Vec<_> = (0..8)
            .map(|_| scope.spawn(|| visits_until_the_end(address, &next)))
            .collect();
        while shop.folder.lines().len() < 50 {
            thread::yield_now();
        }
        let (status, talk, folder) = shop.closes();
        assert_eq!(status.code(), Some(0), "{talk:?}");
        assert_eq!(
            talk.last().map(String::as_str),
            Some("stopped: every accepted answer is stored")
        );
        let thanked: usize = visitors
            .into_iter()
            .map(|visitor| visitor.join().expect("a visitor").len())
            .sum();
        assert_eq!(
            folder.lines().len(),
            thanked,
            "stored is what was acknowledged"
        );
    });
}

#[test]
fn a_second_collector_on_the_same_folder_leaves_at_once() {
    let shop = Shop::new();
    let (code, _, talk) = shop.folder.runs(&["serve", "--assets", "dist"]);
    assert_eq!(code, Some(75), "{talk}");
    assert!(
        talk.contains("another hark already writes to the data folder `data`"),
        "{talk}"
    );
    assert_eq!(
        shop.hears(&response(1)).status,
        200,
        "the first is unharmed"
    );
}
