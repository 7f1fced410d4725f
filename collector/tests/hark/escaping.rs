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

/// Of the line with this number.
fn id(number: i64) -> String {
    format!("019aa5f0-4500-7000-8000-{number:012x}")
}

/// When it was said.
fn moment(number: i64) -> String {
    let ago = jiff::SignedDuration::from_mins(30 + number);
    (jiff::Timestamp::now() - ago).to_string()
}

/// Lines of which every text is hostile, as no collector would write them.
fn lines() -> Vec<Value> {
    let line = |number: i64| {
        let is_odd = number % 2 == 1;
        let or = |text: &str, place: &str| match is_odd {
            true => hostile(place),
            false => text.to_owned(),
        };
        let path = match is_odd {
            true => format!("/checkout/{}", hostile("6")),
            false => "/checkout".to_owned(),
        };
        json!({
            "type": "response", "id": id(number), "seq": 1,
            "survey": hostile("1"), "metric": "nps", "wording": "standard", "site": or("demo", "13"),
            "score": if is_odd { 1 } else { 9 }, "complete": true,
            "answers": {"comment": format!("{} number {number}", hostile("2")), "choice": hostile("3")},
            "trigger": or("load", "4"), "signal": or("pointer", "5"),
            "page": {"path": path}, "device": or("mobile", "7"),
            "language": or("en", "8"), "channel": or("web", "9"),
            "attributes": {"coupon": or("none", "10"), hostile("11"): or("none", "12")},
            "visitor": format!("{} {number}", hostile("14")), "session": {"pages": 4, "seconds": 90, "visit": 1},
            "contact": is_odd, "at": moment(number), "received_at": moment(number), "automated": false,
        })
    };
    let purchase = json!({
        "type": "event", "id": id(900), "seq": 1, "site": hostile("13"), "name": "purchase",
        "props": {"value": 10, "currency": hostile("19")}, "page": {"path": "/checkout/done"},
        "visitor": format!("{} 1", hostile("14")), "at": moment(1), "received_at": moment(1), "automated": false,
    });
    let deed = json!({
        "type": "case", "id": id(1), "site": hostile("13"), "survey": hostile("1"), "received_at": moment(0),
        "status": "answered", "owner": hostile("15"), "note": hostile("16"), "by": hostile("17"),
    });
    (0..80).map(line).chain([purchase, deed]).collect()
}

fn shop() -> Shop {
    let folder = Folder::new();
    let text: String = lines().iter().map(|line| format!("{line}\n")).collect();
    let day = jiff::Timestamp::now().to_string()[..10].to_owned();
    folder.write(&format!("data/events/date={day}/000001.jsonl"), text);
    let contact = json!({
        "id": id(1), "site": hostile("13"), "survey": hostile("1"), "contact": hostile("18"), "received_at": moment(1),
    });
    folder.write(
        &format!("data/contacts/date={day}/000001.jsonl"),
        format!("{contact}\n"),
    );
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
fn what_is_stored_is_shown_as_text_to_whoever_follows_up() {
    let shop = shop();
    let case = format!("/dashboard/follow-up/{}", id(1));
    let rows: [(&str, &[&str]); 3] = [
        (
            "/dashboard/follow-up?status=all",
            &["1", "2", "6", "7", "8", "13", "15"],
        ),
        (
            &case,
            &[
                "1", "2", "3", "4", "6", "7", "8", "10", "11", "12", "13", "15", "16", "17", "18",
            ],
        ),
        ("/dashboard/shop?since=30d", &["13"]),
    ];
    for (path, shown) in rows {
        let page = shop.gets(path, &[]);
        assert_eq!(page.status, 200, "{path}: {page:?}");
        let text = page.text();
        assert!(!text.contains("<img src=x"), "{path}: {text}");
        for place in shown {
            assert!(text.contains(&escaped(place)), "{place} on {path}: {text}");
        }
    }
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
        format!("/dashboard/shop?site={bad}"),
        format!("/dashboard/shop?since={bad}"),
        format!("/dashboard/follow-up?site={bad}&survey={bad}&owner={bad}"),
        format!("/dashboard/follow-up?status={bad}&since={bad}"),
        format!("/dashboard/follow-up/{bad}"),
        format!("/dashboard/follow-up/{}?{bad}", id(1)),
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
