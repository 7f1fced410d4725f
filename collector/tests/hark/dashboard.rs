//! The dashboard as HTTP: what is answered, kept and let go. What it looks like is tried in browsers.

use crate::client;
use crate::shop::{Folder, Shop, response};
use crate::wait::until;
use serde_json::json;
use std::collections::BTreeSet;
use std::io::{BufRead, BufReader, Write};
use std::time::{Duration, Instant};

/// Answers enough for a figure.
fn shop_with_answers() -> Shop {
    let shop = Shop::new();
    for number in 0..40 {
        assert_eq!(shop.hears(&response(number)).status, 200);
    }
    shop
}

#[test]
fn pages_allow_nothing_but_what_the_collector_serves() {
    let shop = shop_with_answers();
    for path in [
        "/dashboard",
        "/dashboard?since=yesterday",
        "/dashboard/surveys/unheard",
        "/dashboard/style.css",
    ] {
        let answer = shop.gets(path, &[]);
        let policy = answer.header("content-security-policy");
        assert!(
            policy.starts_with("default-src 'none'; style-src 'self'"),
            "{path}: {policy}"
        );
        assert!(!policy.contains("unsafe"), "{policy}");
        assert_eq!(answer.header("x-content-type-options"), "nosniff", "{path}");
        let text = answer.text();
        if path != "/dashboard/style.css" {
            assert_eq!(answer.header("cache-control"), "no-store", "{path}");
            for inline in [" style=", "<style", " onclick", "<script>"] {
                assert!(!text.contains(inline), "{inline} in {path}");
            }
        }
    }
}

#[test]
fn style_and_script_are_kept_for_ever_under_the_address_of_what_is_in_them() {
    let shop = Shop::new();
    let page = shop.gets("/dashboard", &[]).text();
    for (before, kind) in [
        ("href=\"", "/dashboard/style.css?"),
        ("src=\"", "/dashboard/live.js?"),
    ] {
        let (_, rest) = page.split_once(&format!("{before}{kind}")).expect(kind);
        let version = rest.split('"').next().unwrap_or_default();
        let hashed = shop.gets(&format!("{kind}{version}"), &[]);
        assert_eq!(
            hashed.header("cache-control"),
            "public, max-age=31536000, immutable"
        );
        let plain = shop.gets(kind.trim_end_matches('?'), &[]);
        assert_eq!(plain.header("cache-control"), "no-cache");
        let tag = plain.header("etag");
        let again = shop.gets(kind.trim_end_matches('?'), &[("if-none-match", &tag)]);
        assert_eq!(again.status, 304);
    }
}

#[test]
fn a_wrong_value_and_an_unknown_survey_have_their_status() {
    let shop = shop_with_answers();
    for (path, status) in [
        ("/dashboard", 200),
        ("/dashboard?since=30d&by=device&nonsense=1", 200),
        ("/dashboard?since=", 200),
        ("/dashboard?since=yesterday", 400),
        ("/dashboard?since=1d&until=2d", 400),
        ("/dashboard?since=%ff%fe", 400),
        ("/dashboard/surveys/unheard", 404),
        ("/dashboard/surveys/", 404),
        ("/dashboard/nothing/here", 404),
        ("/dashboard/", 308),
    ] {
        assert_eq!(shop.gets(path, &[]).status, status, "{path}");
    }
}

/// One survey on two sites, which has measured something else since yesterday.
fn shop_whose_metric_changed() -> Shop {
    let now = jiff::Timestamp::now();
    let line = |number: u32| {
        let moment = now - jiff::SignedDuration::from_mins(40 * i64::from(number));
        let (metric, score) = if number.is_multiple_of(2) {
            ("nps", 3)
        } else {
            ("csat", 2)
        };
        let mut line = response(number);
        line["survey"] = json!("recommend");
        line["site"] = json!(if number % 4 < 2 { "demo" } else { "other" });
        (line["metric"], line["wording"]) = (json!(metric), json!("standard"));
        line["score"] = json!(score);
        line["answers"] =
            json!({"comment": format!("Delivery took {number} days, delivery is slow")});
        (line["at"], line["received_at"]) = (json!(moment), json!(moment));
        line
    };
    let text: String = (0..160)
        .map(|number| format!("{}\n", line(number)))
        .collect();
    let folder = Folder::new();
    folder.write("data/events/date=2026-11-21/000001.jsonl", text);
    folder.opens(&[])
}

#[test]
fn every_id_of_a_page_is_there_once() {
    let shop = shop_whose_metric_changed();
    for (path, expected) in [
        ("/dashboard?since=30d", "id=\"card-recommend-"),
        ("/dashboard/surveys/recommend?since=30d", "id=\"theme-"),
    ] {
        let text = shop.gets(path, &[]).text();
        assert!(text.matches(expected).count() >= 4, "{path}");
        let mut known = BTreeSet::new();
        for rest in text.split(" id=\"").skip(1) {
            let id = rest.split('"').next().unwrap_or_default();
            assert!(known.insert(id), "{id} twice on {path}");
        }
    }
}

#[test]
fn where_it_differs_says_no_more_than_the_answers_can_show() {
    // So many answers, every other one from a desk with scores from this one on; those of phones are 5 to 7.
    let rows = [
        (6, 1, "Too few answered to hold a device"),
        (60, 5, "by as much as these answers could show"),
        (60, 1, "device desktop</a>"),
    ];
    for (answers, least, said) in rows {
        let shop = Shop::new();
        for number in 0..answers {
            let is_desk = number % 2 == 0;
            let mut answer = response(number);
            answer["device"] = json!(if is_desk { "desktop" } else { "mobile" });
            answer["score"] = json!(number / 2 % 3 + if is_desk { least } else { 5 });
            assert_eq!(shop.hears(&answer).status, 200);
        }
        let page = shop.gets("/dashboard/surveys/checkout-effort", &[]).text();
        let (_, found) = page.split_once("Where it differs").expect(&page);
        let (found, _) = found.split_once("<h2>").unwrap_or((found, ""));
        assert!(found.contains(said), "{said} in {found}");
    }
}

#[test]
fn who_listens_hears_of_an_answer_and_is_let_go_when_the_collector_stops() {
    let shop = shop_with_answers();
    let mut stream = client::connect(shop.address);
    write!(
        stream,
        "GET /dashboard/live HTTP/1.1\r\nhost: localhost\r\n\r\n"
    )
    .expect("asked");
    let mut lines = BufReader::new(stream).lines();
    let mut next = |wanted: &str| {
        let found = lines.by_ref().map(|line| line.expect("a line"));
        found
            .into_iter()
            .find(|line| line.contains(wanted))
            .expect(wanted)
    };
    next("text/event-stream");
    next("data: {}");
    assert_eq!(shop.hears(&response(900)).status, 200);
    let told = next("age_ms");
    assert!(told.starts_with("data: {\"age_ms\":"), "{told}");
    let began = Instant::now();
    let (status, ..) = shop.closes();
    assert!(status.success());
    assert!(
        began.elapsed() < Duration::from_secs(5),
        "{:?}",
        began.elapsed()
    );
    assert!(lines.all(|line| line.is_ok()), "an end, not a cut");
}

/// A collector that starts on many plain segments packs one after the other, and whoever looks meanwhile is told
/// the same as ever.
#[test]
fn pages_are_answered_while_segments_are_packed() {
    let folder = Folder::new();
    // Numbers that no line can have, so that each segment is large enough to be kept and packed.
    let segments = 24;
    let lines = 1_200;
    for segment in 0..segments {
        let line = |number: u32| {
            let mut line = response(number);
            line["id"] = json!(format!("019aa5f0-4500-7000-8000-{number:012x}"));
            line["received_at"] = json!("2026-11-21T12:00:00.000Z");
            line["automated"] = json!(false);
            line["metric"] = json!("ces");
            format!("{line}\n")
        };
        let text: String = (segment * lines..(segment + 1) * lines).map(line).collect();
        let path = format!("data/events/date=2026-11-21/{segment:06}.jsonl");
        folder.write(&path, text);
    }
    let shop = folder.opens(&[]);
    let packed = || {
        let files = std::fs::read_dir(shop.folder.path("data/events/date=2026-11-21"));
        let files = files.expect("a day").flatten();
        files
            .filter(|file| {
                file.path()
                    .extension()
                    .is_some_and(|ending| ending == "zst")
            })
            .count()
    };
    let total = segments * lines;
    let mut asked = 0;
    until("all but the newest to be packed", || {
        asked += 1;
        // Each is another question, so that it is read anew; reports that are made beside it tidy up.
        let page = shop.gets(&format!("/dashboard?since={asked}000d"), &[]);
        assert_eq!(page.status, 200, "{}", page.text());
        let (code, json, talk) = shop
            .folder
            .runs(&["report", "--no-comments", "--format", "json"]);
        assert_eq!(code, Some(0), "{talk}");
        let report: serde_json::Value = serde_json::from_str(&json).expect("JSON");
        assert_eq!(report["lines"]["read"], total, "after {asked} looks");
        packed() + 1 >= segments as usize
    });
}

#[test]
fn what_cannot_be_read_is_said_and_the_log_says_why() {
    let shop = Shop::new();
    let path = "data/events/date=2026-01-01/000000.jsonl.zst";
    shop.folder.write(path, "no zstd");
    let answer = shop.gets("/dashboard", &[]);
    assert_eq!(answer.status, 500);
    assert!(answer.text().contains("The answers cannot be read"));
    until("the log says why", || {
        shop.has_said("the dashboard cannot read the journal")
    });
}
