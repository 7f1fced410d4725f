//! Of addresses and user agents nothing is left: not on disk, not in the log.

use crate::client;
use crate::refusals::EVENTS;
use crate::shop::{Folder, response};
use serde_json::json;
use std::fs;
use std::path::{Path, PathBuf};

/// What must not be found, each in a form that stands nowhere else.
const TELLTALE: [&str; 6] = [
    "203.0.113.77",
    "2001:db8:dead:beef",
    "198.51.100.99",
    "127.3.7.9",
    "OddAgent/77.7",
    "odd-referrer.example",
];

#[test]
fn of_an_address_or_user_agent_nothing_is_left() {
    let shop = Folder::new().opens_with(&["--requests-per-second", "1"], &[("HARK_LOG", "trace")]);
    let good = |number| response(number).to_string();
    let many: Vec<_> = (200..300).map(response).collect();
    let many = vec![json!(many).to_string(); 6];
    let bodies = (0..30).map(good).chain(many);
    let bodies = bodies.chain(["no JSON".to_owned(), "{}".to_owned()]);
    for (number, body) in bodies.enumerate() {
        let forwarded = [
            "203.0.113.77",
            "2001:db8:dead:beef::1, 198.51.100.99",
            "odd",
        ][number % 3];
        let headers = [
            ("content-type", "text/plain"),
            ("x-forwarded-for", forwarded),
            ("forwarded", "for=203.0.113.77"),
            ("user-agent", "OddAgent/77.7 (private)"),
            ("referer", "https://odd-referrer.example/?mail=1"),
        ];
        let path = if number % 10 == 9 {
            "/odd/path"
        } else {
            EVENTS
        };
        client::request_from(
            "127.3.7.9",
            shop.address,
            "POST",
            path,
            &headers,
            body.as_bytes(),
        );
    }
    for bytes in [
        "OddAgent/77.7 is no HTTP\r\n\r\n".to_owned(),
        format!(
            "GET / HTTP/1.1\r\nuser-agent: OddAgent/77.7 {}\r\n\r\n",
            "x".repeat(9_000)
        ),
    ] {
        client::send(shop.address, bytes.as_bytes());
    }
    let metrics = shop.gets("/metrics", &[]).text();
    let limited = "hark_http_refusals_total{reason=\"too-many-requests\"} ";
    assert!(metrics.contains(limited), "{metrics}");
    assert!(!metrics.contains(&format!("{limited}0\n")), "{metrics}");
    let (_, talk, folder) = shop.closes();
    assert!(!folder.lines().is_empty());
    for telltale in TELLTALE {
        assert!(
            !metrics.contains(telltale),
            "`{telltale}` is in the metrics"
        );
        let said = talk.iter().find(|line| line.contains(telltale));
        assert_eq!(said, None, "`{telltale}` is in the log");
    }
    let files = files(&folder.path("data"));
    assert!(files.len() >= 2, "{files:?}");
    for file in files {
        let bytes = fs::read(&file).expect("a file");
        let text = String::from_utf8_lossy(&bytes);
        let found = TELLTALE.iter().find(|telltale| text.contains(**telltale));
        assert_eq!(found, None, "in {}", file.display());
    }
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).expect("a folder");
    let paths = entries.map(|entry| entry.expect("an entry").path());
    paths
        .flat_map(|path| {
            if path.is_dir() {
                files(&path)
            } else {
                vec![path]
            }
        })
        .collect()
}
