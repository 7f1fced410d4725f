//! `hark report --kpi`: what a shop sends over HTTP is what is printed, counted by hand.

use crate::shop::{Folder, Shop, response};
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};

/// In the visit of this visitor, on this page.
fn in_visit(mut event: Value, visitor: u64, path: &str) -> Value {
    event["visitor"] = json!(format!("visitor-{visitor}"));
    event["session"] = json!({ "pages": 4, "seconds": 90, "visit": 1 });
    event["page"] = json!({ "path": path });
    event
}

fn purchase(visitor: u64, number: u64, props: &Value) -> Value {
    let event = json!({
        "type": "event", "id": format!("019aa5f0-4500-7000-9000-{number:012x}"), "seq": 1, "name": "purchase",
        "props": props, "at": "2026-11-21T10:00:00.000Z", "device": "mobile", "language": "en",
    });
    in_visit(event, visitor, "/checkout/done")
}

/// Twenty visitors with a low score, of whom two order, and twenty with a high one, of whom fifteen do: the
/// first for 10 EUR, each next one for 1 EUR more.
fn shop_with_orders() -> Folder {
    let shop = Shop::new();
    let mut events = Vec::new();
    for visitor in 0..40 {
        let mut answer = response(u32::try_from(visitor).expect("small"));
        answer["score"] = json!(if visitor < 20 { 2 } else { 6 });
        events.push(in_visit(answer, visitor, "/checkout"));
        if visitor < 2 || (20..35).contains(&visitor) {
            let value = if visitor < 2 { visitor } else { visitor - 18 } + 10;
            let props = json!({ "value": value, "currency": "EUR" });
            events.push(purchase(visitor, visitor, &props));
        }
    }
    // The thank-you page of the first, once more.
    events.push(purchase(0, 99, &json!({ "value": 10, "currency": "EUR" })));
    let accepted = events.len();
    assert_eq!(shop.hears(&json!(events)).json()["accepted"], accepted);
    let folder = shop.dies();
    // Half an hour later, as it were: then all visits are over.
    for segment in folder.segments() {
        let lines = std::fs::read_to_string(&segment).expect("lines");
        let lines: String = lines
            .lines()
            .map(|line| received_yesterday(line) + "\n")
            .collect();
        std::fs::write(&segment, lines).expect("written");
    }
    folder
}

fn received_yesterday(line: &str) -> String {
    let mut line: Value = serde_json::from_str(line).expect("a line");
    let received = line["received_at"]
        .as_str()
        .and_then(|text| text.parse().ok());
    let received: Timestamp = received.expect("a moment");
    line["received_at"] = json!(format!("{:.3}", received - SignedDuration::from_hours(24)));
    line.to_string()
}

fn printed(folder: &Folder, more: &[&str]) -> Value {
    let (code, out, talk) = folder.runs(&[&["report", "--kpi", "--format", "json"], more].concat());
    assert_eq!(code, Some(0), "{talk}");
    serde_json::from_str(&out).expect("JSON")
}

#[test]
fn what_is_printed_is_what_one_counts_by_hand() {
    let folder = shop_with_orders();
    let kpi = printed(&folder, &[]);
    let site = &kpi["sites"][0];
    let purchases = &site["purchases"];
    assert_eq!(
        (&purchases["n"], &purchases["currency"]),
        (&json!(17), &json!("EUR"))
    );
    // 10, 11, … 26: their mean and median are 18.
    assert_eq!(
        (&purchases["mean"]["value"], &purchases["median"]["value"]),
        (&json!(18.0), &json!(18.0))
    );
    assert_eq!(purchases["told"]["twice"], 1);
    let during = &site["stages"][0];
    assert_eq!(during["stage"], "during");
    let (low, high) = (&during["bands"][0], &during["bands"][2]);
    assert_eq!(
        (&low["band"], &low["sessions"]),
        (&json!("low"), &json!(20))
    );
    assert_eq!(low["ordered"]["value"], 10.0);
    assert_eq!(high["ordered"]["value"], 75.0);
    // 10 + 11 of 20 sessions; 12 + … + 26 of 20.
    assert_eq!(low["value_per_session"]["value"], 1.05);
    assert_eq!(high["value_per_session"]["value"], 14.25);
    assert_eq!(
        low["value_per_purchase"],
        json!({ "value": null, "low": null, "high": null, "n": 2 })
    );
    assert_eq!(high["value_per_purchase"]["value"], 19.0);
    assert_eq!(
        (&low["pages"]["value"], &low["one_page"]["value"]),
        (&json!(4.0), &json!(0.0))
    );
    let ordered = &during["low_less_rest"][0];
    assert_eq!(
        (&ordered["measure"], &ordered["value"]),
        (&json!("ordered"), &json!(-65.0))
    );
    assert_eq!(ordered["differs"], true);
}

#[test]
fn stages_are_those_of_the_settings() {
    let folder = shop_with_orders();
    let settings = crate::shop::SETTINGS.to_owned() + "[site.stages]\nduring = [\"/pay/**\"]\n";
    folder.write("hark.toml", settings);
    let kpi = printed(&folder, &[]);
    assert_eq!(kpi["sites"][0]["stages"][0]["stage"], "before");
}

#[test]
fn shop_figures_are_printed_in_every_form_and_not_split() {
    let folder = shop_with_orders();
    for (format, expected) in [
        ("table", "During the purchase"),
        ("csv", "demo,during,high,ordered,75,"),
        ("html", "<h3>During the purchase</h3>"),
    ] {
        let (code, out, talk) = folder.runs(&["report", "--kpi", "--format", format]);
        assert_eq!(code, Some(0), "{talk}");
        assert!(out.contains(expected), "{out}");
    }
}

#[test]
fn what_shop_figures_do_not_know_of_is_refused() {
    let folder = Folder::new();
    for flag in [
        &["--by", "device"][..],
        &["--compare", "nothing"],
        &["--alert", "cusum"],
        &["--method", "bonett_price"],
        &["--live"],
        &["--no-comments"],
        &["--watch"],
    ] {
        let (code, _, talk) = folder.runs(&[&["report", "--kpi"], flag].concat());
        assert_eq!(code, Some(2), "{flag:?}: {talk}");
        assert!(talk.contains(flag[0]), "{flag:?}: {talk}");
    }
}
