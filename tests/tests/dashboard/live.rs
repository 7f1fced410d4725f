//! A page that is open shows what comes in, and leaves alone what somebody is doing there.

use super::history::{BROKEN, answer};
use super::{address, reads, shop_with_a_month};
use e2e::{Shop, Visitor, until};
use jiff::SignedDuration;
use serde_json::{Value, json};

/// An answer with these words, as a browser sends it.
fn said(words: &str, number: usize) -> Value {
    let mut event = answer(BROKEN, "ces", 2, SignedDuration::ZERO, number);
    let event_fields = event.as_object_mut().expect("an object");
    for field in ["metric", "wording", "site", "received_at"] {
        event_fields.remove(field);
    }
    event["answers"] = json!({ "comment": words });
    event
}

async fn is_live(visitor: &Visitor) {
    until("a live page", || async {
        let state = visitor
            .sees("document.getElementById('live')?.dataset.state")
            .await;
        if state == "live" { Ok(()) } else { Err(state) }
    })
    .await;
}

/// The survey's page, open and listening.
async fn open_page(shop: &Shop) -> Visitor {
    let visitor = Visitor::new().await;
    visitor
        .opens(&address(shop, &format!("/surveys/{BROKEN}")))
        .await;
    is_live(&visitor).await;
    visitor
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_appears_while_what_is_unfolded_focused_and_scrolled_to_stays() {
    let shop = shop_with_a_month().await;
    let visitor = open_page(&shop).await;
    visitor.clicks("main details summary").await;
    let held = "const summary = document.querySelector('main details summary'); \
        return [document.activeElement === summary, summary.parentElement.open, scrollY, window.before]";
    visitor.runs("window.before = 1; scrollTo(0, 120)").await;
    let before = visitor.runs(held).await;
    shop.hears(&[said("The coupon field is hidden", 900_001)])
        .await;
    reads(&visitor, "The coupon field is hidden").await;
    assert_eq!(visitor.runs(held).await, before, "nothing else has changed");
    assert_eq!(before[0], true);
    assert_eq!(before[1], true);
    assert_eq!(visitor.console().await, Vec::<String>::new());
    visitor.leaves().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_page_says_how_fresh_it_is() {
    let shop = shop_with_a_month().await;
    let visitor = open_page(&shop).await;
    shop.hears(&[said("One", 900_001)]).await;
    reads(&visitor, "From stored on disk to visible here").await;
    let p95 = visitor
        .runs("return Number(document.getElementById('freshness').dataset.p95)")
        .await;
    let p95 = p95.as_f64().expect("milliseconds");
    assert!(p95 > 0.0, "{p95}");
    visitor.leaves().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_paused_page_stays_as_it_is_until_it_is_resumed() {
    let shop = shop_with_a_month().await;
    let visitor = open_page(&shop).await;
    visitor.clicks("#live button").await;
    shop.hears(&[said("Said while paused", 900_001)]).await;
    // A page that listens shows when there would have been something to see.
    let witness = open_page(&shop).await;
    reads(&witness, "Said while paused").await;
    let text = visitor.runs("return document.body.innerText").await;
    assert!(!text.as_str().expect("a text").contains("Said while paused"));
    visitor.clicks("#live button").await;
    reads(&visitor, "Said while paused").await;
    witness.leaves().await;
    visitor.leaves().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_could_not_be_fetched_is_fetched_again_and_was_late() {
    let shop = shop_with_a_month().await;
    let visitor = open_page(&shop).await;
    let fails_once = "const fetch = window.fetch; window.fetch = async () => { \
        window.fetch = fetch; return new Response('', { status: 503 }); }";
    visitor.runs(fails_once).await;
    shop.hears(&[said("Told in the end", 900_001)]).await;
    reads(&visitor, "Told in the end").await;
    is_live(&visitor).await;
    let measured = "return [Number(document.getElementById('freshness').dataset.p95)]";
    let milliseconds = visitor.runs(measured).await[0].as_f64();
    assert!(
        milliseconds.is_some_and(|late| late >= 5_000.0),
        "{milliseconds:?}"
    );
    visitor.leaves().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_goes_on_when_the_collector_was_away() {
    let mut shop = Shop::open_behind_a_front(&super::SURVEYS, "").await;
    let answers: Vec<Value> = (0..6)
        .map(|number| said("Before", 900_000 + number))
        .collect();
    shop.hears(&answers).await;
    let visitor = open_page(&shop).await;
    shop.goes_down().await;
    reads(&visitor, "Reconnecting").await;
    shop.comes_back().await;
    shop.hears(&[said("Back again", 900_100)]).await;
    reads(&visitor, "Back again").await;
    visitor.leaves().await;
}
