//! What the device keeps and what is sent, in every state of consent; and the listeners of the guide.

#![allow(clippy::expect_used, clippy::unwrap_used, clippy::panic, missing_docs)]

use e2e::{Shop, Visitor, until};
use serde_json::{Value, json};

const AT_ONCE: (&str, &str) = ("at-once", "metric = \"csat\"\n[[trigger]]\non = \"load\"");
const NEVER: (&str, &str) = (
    "never",
    "metric = \"csat\"\n[[trigger]]\non = \"event\"\nname = \"never\"",
);
const GPC: &str = "Object.defineProperty(navigator, 'globalPrivacyControl', { value: true });";
const DNT: &str = "Object.defineProperty(navigator, 'doNotTrack', { value: '1' });";

/// What is on the device: names in the memory, unsent events on the device and in the tab, cookies.
const KEPT: &str = "const unsent = (store) => Object.keys(store).filter((name) => name.startsWith('hark:shop/')).length; \
     return [Object.keys(JSON.parse(localStorage['hark:shop'] ?? '{}')).sort(), unsent(localStorage), \
     unsent(sessionStorage), document.cookie]";

/// The line that keeps early calls: the first of the guide.
fn early() -> String {
    let blocks = e2e::guide::blocks("consent.md").expect("the guide");
    blocks.into_iter().next().expect("a line").text
}

struct Row {
    name: &'static str,
    page_says: String,
    kept: Value,
    unsent: (u32, u32),
    identifies: bool,
}

fn rows() -> Vec<Row> {
    let row = |name, page_says: &str, kept, unsent, identifies| Row {
        name,
        page_says: format!("{} hark('set', {{ row: '{name}' }}); {page_says}", early()),
        kept,
        unsent,
        identifies,
    };
    let all = json!(["acts", "asked", "visit", "visitor", "visits"]);
    vec![
        row("unsaid", "", json!(["acts"]), (0, 1), false),
        row(
            "pending",
            "hark('consent', 'pending')",
            json!(["acts"]),
            (0, 1),
            false,
        ),
        row(
            "granted",
            "hark('consent', 'granted')",
            all.clone(),
            (2, 0),
            true,
        ),
        row(
            "denied",
            "hark('consent', 'denied')",
            json!([]),
            (0, 0),
            false,
        ),
        row("gpc", GPC, json!([]), (0, 0), false),
        row("dnt", DNT, json!([]), (0, 0), false),
        row(
            "gpc-granted",
            &format!("{GPC} hark('consent', 'granted')"),
            all,
            (2, 0),
            true,
        ),
    ]
}

#[tokio::test(flavor = "multi_thread")]
async fn each_state_keeps_and_sends_what_it_may_and_nothing_else_in_chromium() {
    let shop = Shop::open_behind_a_front(&[AT_ONCE], "").await;
    let front = shop.front.clone().expect("a front");
    let visitor = Visitor::new().await;
    for row in rows() {
        let name = row.name;
        let brought = visitor.brings(&row.page_says).await;
        // While the collector takes nothing, what is said waits where it may.
        front.refuses(u32::MAX);
        visitor.opens(&shop.page("/")).await;
        visitor.card().await.chooses(4).await;
        until("a post to be refused", || async {
            if front.refused() > 0 { Ok(()) } else { Err(()) }
        })
        .await;
        let (on_device, in_tab) = row.unsent;
        let expected = json!([row.kept, on_device, in_tab, ""]);
        assert_eq!(visitor.runs(KEPT).await, expected, "{name}, unsent");

        front.refuses(0);
        let line = shop
            .journal()
            .line(json!({ "type": "response", "attributes": { "row": name } }))
            .await;
        assert_eq!(line["visitor"].is_string(), row.identifies, "{line}");
        assert_eq!(line["session"]["visit"].is_u64(), row.identifies, "{line}");
        let sent = json!([row.kept, 0, 0, ""]);
        until(&format!("{name}: nothing unsent"), || async {
            let kept = visitor.runs(KEPT).await;
            if kept == sent { Ok(()) } else { Err(kept) }
        })
        .await;
        if !row.identifies {
            let days = "return Object.values(JSON.parse(localStorage['hark:shop'] ?? '{}').acts ?? {}) \
                        .every(([, at]) => at % 86400 == 0)";
            assert_eq!(
                visitor.runs(days).await,
                true,
                "{name}: no more than the day"
            );
        }
        visitor.leaves_behind(brought).await;
        visitor
            .runs("hark('consent', 'denied'); return localStorage.length + sessionStorage.length")
            .await;
        let left = visitor
            .runs("return localStorage.length + sessionStorage.length")
            .await;
        assert_eq!(left, 0, "{name}: `denied` erases");
    }
    visitor.leaves().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_told_just_before_a_refusal_is_sent_and_not_kept() {
    let shop = Shop::open_with(&[AT_ONCE], "", "data-consent=granted").await;
    let visitor = Visitor::new().await;
    visitor.opens(&shop.page("/")).await;
    visitor.card().await;
    let kept = visitor
        .runs("hark('event', 'told'); hark('consent', 'denied'); return localStorage.length + sessionStorage.length")
        .await;
    assert_eq!(kept, 0);
    let told = json!({ "type": "event", "name": "told" });
    shop.journal().line(told).await;
    visitor.leaves().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_impression_was_when_the_card_came_however_late_it_is_sent() {
    let shop = Shop::open(&[("asked", "metric = \"nps\"")]).await;
    let visitor = Visitor::new().await;
    visitor.opens(&shop.page("/")).await;
    let after = visitor
        .runs("hark('show', 'asked'); while (!document.querySelector('hark-survey')) await new Promise(requestAnimationFrame); return new Date().toISOString()")
        .await;
    let shown = shop.journal().line(json!({ "type": "impression" })).await;
    let at = |moment: &serde_json::Value| moment.as_str().expect("a moment").to_owned();
    assert!(at(&shown["at"]) <= at(&after), "{shown} {after}");
    visitor.leaves().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_site_that_remembers_no_acts_keeps_nothing_without_consent() {
    let shop = Shop::open_with(&[AT_ONCE], "remember_acts = false", "").await;
    let visitor = Visitor::new().await;
    visitor.opens(&shop.page("/")).await;
    visitor.card().await.chooses(4).await;
    shop.journal().line(json!({ "type": "response" })).await;
    assert_eq!(visitor.runs(KEPT).await, json!([[], 0, 0, ""]));
    visitor.leaves().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn with_consent_a_visit_goes_on_through_page_loads_and_asks_once() {
    let free = "[site.frequency]\nafter_answer = \"0s\"\nafter_impression = \"0s\"";
    let clocks =
        "[frequency]\nafter_answer = \"0s\"\nafter_dismissal = \"0s\"\nafter_impression = \"0s\"";
    let at_once = format!("{}\n{clocks}", AT_ONCE.1);
    let shop = Shop::open_with(&[("at-once", &at_once)], free, "data-consent=granted").await;
    let visitor = Visitor::new().await;
    visitor.opens(&shop.page("/")).await;
    visitor.card().await;
    visitor.opens(&shop.page("/next")).await;
    let reason = visitor.reason_against("at-once", "frequency").await;
    assert_eq!(reason, "quiet: a survey was shown in this visit");
    let told = "hark('event', 'told')";
    visitor.runs(told).await;
    let event = shop.journal().line(json!({ "type": "event" })).await;
    assert_eq!(event["session"]["pages"], 2, "{event}");
    assert_eq!(event["session"]["visit"], 1, "{event}");

    // Half an hour without a page is the end of the visit.
    let later = "const kept = JSON.parse(localStorage['hark:shop']); kept.visit.seen -= 1801; \
                 localStorage['hark:shop'] = JSON.stringify(kept)";
    visitor.runs(later).await;
    visitor.opens(&shop.page("/again")).await;
    visitor.card().await;
    let again = json!({ "type": "impression", "page": { "path": "/again" } });
    let shown = shop.journal().line(again).await;
    assert_eq!(shown["session"]["pages"], 1, "{shown}");
    assert_eq!(shown["session"]["visit"], 2, "{shown}");
    visitor.runs("hark('reset')").await;
    assert_eq!(visitor.runs(KEPT).await, json!([[], 0, 0, ""]));
    visitor.leaves().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_purchase_is_told_where_nothing_is_asked_and_names_only_what_consent_allows() {
    // No survey is armed anywhere but on one page.
    let elsewhere = format!("{}\n[target]\npages = [\"/asked\"]", AT_ONCE.1);
    for (consent, visit, load) in [
        ("granted", true, false),
        ("pending", false, true),
        ("denied", false, false),
    ] {
        let tag = format!("data-consent={consent}");
        let shop = Shop::open_with(&[("elsewhere", &elsewhere)], "", &tag).await;
        let visitor = Visitor::new().await;
        visitor.opens(&shop.page("/done")).await;
        // Other events are no reason to load anything.
        visitor
            .runs("hark('event', 'told'); hark('event', 'purchase', { value: 84.5, currency: 'EUR' })")
            .await;
        let props = json!({ "value": 84.5, "currency": "EUR" });
        let bought = json!({ "type": "event", "name": "purchase", "props": props });
        let bought = shop.journal().line(bought).await;
        assert_eq!(bought["visitor"].is_string(), visit, "{consent}: {bought}");
        assert_eq!(
            bought["session"]["visit"].is_u64(),
            visit,
            "{consent}: {bought}"
        );
        assert_eq!(
            bought["session"]["id"].is_string(),
            load,
            "{consent}: {bought}"
        );

        // The same page load has the same name, another one has another.
        visitor.runs("hark('event', 'contact')").await;
        let helped = json!({ "type": "event", "name": "contact" });
        let helped = shop.journal().line(helped).await;
        assert_eq!(
            helped["session"]["id"], bought["session"]["id"],
            "{consent}"
        );
        visitor.opens(&shop.page("/again")).await;
        visitor
            .runs("hark('event', 'purchase', { value: 1.5 })")
            .await;
        let again = json!({ "type": "event", "props": { "value": 1.5 } });
        let again = shop.journal().line(again).await;
        assert_eq!(
            again["session"]["id"] != bought["session"]["id"],
            load,
            "{consent}: {again}"
        );
        visitor.leaves().await;
    }
}

/// The code under a heading of the guide.
fn snippet(heading: &str) -> &'static str {
    let guide = include_str!("../../docs/consent.md");
    let (_, section) = guide.split_once(&format!("## {heading}\n")).expect(heading);
    let (_, code) = section.split_once("```js\n").expect("code");
    code.split_once("```").expect("its end").0
}

#[tokio::test(flavor = "multi_thread")]
async fn the_listeners_of_the_guide_tell_what_was_decided() {
    let shopify = "window.agrees = undefined; window.Shopify = { customerPrivacy: { \
         analyticsProcessingAllowed: () => !!agrees, shouldShowBanner: () => agrees === undefined }, \
         loadFeatures: (features, then) => then() };";
    let shopify_decides =
        "agrees = YES; document.dispatchEvent(new Event('visitorConsentCollected'))";
    let tcf = "window.__tcfapi = (command, version, hear) => { window.decide = (yes) => \
         hear({ eventStatus: 'useractioncomplete', gdprApplies: true, purpose: { consents: { 1: yes, 8: yes } } }, true); \
         hear({ eventStatus: 'cmpuishown', gdprApplies: true, purpose: { consents: {} } }, true); };";
    let google = "window.told = []; window.gtag = (...said) => told.push(said);";
    let google_decides = "visitorHasDecided({ analytics_storage: YES ? 'granted' : 'denied' })";
    let rows = [
        ("Shopify", shopify, shopify_decides),
        ("TCF", tcf, "decide(YES)"),
        ("Google consent mode", google, google_decides),
    ];
    let shop = Shop::open(&[NEVER]).await;
    let visitor = Visitor::new().await;
    for (heading, api, decides) in rows {
        let decide = |yes: &str| decides.replace("YES", yes);
        visitor.opens(&shop.page("/")).await;
        visitor.is_waited_for("never").await;
        // One script, since what the guide declares is seen by what follows it.
        let script = |steps: &str| format!("{api} {}; {steps}", snippet(heading));
        let states = script(&format!(
            "const state = async () => (await hark('explain'))[0].gates.find(({{ gate }}) => gate == 'consent').reason.split(':')[0]; \
             const states = [await state()]; {}; states.push(await state(), !!JSON.parse(localStorage['hark:shop']).visitor); \
             {}; states.push(await state(), localStorage.length); return states",
            decide("true"),
            decide("false"),
        ));
        let expected = json!(["pending", "granted", true, "denied", 0]);
        assert_eq!(visitor.runs(&states).await, expected, "{heading}");
    }
    visitor.leaves().await;
}
