//! The dashboard in a real browser, with JavaScript and without.

#![allow(clippy::expect_used, clippy::unwrap_used, clippy::panic, missing_docs)]

mod door;
mod filters;
mod history;
mod inbox;
mod live;
mod looks;
mod overview;
mod shop;
mod strange;

use e2e::{Shop, Visitor, until};
use serde_json::json;

const SURVEYS: [(&str, &str); 2] = [
    (history::BROKEN, "metric = \"ces\""),
    (history::SOUND, "metric = \"nps\""),
];

/// A shop with a month behind it.
async fn shop_with_a_month() -> Shop {
    Shop::open_with_history(&SURVEYS, &history::month()).await
}

/// An address of the dashboard.
fn address(shop: &Shop, path: &str) -> String {
    format!("{}/dashboard{path}", shop.collector)
}

/// Somebody whose browser runs no scripts of pages.
async fn visitor_without_javascript() -> Visitor {
    let visitor = Visitor::new().await;
    visitor
        .tell_browser(
            "Emulation.setScriptExecutionDisabled",
            json!({ "value": true }),
        )
        .await;
    visitor
}

/// Waits until the page says this.
async fn reads(visitor: &Visitor, expected: &str) {
    until(&format!("“{expected}” on the page"), || async {
        let text = visitor.sees("document.body.innerText").await;
        let text = text.as_str().unwrap_or_default().to_owned();
        if text.contains(expected) {
            Ok(())
        } else {
            Err(text)
        }
    })
    .await;
}
