//! Every trigger, by input as a hand gives it, on a desk and on a phone.
//!
//! That something does *not* fire is shown by what fires next: `asked_after_all` is asked by an event of
//! the page, and only if nothing else was, since one survey is shown in a visit.

#![allow(clippy::expect_used, clippy::unwrap_used, clippy::panic, missing_docs)]

mod clicks;
mod combined;
mod exit;
mod failures;
mod forms;
mod interruptions;
mod many;
mod passing;
mod phone;
mod reading;
mod routes;
mod touch;

use e2e::{Shop, Visitor};
use serde_json::{Value, json};

/// A survey with one trigger.
fn survey(trigger: &str) -> String {
    format!("metric = \"csat\"\n[[trigger]]\n{trigger}")
}

/// A shop with that survey, and one that is asked when the page says so.
async fn shop(trigger: &str) -> Shop {
    let after_all = survey("on = \"event\"\nname = \"after_all\"");
    Shop::open(&[("asked", &survey(trigger)), ("after-all", &after_all)]).await
}

/// A visitor of a page of that shop, whose surveys are armed.
async fn visitor_of(shop: &Shop, path: &str) -> Visitor {
    arrives(shop, path, Visitor::new().await).await
}

async fn arrives(shop: &Shop, path: &str, visitor: Visitor) -> Visitor {
    visitor.opens(&shop.page(path)).await;
    visitor.is_waited_for("after-all").await;
    visitor
}

/// The card comes, and its impression says what fired.
async fn is_asked(shop: &Shop, visitor: &Visitor, trigger: &str) -> Value {
    visitor.card().await;
    let shown = shop.journal().line(json!({ "type": "impression" })).await;
    assert_eq!(shown["survey"], "asked", "{shown}");
    assert_eq!(shown["trigger"], trigger, "{shown}");
    assert_eq!(visitor.console().await, Vec::<String>::new());
    shown
}

/// Nothing has fired until now.
async fn was_not_asked(shop: &Shop, visitor: &Visitor) {
    visitor.runs("hark('event', 'after_all')").await;
    visitor.card().await;
    let shown = shop.journal().line(json!({ "type": "impression" })).await;
    assert_eq!(shown["survey"], "after-all", "{shown}");
}
