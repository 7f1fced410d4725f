//! The log: a line for each thing that happens, as text or JSON, and nothing about anybody.

use crate::client::answer;
use crate::shop::{Folder, response};
use crate::wait::until;
use serde_json::Value;
use socket2::{Domain, Socket, Type};
use std::io::Write;
use std::net::{SocketAddr, TcpStream};

/// The visitor's address, and what they send with everything they ask: none of it is anybody's business.
const VISITOR: &str = "127.83.19.6";
const MARK: &str = "Wickelkommode";

/// A connection from the visitor's address.
fn calls(address: SocketAddr) -> TcpStream {
    let socket = Socket::new(Domain::IPV4, Type::STREAM, None).expect("a socket");
    let from: SocketAddr = format!("{VISITOR}:0").parse().expect("an address");
    socket
        .bind(&from.into())
        .expect("an address of this machine");
    socket.connect(&address.into()).expect("a connection");
    socket.into()
}

fn sends(address: SocketAddr, method: &str, path: &str, body: &str) -> u16 {
    let mut stream = calls(address);
    let length = body.len();
    let head = format!(
        "{method} {path} HTTP/1.1\r\nhost: shop\r\nconnection: close\r\nuser-agent: {MARK}\r\n\
         referer: https://{MARK}.example/\r\nx-forwarded-for: 198.51.100.83\r\n\
         content-type: text/plain\r\ncontent-length: {length}\r\n\r\n{body}"
    );
    stream.write_all(head.as_bytes()).expect("sent");
    answer(&mut stream).status
}

/// What is said while all kinds of things happen.
fn talk(format: &str) -> Vec<String> {
    let folder = Folder::new();
    let shop = folder.opens_with(&["--log-format", format], &[("HARK_LOG", "trace")]);
    let address = shop.address;
    let mut event = response(1);
    event["answers"] = serde_json::json!({ "comment": MARK });
    let events = "/v1/sites/demo/events";
    assert_eq!(sends(address, "POST", events, &event.to_string()), 200);
    assert_eq!(
        sends(address, "POST", events, &format!("{{\"{MARK}\"")),
        400
    );
    assert_eq!(
        sends(address, "POST", &format!("/v1/sites/{MARK}/events"), "{}"),
        404
    );
    assert_eq!(sends(address, "GET", &format!("/{MARK}?{MARK}"), ""), 404);
    calls(address)
        .write_all(format!("{MARK}\r\n\r\n").as_bytes())
        .expect("sent");
    // HTTP/2 as well: its library would tell of every header.
    let mut stream = calls(address);
    stream
        .write_all(b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n")
        .expect("sent");
    stream.write_all(MARK.repeat(9).as_bytes()).expect("sent");
    let _ = std::io::Read::read_to_end(&mut stream, &mut Vec::new());
    shop.folder.write("surveys/recommend.toml", "metric = 7\n");
    until("it is read", || shop.has_said("recommend.toml:1:10: "));
    let (status, talk, _) = shop.closes();
    assert!(status.success());
    talk
}

fn assert_tells(talk: &[String], phrases: &[&str]) {
    for phrase in phrases {
        let lines = talk.iter().filter(|line| line.contains(phrase));
        assert_eq!(lines.count(), 1, "`{phrase}` in {talk:#?}");
    }
    let all = talk.join("\n");
    for secret in [MARK, VISITOR, "198.51.100.83", "019aa5f0"] {
        assert!(!all.contains(secret), "`{secret}` in {all}");
    }
}

const TOLD: [&str; 4] = [
    "surveys/recommend.toml:1:10: ",
    "surveys read anew: nothing changed: 5 surveys, 4 live",
    "no-such-path 1, not-http 1, not-json 1, unknown-site 1",
    "stopped: every accepted answer is stored",
];

#[test]
fn people_are_told_what_happens_and_nothing_about_anybody() {
    let talk = talk("text");
    assert_tells(&talk, &TOLD);
    assert_tells(&talk, &["listening on http://127.0.0.1:"]);
}

#[test]
fn programs_are_told_the_same_in_one_object_a_line() {
    let talk = talk("json");
    assert_tells(&talk, &TOLD);
    let lines = talk
        .iter()
        .map(|line| serde_json::from_str(line).expect(line));
    let lines: Vec<Value> = lines.collect();
    let started = &lines[0];
    let message = started["message"].as_str().expect("a message");
    assert!(
        message.starts_with("listening on http://127.0.0.1:"),
        "{started}"
    );
    assert_eq!(
        (&started["sites"], &started["level"]),
        (&"demo".into(), &"INFO".into())
    );
    assert!(
        started["set"]
            .as_str()
            .expect("text")
            .contains("log_format json (--log-format)")
    );
    assert!(
        lines.iter().all(|line| line["timestamp"].is_string()),
        "{lines:?}"
    );
}
