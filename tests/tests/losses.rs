//! Nothing said is lost: 200 answers given while something is wrong, each stored once.

#![allow(clippy::expect_used, clippy::unwrap_used, clippy::panic, missing_docs)]

use e2e::{Shop, Visitor, until_within};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

const ASKED: (&str, &str) = (
    "asked",
    "metric = \"csat\"\n[[trigger]]\non = \"event\"\nname = \"never\"",
);
const PATIENCE: Duration = Duration::from_secs(90);
/// Answers under each fault.
const EACH: u64 = 25;

/// Answers the survey again and again, each time with a number of its own, as a pointer does.
fn answers(from: u64) -> String {
    format!(
        "await hark('explain'); for (let n = {from}; n < {from} + {EACH}; n++) {{ hark('set', {{ n }}); hark('show', 'asked'); \
         document.querySelector('hark-survey').shadowRoot.querySelector(`[data-score=\"${{1 + n % 5}}\"] input`) \
         .dispatchEvent(new MouseEvent('click', {{ bubbles: true, detail: 1 }})); }}"
    )
}

/// How often each numbered answer is stored, each with its score.
fn stored(shop: &Shop) -> BTreeMap<u64, usize> {
    let mut stored = BTreeMap::new();
    for line in shop.journal().lines() {
        if line["type"] == "response" {
            let number = line["attributes"]["n"].as_f64().expect("a number") as u64;
            assert_eq!(line["score"], json!(1 + number % 5), "{line}");
            *stored.entry(number).or_default() += 1;
        }
    }
    stored
}

async fn all_are_stored(shop: &Shop, until: u64) {
    until_within(PATIENCE, "every answer on disk", || async {
        let stored = stored(shop);
        let missing: Vec<u64> = (0..until).filter(|n| !stored.contains_key(n)).collect();
        if missing.is_empty() {
            Ok(())
        } else {
            Err(missing)
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn of_200_answers_given_under_faults_all_are_stored_once_in_chromium() {
    let mut shop = Shop::open_behind_a_front(&[ASKED], "data-consent=granted").await;
    let front = shop.front.clone().expect("a front");
    let visitor = Visitor::new().await;
    let page = shop.page("/");
    visitor.opens(&page).await;

    // The collector is down, and comes back while the page is still there.
    visitor.runs("await hark('explain')").await;
    shop.goes_down().await;
    visitor.runs(&answers(0)).await;
    shop.comes_back().await;
    all_are_stored(&shop, EACH).await;

    // The network is gone, and comes back.
    visitor.is_offline(true).await;
    visitor.runs(&answers(EACH)).await;
    visitor.is_offline(false).await;
    all_are_stored(&shop, 2 * EACH).await;

    // The collector is busy, and says for how long.
    front.refuses(3);
    visitor.runs(&answers(2 * EACH)).await;
    all_are_stored(&shop, 3 * EACH).await;
    assert_eq!(front.refused(), 3);

    // The tab is closed right after the score, while the collector is busy.
    front.refuses(1);
    visitor.runs(&answers(3 * EACH)).await;
    visitor.closes_the_tab_and_opens(&page).await;
    all_are_stored(&shop, 4 * EACH).await;

    // The page is left in the same moment.
    let leaving = format!("{} location.href = '/next'", answers(4 * EACH));
    visitor.runs(&leaving).await;
    all_are_stored(&shop, 5 * EACH).await;

    // The collector is down until long after the page is gone.
    visitor.opens(&page).await;
    visitor.runs("await hark('explain')").await;
    shop.goes_down().await;
    visitor.runs(&answers(5 * EACH)).await;
    visitor.closes_the_tab_and_opens(&shop.page("/next")).await;
    shop.comes_back().await;
    visitor.opens(&page).await;
    all_are_stored(&shop, 6 * EACH).await;

    // The device is full, and the address asks too often.
    visitor
        .runs("try { for (let n = 20; n >= 0; n--) for (;;) localStorage['full' + Math.random()] = 'x'.repeat(1 << n) } catch {}")
        .await;
    front.finds_too_many(2);
    visitor.runs(&answers(6 * EACH)).await;
    all_are_stored(&shop, 7 * EACH).await;
    visitor.runs("localStorage.clear()").await;

    // The device is refused, and the collector busy.
    let refusing = "for (const name of ['localStorage', 'sessionStorage']) \
         Object.defineProperty(window, name, { get() { throw new DOMException('no', 'SecurityError') } })";
    visitor.brings(refusing).await;
    visitor.opens(&page).await;
    front.refuses(2);
    visitor.runs(&answers(7 * EACH)).await;
    all_are_stored(&shop, 8 * EACH).await;

    everything_is_stored_once(&shop);
    visitor.leaves().await;
}

fn everything_is_stored_once(shop: &Shop) {
    let stored = stored(shop);
    assert_eq!(stored.len(), 8 * EACH as usize);
    let lines = shop.journal().lines();
    let name = |line: &Value| (line["id"].to_string(), line["seq"].to_string());
    let names: BTreeSet<_> = lines.iter().map(name).collect();
    assert_eq!(names.len(), lines.len(), "lines that are there twice");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_waits_in_memory_alone_leaves_with_the_page_in_chromium() {
    let shop = Shop::open_behind_a_front(&[ASKED], "data-consent=denied").await;
    let front = shop.front.clone().expect("a front");
    let visitor = Visitor::new().await;
    let rows = [
        "",
        "delete window.fetchLater",
        "delete window.fetchLater; Navigator.prototype.sendBeacon = () => false",
    ];
    for (number, without) in (0..).zip(rows) {
        let brought = visitor.brings(without).await;
        visitor.opens(&shop.page("/")).await;
        // Retried so late that only leaving can be what sends it.
        front.refuses_for_an_hour(1);
        visitor.runs(&answers(number * EACH)).await;
        until_within(PATIENCE, "a refusal", || async {
            let refused = front.refused();
            if refused > 0 { Ok(()) } else { Err(refused) }
        })
        .await;
        visitor.leaves_behind(brought).await;
        visitor.opens("about:blank").await;
        all_are_stored(&shop, (number + 1) * EACH).await;
    }
    visitor.leaves().await;
}
