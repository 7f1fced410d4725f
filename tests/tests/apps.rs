//! Hark in an app made of components, by way of its npm package: the code of the guides, bundled and run.

#![allow(clippy::expect_used, clippy::unwrap_used, clippy::panic, missing_docs)]

use e2e::{Host, Shop, Visitor, until};
use serde_json::json;

const ON_ORDER: (&str, &str) = (
    "after-order",
    "metric = \"csat\"\n[[trigger]]\non = \"event\"\nname = \"purchase\"\n\
     where = [{ attribute = \"value\", op = \"gte\", value = 50 }]",
);

/// Bundled by `cargo xtask test` out of the guides.
fn bundled(file: &str) -> String {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../target/npm-check");
    let read = std::fs::read_to_string(format!("{folder}/{file}"));
    read.expect("the bundle of the package; `cargo xtask test --only e2e` makes it")
}

/// A page with the app, for a collector at this address.
async fn app(collector: &str, more: &str) -> String {
    let address =
        format!("<script>document.documentElement.dataset.collector = '{collector}'</script>");
    let script = format!(
        "<script>{}</script>",
        bundled("app.js").replace("</script", "<\\/script")
    );
    let host = Host::new().with_head(&address).with(more).with(&script);
    host.opens().await
}

#[tokio::test(flavor = "multi_thread")]
async fn components_of_two_frameworks_share_one_tag() {
    let shop = Shop::open(&[ON_ORDER]).await;
    let visitor = Visitor::new().await;
    visitor.opens(&app(&shop.collector, "").await).await;
    visitor.is_waited_for("after-order").await;
    // What was said before the tag had arrived was kept.
    let early = json!({ "type": "event", "props": { "value": 1.0 } });
    let early = shop.journal().line(early).await;
    assert_eq!(
        early["attributes"],
        json!({ "plan": "gold", "cart_value": 99.5 })
    );
    assert!(visitor.card_now().await.is_none());

    visitor.clicks("#react button").await;
    visitor.card().await.chooses(5).await;
    until("the component to be told", || async {
        let told = visitor
            .runs("return document.querySelector('output').textContent")
            .await;
        if told == "after-order" {
            Ok(())
        } else {
            Err(told)
        }
    })
    .await;
    let tags = "return document.querySelectorAll('script[src$=\"/hark.js\"]').length";
    assert_eq!(visitor.runs(tags).await, 1);
    let kept = "return localStorage.length";
    assert_eq!(
        visitor.runs(kept).await,
        0,
        "consent is denied by the component"
    );
    let explained = "const rows = await hark_package.hark('explain'); return rows[0].survey";
    assert_eq!(visitor.runs(explained).await, "after-order");
    visitor.leaves().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_pasted_tag_is_the_one_and_only() {
    let shop = Shop::open(&[ON_ORDER]).await;
    let visitor = Visitor::new().await;
    visitor
        .opens(&app(&shop.collector, &shop.tag("")).await)
        .await;
    visitor.is_waited_for("after-order").await;
    let tags = "return document.querySelectorAll('script[src$=\"/hark.js\"]').length";
    assert_eq!(visitor.runs(tags).await, 1);
    visitor.leaves().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_tag_that_cannot_be_loaded_may_be_tried_again() {
    let shop = Shop::open(&[ON_ORDER]).await;
    let visitor = Visitor::new().await;
    // Nobody listens there.
    visitor.opens(&app("http://127.0.0.1:1", "").await).await;
    let again = format!(
        "const again = (collector) => hark_package.load({{ collector, site: 'shop' }}).then(() => 'loaded', (error) => error.message); \
         return [await again('http://127.0.0.1:1'), await again('{}')]",
        shop.collector
    );
    let expected = json!(["cannot load http://127.0.0.1:1/hark.js", "loaded"]);
    assert_eq!(visitor.runs(&again).await, expected);
    visitor.is_waited_for("after-order").await;
    visitor.leaves().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_app_around_a_web_view_is_told() {
    let shop = Shop::open(&[ON_ORDER]).await;
    let visitor = Visitor::new().await;
    let bridge = format!("<script>{}</script>", bundled("guide/bridge.js"));
    let app = "<script>told = []; window.harkBridge = { postMessage: (event) => told.push(JSON.parse(event)) }</script>";
    let host = Host::new()
        .with_head(app)
        .with_head(&bridge)
        .with(&shop.tag(""));
    visitor.opens(&host.opens().await).await;
    visitor.is_waited_for("after-order").await;
    visitor
        .runs("hark('event', 'purchase', { value: 84.5 })")
        .await;
    visitor.card().await.chooses(4).await;
    until("the app to be told", || async {
        let told = visitor
            .runs("return told.map(({ news, survey, score }) => [news, survey, score ?? 0])")
            .await;
        let expected = json!([
            ["shown", "after-order", 0],
            ["answered", "after-order", 4],
            ["completed", "after-order", 4]
        ]);
        if told == expected { Ok(()) } else { Err(told) }
    })
    .await;
    visitor.leaves().await;
}
