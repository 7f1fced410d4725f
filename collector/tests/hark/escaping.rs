//! Whatever is stored or asked for stands in pages of the dashboard as text, and never as markup.

use crate::shop::{Folder, Shop};
use serde_json::{Value, json};

/// What would be an element if it were not escaped; each place has a number of its own.
fn hostile(place: &str) -> String {
    format!("\"'><img src=x onerror=alert({place})>&lt;b")
}

/// What it must look like instead, wherever it is shown.
fn escaped(place: &str) -> String {
    format!("&lt;img src=x onerror=alert({place})&gt;&amp;lt;b")
}

/// Lines of which every text is hostile, as no collector would write them.
fn lines() -> Vec<Value> {
    let now = jiff::Timestamp::now();
    let line = |number: i64| {
        let moment = now - jiff::SignedDuration::from_mins(30 + number);
        let is_odd = number % 2 == 1;
        let or = |text: &str, place: &str| match is_odd {
            true => hostile(place),
            false => text.to_owned(),
        };
        json!({
            "type": "response", "id": format!("019aa5f0-4500-7000-8000-{number:012x}"), "seq": 1,
            "survey": hostile("1"), "metric": "nps", "wording": "standard", "site": "demo",
            "score": if is_odd { 1 } else { 9 }, "complete": true,
            "answers": {"comment": format!("{} number {number}", hostile("2")), "choice": hostile("3")},
            "trigger": or("load", "4"), "signal": or("pointer", "5"),
            "page": {"path": or("/checkout", "6")}, "device": or("mobile", "7"),
            "language": or("en", "8"), "channel": or("web", "9"),
            "attributes": {"coupon": or("none", "10"), hostile("11"): or("none", "12")},
            "at": moment.to_string(), "received_at": moment.to_string(), "automated": false,
        })
    };
    (0..80).map(line).collect()
}

fn shop() -> Shop {
    let folder = Folder::new();
    let text: String = lines().iter().map(|line| format!("{line}\n")).collect();
    let day = jiff::Timestamp::now().to_string()[..10].to_owned();
    folder.write(&format!("data/events/date={day}/000001.jsonl"), text);
    folder.opens(&[])
}

/// As a path or a query has it.
fn encoded(text: &str) -> String {
    text.bytes().map(|byte| format!("%{byte:02x}")).collect()
}

#[test]
fn what_is_stored_is_shown_as_text() {
    let shop = shop();
    let survey = format!("/dashboard/surveys/{}", encoded(&hostile("1")));
    let splits = [
        ("", ["1", "2"]),
        ("trigger", ["1", "4"]),
        ("signal", ["1", "5"]),
        ("page", ["1", "6"]),
        ("device", ["1", "7"]),
        ("language", ["1", "8"]),
        ("channel", ["1", "9"]),
        ("coupon", ["1", "10"]),
    ];
    for (by, shown) in splits {
        let page = shop.gets(&format!("{survey}?since=30d&by={by}"), &[]);
        assert_eq!(page.status, 200, "{by}: {page:?}");
        let text = page.text();
        assert!(!text.contains("<img src=x"), "by {by}: {text}");
        for place in shown {
            assert!(text.contains(&escaped(place)), "{place} by {by}: {text}");
        }
    }
    let overview = shop.gets("/dashboard?since=30d", &[]).text();
    assert!(!overview.contains("<img src=x"), "{overview}");
    assert!(overview.contains(&escaped("1")), "{overview}");
}

#[test]
fn what_is_asked_for_is_shown_as_text() {
    let shop = shop();
    let bad = encoded(&hostile("20"));
    let addresses = [
        format!("/dashboard?site={bad}"),
        format!("/dashboard?since={bad}"),
        format!("/dashboard?until={bad}"),
        format!("/dashboard?by={bad}"),
        format!("/dashboard?{bad}={bad}"),
        format!("/dashboard/surveys/{bad}"),
        format!("/dashboard/surveys/{}?by={bad}", encoded(&hostile("1"))),
        format!("/dashboard/{bad}"),
        format!("/dashboard/sign-in?next={bad}"),
        format!("/dashboard/sign-in?{bad}&lost={bad}&out={bad}"),
    ];
    let mut echoes = 0;
    for address in addresses {
        let page = shop.gets(&address, &[("accept", "text/html")]);
        let is_page = page.header("content-type").starts_with("text/html");
        let text = page.text();
        assert!(
            !is_page || !text.contains("<img src=x"),
            "{address}: {text}"
        );
        assert_eq!(
            page.header("x-content-type-options"),
            "nosniff",
            "{address}"
        );
        echoes += usize::from(text.contains(&escaped("20")));
    }
    assert!(echoes >= 2, "some pages say what they were asked for");
}
