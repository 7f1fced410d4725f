//! What assistive technology is told, and when.

use crate::{ASK, shop_with_every_kind, somebody_who_will_be_asked};
use e2e::{Visitor, until};
use serde_json::json;
use thirtyfour::Key;

/// Keeps everything that is put into a live region of the card, with how long after the card could be seen.
const LISTEN: &str = "let shown; new MutationObserver((records) => { for (const { target } of records) \
       if (target.localName == 'hark-survey' && !target.hidden) shown = performance.now(); }) \
     .observe(document, { subtree: true, attributes: true, attributeFilter: ['hidden'] }); \
     addEventListener('hark:shown', () => { window.told = []; \
     const root = document.querySelector('hark-survey').shadowRoot; \
     window.regions = [...root.querySelectorAll('[role=status],[role=alert]')].map(({ textContent }) => textContent); \
     new MutationObserver((records) => { for (const { target } of records) \
       if (target.matches?.('[role=status],[role=alert]') && target.textContent) \
         told.push([target.getAttribute('role'), target.textContent, performance.now() - shown]) }) \
     .observe(root, { subtree: true, childList: true }) })";

#[tokio::test(flavor = "multi_thread")]
async fn a_card_is_announced_once_and_politely_and_its_outcome_too() {
    let (_shop, visitor) = somebody_who_will_be_asked("/").await;
    visitor.runs(LISTEN).await;
    visitor.runs(ASK).await;
    let card = visitor.card().await;
    let told = || async {
        visitor
            .runs("return told.map(([role, text]) => [role, text])")
            .await
    };
    let announced = json!([
        "status",
        "A short question about your visit is available. You can ignore it."
    ]);
    until("an announcement", || async {
        let told = told().await;
        if told == json!([announced]) {
            Ok(())
        } else {
            Err(told)
        }
    })
    .await;
    let after = visitor.runs("return told[0][2]").await.as_f64().unwrap();
    assert!(after >= 1_000.0, "after {after} ms");
    // The regions were there before what they tell.
    let regions = visitor.runs("return regions").await;
    assert_eq!(regions, json!(["", "", "", ""]));
    card.clicks("next").await;
    card.chooses(9).await;
    card.clicks("submit").await;
    card.part("thanks").await;
    let expected = json!([
        announced,
        ["alert", "Please choose an answer."],
        ["status", "Thank you!"]
    ]);
    assert_eq!(told().await, expected);
    visitor.leaves().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_card_that_was_asked_for_is_not_announced() {
    let shop = shop_with_every_kind().await;
    let visitor = Visitor::new().await;
    visitor.opens(&shop.page("/")).await;
    visitor.card().await.part("tab").await;
    visitor.runs(LISTEN).await;
    visitor.card().await.clicks("tab").await;
    let card = visitor.card().await;
    card.part("scale").await;
    visitor.has_looked_for(1_500.0).await;
    assert_eq!(visitor.runs("return told").await, json!([]));
    visitor.leaves().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_card_stays_until_it_is_closed() {
    let (_shop, visitor) = somebody_who_will_be_asked("/").await;
    // A second takes a millisecond from the moment the card is shown.
    visitor
        .runs(
            "const wait = setTimeout, now = performance.now.bind(performance); let began; \
             addEventListener('hark:shown', () => { began = now() }); \
             window.setTimeout = (act, time, ...rest) => wait(act, time / 1000, ...rest); \
             performance.now = () => began ? began + (now() - began) * 1000 : now()",
        )
        .await;
    visitor.runs(ASK).await;
    visitor.card().await.part("scale").await;
    visitor.has_looked_for(5.0 * 60_000.0).await;
    visitor.card().await.part("scale").await;
    visitor.leaves().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn controls_are_named_by_what_is_seen_in_chromium() {
    let shop = shop_with_every_kind().await;
    let visitor = Visitor::new().await;
    visitor.opens(&shop.page("/")).await;
    visitor
        .runs("await hark('explain'); hark('show', 'nps')")
        .await;
    visitor.card().await.part("scale").await;
    let names = visitor.names().await;
    let question = "How likely is it that you would recommend Fernlight to a friend or colleague?";
    let expected = [
        ("dialog", "Feedback"),
        ("button", "Close the question"),
        ("group", question),
        ("radio", "0 Not at all likely"),
        ("radio", "7"),
        ("radio", "10 Extremely likely"),
        ("button", "Next"),
    ];
    for (role, name) in expected {
        let found = names.iter().any(|(of, named)| of == role && named == name);
        assert!(found, "{role} {name} in {names:#?}");
    }
    visitor.leaves().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn mistakes_are_named_in_words_and_found_again() {
    let shop = shop_with_every_kind().await;
    let visitor = Visitor::new().await;
    visitor.opens(&shop.page("/")).await;
    visitor
        .runs("await hark('explain'); hark('show', 'smileys')")
        .await;
    let card = visitor.card().await;
    let focused = "const { name, type } = document.querySelector('hark-survey').shadowRoot.activeElement; return name || type";
    card.clicks("next").await;
    assert_eq!(card.says("error").await, "Please choose an answer.");
    assert_eq!(visitor.runs(focused).await, "score");
    visitor.presses(Key::Space).await;
    let said = "return document.querySelector('hark-survey').shadowRoot.querySelector('[part=error]').textContent";
    assert_eq!(visitor.runs(said).await, "", "mended");
    card.chooses(1).await;
    assert!(card.says("question").await.contains("optional"));
    card.clicks("submit").await;
    card.clicks("submit").await;
    card.fills("contact", "ada").await;
    visitor.presses(Key::Enter).await;
    let wrong = "Please enter a valid email address or leave the field empty.";
    assert_eq!(card.says("error").await, wrong);
    assert_eq!(visitor.runs(focused).await, "email");
    card.fills("contact", "ada@shop.example").await;
    visitor.presses(Key::Enter).await;
    let unticked = "“You may contact me about this answer”";
    assert!(card.says("error").await.contains(unticked));
    let kind = focused.replace("name || type", "type");
    assert_eq!(visitor.runs(&kind).await, "checkbox");
    let attributes = "const field = document.querySelector('hark-survey').shadowRoot.querySelector('[type=email]'); return field.autocomplete";
    assert_eq!(visitor.runs(attributes).await, "email");
    visitor.leaves().await;
}
