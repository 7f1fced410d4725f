//! Everything that can be asked on a card, answered with a pointer and with keys, and what of it is kept.

#![allow(clippy::expect_used, clippy::unwrap_used, clippy::panic, missing_docs)]

use e2e::{Shop, Visitor};
use serde_json::{Value, json};
use thirtyfour::Key;

const EVERYTHING: &str = r#"
metric = "csat"
style = "smileys"
[[follow_up]]
when = "low"
kind = "choices"
wording = "abandon"
[[follow_up]]
when = "low"
[[follow_up]]
when = "low"
kind = "contact"
[[follow_up]]
when = "high"
kind = "choice"
question = "What did you like most?"
options = [{ key = "range", text = "The range" }, { key = "price", text = "The price" }]
[thanks]
link = { url = "https://shop.example/help", text = "Help" }
[[trigger]]
on = "load"
"#;

#[tokio::test(flavor = "multi_thread")]
async fn whoever_is_unhappy_says_why_and_may_leave_an_address() {
    let shop = Shop::open(&[("everything", EVERYTHING)]).await;
    let visitor = Visitor::with_phone().await;
    visitor.opens(&shop.page("/")).await;
    let card = visitor.card().await;
    card.chooses(1).await;
    card.picks("shipping").await;
    card.picks("other").await;
    card.clicks("submit").await;
    card.types("Four euros for a postcard").await;
    card.clicks("submit").await;

    // An address is nothing without consent, and nothing at all unless it is one.
    card.fills("contact", "ada").await;
    card.clicks("submit").await;
    let wrong = "Please enter a valid email address or leave the field empty.";
    assert_eq!(card.says("error").await, wrong);
    card.fills("contact", "ada@shop.example").await;
    card.clicks("submit").await;
    let names_the_box = "To get a reply, please tick “You may contact me about this answer”, or leave the field empty.";
    assert_eq!(card.says("error").await, names_the_box);
    card.ticks_the_box().await;
    card.clicks("submit").await;
    assert_eq!(card.says("thanks").await, "Thank you!");

    let finished = shop.journal().line(json!({ "complete": true })).await;
    let answers =
        json!({ "choices": ["shipping", "other"], "comment": "Four euros for a postcard" });
    assert_eq!(finished["answers"], answers);
    assert_eq!(finished["contact"], true);
    assert_eq!(finished["score"], 1);
    let lines = Value::from(shop.journal().lines()).to_string();
    assert!(!lines.contains("ada@"), "an address in {lines}");
    visitor.leaves().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_goes_back_may_think_again() {
    let shop = Shop::open(&[("everything", EVERYTHING)]).await;
    let visitor = Visitor::new().await;
    visitor.opens(&shop.page("/")).await;
    let card = visitor.card().await;
    card.chooses(2).await;
    card.picks("price").await;
    card.clicks("back").await;
    card.chooses(5).await;
    assert_eq!(
        card.says("question").await,
        "What did you like most?\noptional"
    );
    card.picks("range").await;
    card.clicks("submit").await;
    assert_eq!(card.says("thanks").await, "Thank you!");

    let finished = shop.journal().line(json!({ "complete": true })).await;
    assert_eq!(finished["score"], 5);
    assert_eq!(finished["answers"], json!({ "choice": "range" }));
    let report = shop.report("everything").await;
    assert_eq!(report["responses"], 1);
    assert_eq!(report["distribution"]["5"], 1);
    visitor.leaves().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_button_that_is_always_there_opens_its_card_as_often_as_wanted() {
    let tab = "metric = \"nps\"\n[appearance]\nposition = \"tab\"\ntab_label = \"Feedback?\"";
    let shop = Shop::open(&[("tab", tab)]).await;
    let visitor = Visitor::new().await;
    let mut places = Vec::new();
    for (path, seen) in [("/", 1), ("/", 2), ("/long", 3)] {
        visitor.opens(&shop.page(path)).await;
        let card = visitor.card().await;
        assert_eq!(card.says("tab").await, "Feedback?");
        let place = "const { top, right } = document.querySelector('hark-survey').shadowRoot.querySelector('[part=tab]') \
             .getBoundingClientRect(); return [top, document.documentElement.clientWidth - right]";
        places.push(visitor.runs(place).await);
        card.clicks("tab").await;
        let card = visitor.card().await;
        card.part("card").await;
        // Whoever asked for it is led to it.
        let focused =
            "return document.querySelector('hark-survey').shadowRoot.activeElement.localName";
        assert_eq!(visitor.runs(focused).await, "fieldset");
        card.chooses(9).await;
        card.part("thanks").await;
        card.clicks("close").await;
        visitor.card().await.part("tab").await;
        let hosts = "return document.querySelectorAll('hark-survey').length";
        assert_eq!(visitor.runs(hosts).await, 1);
        let shown = json!({ "type": "impression", "trigger": "tab" });
        shop.journal().line(shown).await;
        shop.journal().counts("impression", seen).await;
    }
    assert!(places.iter().all(|place| *place == places[0]), "{places:?}");
    visitor.leaves().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_inline_card_is_part_of_the_page() {
    let inline = "metric = \"ces\"\n[appearance]\ninline = \"h1\"\n[[trigger]]\non = \"load\"";
    let nowhere = "metric = \"ces\"\npriority = 1\n[appearance]\ninline = \"#gone\"\n[[trigger]]\non = \"load\"";
    let shop = Shop::open(&[("inline", inline), ("nowhere", nowhere)]).await;
    let visitor = Visitor::new().await;
    visitor.opens(&shop.page("/")).await;
    let card = visitor.card().await;
    let parent = "return document.querySelector('hark-survey').parentElement.localName";
    assert_eq!(visitor.runs(parent).await, "h1");
    let reason = visitor.reason_against("nowhere", "place").await;
    assert_eq!(reason, "the page has no element for `inline`");
    card.focuses_the_scale().await;
    visitor.presses(Key::Right).await;
    visitor.presses(Key::Enter).await;
    assert_eq!(card.says("thanks").await, "Thank you!");
    let finished = shop.journal().line(json!({ "complete": true })).await;
    assert_eq!(finished["survey"], "inline");
    visitor.leaves().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sheet_stays_above_the_keyboard_on_the_screen_in_chromium() {
    let shop = Shop::open(&[("everything", EVERYTHING)]).await;
    let visitor = Visitor::with_phone().await;
    visitor.opens(&shop.page("/")).await;
    let card = visitor.card().await;
    card.part("scale").await;
    // No headless browser has such a keyboard, so the page says what one would.
    let seen = "Object.defineProperties(visualViewport, { height: { value: 500, configurable: true }, \
         scale: { value: SCALE, configurable: true } }); visualViewport.dispatchEvent(new Event('resize')); \
         const card = document.querySelector('hark-survey').shadowRoot.querySelector('[part=card]'); \
         return Math.round(card.getBoundingClientRect().bottom)";
    assert_eq!(visitor.runs(&seen.replace("SCALE", "1")).await, 500);
    assert_eq!(visitor.runs(&seen.replace("SCALE", "2")).await, 844);
    visitor.leaves().await;
}
