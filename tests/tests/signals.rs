//! The loader among the signals of a page: quiet periods, routes, pages that come back or are rendered
//! ahead, policies that refuse it, and tags that are wrong.

#![allow(clippy::expect_used, clippy::unwrap_used, clippy::panic, missing_docs)]

use e2e::{Host, Shop, Visitor};
use serde_json::{Value, json};

const AT_ONCE: (&str, &str) = ("at-once", "metric = \"csat\"\n[[trigger]]\non = \"load\"");
const IN_CART: (&str, &str) = (
    "in-cart",
    "metric = \"csat\"\n[target]\npages = [\"/cart\", \"/?step=pay\"]\n[[trigger]]\non = \"load\"",
);

/// Runs the loader as it is shipped, once for each row, with the row's clock, memory and offer around
/// it; gives the rows in which it asks though the visitor is to be left in peace, or does not though not.
const COMPARE: &str = "
    const differ = [];
    for (const row of ROWS) {
        let asks = false;
        const offer = {
            site: { consent: 'pending', frequency: row.site },
            surveys: [{ id: 'asked', pages: ['^/'], frequency: row.own }],
        };
        const around = {
            document: {
                currentScript: { src: 'http://127.0.0.1/hark.js', dataset: { site: 'shop' } },
                readyState: 'complete', documentElement: { lang: 'en' },
            },
            window: { requestIdleCallback: (call) => call() },
            location: { pathname: '/', search: '' },
            localStorage: { 'hark:shop': JSON.stringify({ acts: row.acts }) },
            sessionStorage: {},
            Date: { now: () => row.now * 1000 },
            fetch: async () => ({ ok: true, json: async () => offer }),
            setInterval: () => {}, addEventListener: () => {},
            loads: () => { asks = true; return new Promise(() => {}); },
        };
        new Function(...Object.keys(around), LOADER.replace('import(', 'loads('))(...Object.values(around));
        await new Promise((done) => setTimeout(done));
        if (asks == row.quiet) differ.push(row);
    }
    return differ;";

#[tokio::test(flavor = "multi_thread")]
async fn the_loader_leaves_in_peace_whom_the_rule_leaves_in_peace() {
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/..");
    let read = |file: &str| std::fs::read_to_string(format!("{root}/{file}")).expect(file);
    let rows: Value = serde_json::from_str(&read("survey/vectors/quiet.json")).expect("JSON");
    assert!(rows.as_array().is_some_and(|rows| rows.len() > 100));
    let loader = json!(read("dist/hark.js"));
    let visitor = Visitor::new().await;
    visitor.opens("about:blank").await;
    let script = format!("const ROWS = {rows}; const LOADER = {loader}; {COMPARE}");
    assert_eq!(visitor.runs(&script).await, json!([]));
    visitor.leaves().await;
}

/// Waits for a line of ours on the console; there is no other.
async fn our_line(visitor: &Visitor) -> String {
    let said = visitor.console_with("Hark: ").await;
    let ours: Vec<&String> = said.iter().filter(|line| line.contains("Hark: ")).collect();
    assert_eq!(ours.len(), 1, "{said:#?}");
    ours[0].clone()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_policy_that_refuses_wasm_is_told_what_it_lacks() {
    let shop = Shop::open(&[AT_ONCE]).await;
    let collector = &shop.collector;
    let policy = format!(
        "default-src 'none'; img-src data:; script-src {collector}; connect-src {collector}"
    );
    let visitor = Visitor::new().await;
    let host = Host::new().under(&policy).with(&shop.tag(""));
    visitor.opens(&host.opens().await).await;
    let line = our_line(&visitor).await;
    let needs = format!("script-src {collector} 'wasm-unsafe-eval'; connect-src {collector}");
    assert!(
        line.contains("the widget could not start") && line.contains(&needs),
        "{line}"
    );
    assert!(visitor.card_now().await.is_none());

    // A policy of nonces lets the rest of the widget in with its tag.
    let policy = format!(
        "default-src 'none'; img-src data:; script-src 'nonce-once' 'wasm-unsafe-eval'; connect-src {collector}"
    );
    let tag = shop.tag("nonce=once data-nonce=once");
    let host = Host::new().under(&policy).with(&tag);
    visitor.opens(&host.opens().await).await;
    visitor.card().await;
    visitor.leaves().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_tag_is_told_so_once_and_a_second_one_is_ignored() {
    let shop = Shop::open(&[IN_CART]).await;
    let visitor = Visitor::new().await;
    let rows = [
        (
            shop.tag("data-consent=perhaps"),
            "Hark: consent is granted, denied or pending",
        ),
        (
            shop.tag("").replace("data-site=shop", ""),
            "Hark: the tag needs data-site",
        ),
        (shop.tag("").repeat(2), "Hark: a second tag is ignored"),
    ];
    for (tags, expected) in rows {
        visitor.opens(&Host::new().with(&tags).opens().await).await;
        let line = our_line(&visitor).await;
        assert!(line.contains(expected), "{line}");
    }
    visitor.leaves().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_route_is_seen_in_a_browser_without_the_navigation_api_as_well_in_chromium() {
    let shop = Shop::open(&[IN_CART]).await;
    let visitor = Visitor::new().await;
    for without in [
        "",
        "Object.defineProperty(window, 'navigation', { value: undefined })",
    ] {
        let brought = visitor.brings(without).await;
        visitor.opens(&shop.page("/")).await;
        visitor.is_left_in_peace(&shop.collector).await;
        visitor.runs("history.pushState(null, '', '/#cart')").await;
        visitor
            .runs("history.replaceState(null, '', '/?step=pay')")
            .await;
        // Asking why not would load the widget.
        visitor
            .waits_until("!!document.querySelector('hark-survey:not([hidden])')")
            .await;
        visitor.runs("history.pushState(null, '', '/')").await;
        visitor.sees_no_card().await;
        visitor.leaves_behind(brought).await;
        visitor.runs("localStorage.clear()").await;
    }
    visitor.leaves().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_that_comes_back_counts_once_more_and_one_rendered_ahead_not_yet_in_chromium() {
    let shop = Shop::open_with(&[AT_ONCE], "", "data-consent=granted").await;
    let visitor = Visitor::new().await;
    let ahead = "let ahead = true; Object.defineProperty(document, 'prerendering', { get: () => ahead }); \
         addEventListener('activates', () => { ahead = false; document.dispatchEvent(new Event('prerenderingchange')); })";
    let brought = visitor.brings(ahead).await;
    visitor.opens(&shop.page("/")).await;
    let idle = "await new Promise((idle) => requestIdleCallback(() => requestIdleCallback(idle)))";
    visitor.runs(idle).await;
    assert_eq!(visitor.requests(&shop.collector).await, ["/hark.js"]);
    assert_eq!(visitor.runs("return localStorage.length").await, 0);
    visitor.runs("dispatchEvent(new Event('activates'))").await;
    visitor.card().await;
    visitor.leaves_behind(brought).await;

    visitor
        .runs("dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true })); hark('event', 'back')")
        .await;
    let back = shop.journal().line(json!({ "type": "event" })).await;
    assert_eq!(back["session"]["pages"], 2, "{back}");
    visitor.leaves().await;
}
