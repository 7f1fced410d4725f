//! What somebody sees who wants to know what scores and orders have to do with each other.

use super::history::{self, BROKEN};
use super::{SURVEYS, address, visitor_without_javascript};
use e2e::{Shop, Visitor};
use jiff::SignedDuration;
use serde_json::{Value, json};

/// Thirty days: each day ten phones at the checkout, in visits of their own that are over; most who find it easy order, and since
/// four days ago next to nobody does.
pub(crate) fn orders() -> Vec<Value> {
    let mut lines = Vec::new();
    for day in 0..30i32 {
        for place in 0..10u32 {
            let ago = SignedDuration::from_hours(24) * day
                + SignedDuration::from_secs(i64::from(place) * 600 + 3_600);
            let is_broken = day < 4;
            let is_low = place % 2 == 0;
            let number = lines.len();
            let in_visit = |mut line: Value| {
                line["visitor"] = json!(format!("visitor-{day}-{place}"));
                line["session"] = json!({ "pages": 4, "seconds": 60, "visit": 1 });
                line["device"] = json!("mobile");
                line
            };
            let score = if is_low { 2 } else { 6 };
            let answer = history::answer(BROKEN, "ces", score, ago, number);
            let mut purchase = answer.clone();
            lines.push(in_visit(answer));
            if !is_broken && (!is_low || place == 0) {
                let id = history::answer(BROKEN, "ces", 1, ago, number + 1);
                purchase["id"] = id["id"].clone();
                purchase["type"] = json!("event");
                purchase["name"] = json!("purchase");
                purchase["props"] = json!({ "value": 40 + place, "currency": "EUR" });
                purchase["page"] = json!({ "path": "/checkout/done" });
                let line = purchase.as_object_mut().expect("a line");
                for field in [
                    "survey", "metric", "wording", "score", "complete", "trigger",
                ] {
                    line.remove(field);
                }
                lines.push(in_visit(purchase));
            }
        }
    }
    lines
}

async fn says_what_fell(visitor: &Visitor, shop: &Shop) {
    visitor.opens(&address(shop, "/shop?since=30d")).await;
    let text = visitor.runs("return document.body.innerText").await;
    let text = text.as_str().expect("a text");
    for expected in [
        "Fewer of those asked at the checkout go on to order where device is mobile since",
        "During the purchase",
        "order after a low score",
        "What cannot be known from these events",
    ] {
        assert!(text.contains(expected), "{expected} in {text}");
    }
    let table = "const table = [...document.querySelectorAll('.panel table')].pop(); \
        return [...table.rows].map((row) => [...row.cells].map((cell) => cell.innerText))";
    let table = visitor.runs(table).await;
    assert_eq!(
        table[0],
        json!(["Score", "low", "middle", "high", "no score"])
    );
    assert_eq!(table[1], json!(["sessions", "150", "0", "150", "0"]));
    // 26 of 30 days, one of five; and all five.
    let ordered =
        [&table[2][0], &table[2][1], &table[2][3]].map(|cell| cell.as_str().unwrap_or_default());
    assert_eq!(ordered[0], "ordered");
    assert!(ordered[1].starts_with("17.3 % ("), "{table}");
    assert!(ordered[2].starts_with("86.7 % ("), "{table}");
}

#[tokio::test(flavor = "multi_thread")]
async fn shop_figures_say_since_when_fewer_order_with_javascript_and_without_in_chromium() {
    let shop = Shop::open_with_history(&SURVEYS, &orders()).await;
    let visitor = Visitor::new().await;
    says_what_fell(&visitor, &shop).await;
    assert_eq!(visitor.console().await, Vec::<String>::new());
    visitor.leaves().await;
    let visitor = visitor_without_javascript().await;
    says_what_fell(&visitor, &shop).await;
    visitor.leaves().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn shop_figures_are_for_everybody_in_chromium() {
    let shop = Shop::open_with_history(&SURVEYS, &orders()).await;
    for is_phone in [false, true] {
        let visitor = if is_phone {
            Visitor::with_phone().await
        } else {
            Visitor::new().await
        };
        for scheme in ["light", "dark"] {
            visitor.prefers(&[("prefers-color-scheme", scheme)]).await;
            visitor.opens(&address(&shop, "/shop?since=30d")).await;
            visitor
                .runs("document.querySelectorAll('details').forEach((details) => { details.open = true })")
                .await;
            let verdict = visitor.asks_axe_about_the_page().await;
            assert_eq!(
                verdict.faults,
                Vec::<Value>::new(),
                "{scheme} phone: {is_phone}"
            );
            let too_wide = "return document.documentElement.scrollWidth - innerWidth";
            let too_wide = visitor.runs(too_wide).await;
            assert!(too_wide.as_f64() <= Some(0.0), "too wide by {too_wide}");
        }
        visitor.leaves().await;
    }
}
