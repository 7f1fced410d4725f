//! Routes that change without loading: surveys are armed where they belong, and nowhere else.

use crate::{is_asked, survey, was_not_asked};
use e2e::{Shop, Visitor};
use serde_json::json;

/// Asked on one route only.
const ON_ONE: &str = "metric = \"csat\"\n[target]\npages = [\"/one\"]\n[[trigger]]\n\
                      on = \"event\"\nname = \"now\"";

async fn shop() -> Shop {
    let after_all = survey("on = \"event\"\nname = \"after_all\"");
    Shop::open(&[("asked", ON_ONE), ("after-all", &after_all)]).await
}

async fn visitor_of(shop: &Shop, path: &str) -> Visitor {
    let visitor = Visitor::new().await;
    visitor.opens(&shop.page(path)).await;
    visitor.is_waited_for("after-all").await;
    visitor
}

#[tokio::test(flavor = "multi_thread")]
async fn a_route_that_is_left_disarms_its_surveys() {
    let shop = shop().await;
    let visitor = visitor_of(&shop, "/one").await;
    visitor.is_waited_for("asked").await;
    visitor.runs("history.pushState(null, '', '/two')").await;
    let reason = visitor.reason_against("asked", "path").await;
    assert_eq!(reason, "the path is not in `pages`");
    visitor.runs("hark('event', 'now')").await;
    was_not_asked(&shop, &visitor).await;
    visitor.leaves().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_route_that_is_entered_arms_them() {
    for enters in [
        "history.pushState(null, '', '/one')",
        "history.replaceState(null, '', '/one')",
    ] {
        is_armed_by(enters).await;
    }
}

// WebKitGTK has no Navigation API.
#[tokio::test(flavor = "multi_thread")]
async fn a_route_that_is_intercepted_arms_them_not_in_webkit() {
    is_armed_by(
        "navigation.addEventListener('navigate', (event) => event.intercept()); \
         const link = document.querySelector('#next'); link.href = '/one'; link.click()",
    )
    .await;
}

async fn is_armed_by(enters: &str) {
    let shop = shop().await;
    let visitor = visitor_of(&shop, "/two").await;
    visitor.runs(enters).await;
    visitor.is_waited_for("asked").await;
    visitor.runs("hark('event', 'now')").await;
    let shown = is_asked(&shop, &visitor, "event").await;
    assert_eq!(shown["page"]["path"], "/one", "{enters}");
    visitor.leaves().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn going_back_and_forward_arms_and_disarms() {
    let shop = shop().await;
    let visitor = visitor_of(&shop, "/one").await;
    visitor.runs("history.pushState(null, '', '/two')").await;
    visitor.reason_against("asked", "path").await;
    visitor.runs("history.back()").await;
    visitor.is_waited_for("asked").await;
    visitor.runs("history.forward()").await;
    visitor.reason_against("asked", "path").await;
    visitor.runs("history.back()").await;
    visitor.is_waited_for("asked").await;
    visitor.runs("hark('event', 'now')").await;
    is_asked(&shop, &visitor, "event").await;
    visitor.leaves().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_delay_that_began_on_another_route_is_forgotten() {
    let delayed = format!("{ON_ONE}\ndelay = 1");
    let after_all = survey("on = \"event\"\nname = \"after_all\"");
    let shop = Shop::open(&[("asked", &delayed), ("after-all", &after_all)]).await;
    let visitor = visitor_of(&shop, "/one").await;
    visitor.runs("hark('event', 'now')").await;
    visitor.runs("history.pushState(null, '', '/two')").await;
    visitor.has_looked_for(1_500.0).await;
    was_not_asked(&shop, &visitor).await;
    visitor.leaves().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_card_goes_with_its_route_and_stays_where_it_belongs() {
    let everywhere = survey("on = \"load\"");
    let shop = Shop::open(&[("everywhere", &everywhere)]).await;
    let visitor = Visitor::new().await;
    visitor.opens(&shop.page("/one")).await;
    visitor.card().await;
    visitor.runs("history.pushState(null, '', '/two')").await;
    let card = visitor.card().await;
    card.chooses(4).await;
    let answered = shop.journal().line(json!({ "type": "response" })).await;
    assert_eq!(answered["score"], 4);
    visitor.leaves().await;

    let here = "metric = \"csat\"\n[target]\npages = [\"/one\"]\n[[trigger]]\non = \"load\"";
    let shop = Shop::open(&[("here", here)]).await;
    let visitor = Visitor::new().await;
    visitor.opens(&shop.page("/one")).await;
    visitor.card().await;
    visitor.runs("history.pushState(null, '', '/two')").await;
    visitor.sees_no_card().await;
    visitor.leaves().await;
}
