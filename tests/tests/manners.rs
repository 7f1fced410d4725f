//! What a visitor may expect of a guest on the page.

#![allow(clippy::expect_used, clippy::unwrap_used, clippy::panic, missing_docs)]

use e2e::{Shop, Visitor, until};
use serde_json::json;
use thirtyfour::Key;

const AT_ONCE: (&str, &str) = (
    "at-once",
    "metric = \"nps\"\n[[follow_up]]\n[[trigger]]\non = \"load\"",
);

#[tokio::test(flavor = "multi_thread")]
async fn a_score_is_kept_when_the_visitor_leaves_before_the_end() {
    let shop = Shop::open(&[AT_ONCE]).await;
    let visitor = Visitor::new().await;
    visitor.opens(&shop.page("/")).await;
    let card = visitor.card().await;
    card.chooses(3).await;
    card.types("Too slow to").await;
    visitor.closes_the_tab().await;

    let scored = shop
        .journal()
        .line(json!({ "type": "response", "seq": 2 }))
        .await;
    assert_eq!(scored["score"], 3);
    assert_eq!(scored["complete"], false);
    let left = shop
        .journal()
        .line(json!({ "type": "response", "seq": 3 }))
        .await;
    assert_eq!(left["answers"], json!({ "comment": "Too slow to" }));
    assert_eq!(left["complete"], false);
    assert_eq!(shop.report("at-once").await["responses"], 1);
    visitor.leaves().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_score_that_is_only_selected_is_kept_when_the_page_goes_away() {
    let shop = Shop::open(&[AT_ONCE]).await;
    let visitor = Visitor::new().await;
    visitor.opens(&shop.page("/")).await;
    visitor.card().await.focuses_the_scale().await;
    visitor.presses(Key::Right).await;
    visitor.presses(Key::Right).await;
    visitor.opens(&shop.page("/next")).await;

    let left = shop.journal().line(json!({ "type": "response" })).await;
    assert_eq!(left["complete"], false);
    assert!(left["score"].is_u64(), "{left}");
    visitor.leaves().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn arrow_keys_select_and_enter_goes_on() {
    let shop = Shop::open(&[AT_ONCE]).await;
    let visitor = Visitor::new().await;
    visitor.opens(&shop.page("/")).await;
    let card = visitor.card().await;
    card.focuses_the_scale().await;
    for _ in 0..4 {
        visitor.presses(Key::Right).await;
    }
    assert_eq!(shop.journal().count("response"), 0);
    visitor.presses(Key::Enter).await;
    card.part("comment").await;
    let scored = shop.journal().line(json!({ "type": "response" })).await;
    assert_eq!(scored["score"], 4);
    visitor.leaves().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn going_on_without_a_score_asks_for_one() {
    let shop = Shop::open(&[AT_ONCE]).await;
    let visitor = Visitor::new().await;
    visitor.opens(&shop.page("/")).await;
    let card = visitor.card().await;
    card.clicks("next").await;
    assert_eq!(card.says("error").await, "Please choose an answer.");
    visitor.leaves().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refusal_is_respected_on_the_next_page() {
    let shop = Shop::open(&[AT_ONCE]).await;
    let visitor = Visitor::new().await;
    visitor.opens(&shop.page("/")).await;
    let card = visitor.card().await;
    // Closing within a second would be an accident.
    visitor.has_looked_for(1_000.0).await;
    card.clicks("close").await;
    visitor.sees_no_card().await;
    let refused = shop.journal().line(json!({ "type": "dismissal" })).await;
    assert_eq!(refused["survey"], "at-once");
    // Until the page knows that it has arrived, the next one would send it again.
    until("nothing to be unsent", || async {
        let kept = "return [localStorage, sessionStorage].flatMap((store) => Object.keys(store)) \
                    .filter((name) => name.startsWith('hark:shop/'))";
        let unsent = visitor.runs(kept).await;
        if unsent == json!([]) {
            Ok(())
        } else {
            Err(unsent)
        }
    })
    .await;

    visitor.opens(&shop.page("/next")).await;
    visitor.is_left_in_peace(&shop.collector).await;
    let requests = visitor.requests(&shop.collector).await;
    assert!(
        !requests.iter().any(|path| path.ends_with(".wasm")),
        "{requests:?}"
    );
    let reason = visitor.reason_against("at-once", "frequency").await;
    assert_eq!(reason, "quiet: this survey was shown lately");
    assert!(visitor.card_now().await.is_none());
    assert_eq!(shop.journal().count("impression"), 1);
    assert_eq!(shop.report("at-once").await["dismissals"], 1);
    visitor.leaves().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn closing_by_accident_is_no_refusal() {
    let when_told = "metric = \"csat\"\n[[trigger]]\non = \"event\"\nname = \"now\"";
    let shop = Shop::open(&[("asked", when_told)]).await;
    let visitor = Visitor::new().await;
    visitor.opens(&shop.page("/")).await;
    visitor.is_waited_for("asked").await;
    let closed = "hark('event', 'now'); await new Promise((shown) => addEventListener('hark:shown', shown)); \
                  document.querySelector('hark-survey').shadowRoot.querySelector('[part=close]').click(); \
                  return localStorage.length";
    assert_eq!(visitor.runs(closed).await, 0);
    visitor.sees_no_card().await;
    shop.journal().line(json!({ "type": "impression" })).await;
    assert_eq!(shop.journal().count("dismissal"), 0);
    visitor.leaves().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_without_an_armed_survey_never_asks_for_the_wasm() {
    let elsewhere = "metric = \"nps\"\n[target]\npages = [\"/cart\"]\n[[trigger]]\non = \"load\"";
    let shop = Shop::open(&[("elsewhere", elsewhere)]).await;
    let visitor = Visitor::new().await;
    visitor.opens(&shop.page("/product")).await;
    visitor.is_left_in_peace(&shop.collector).await;
    let requests = visitor.requests(&shop.collector).await;
    assert_eq!(requests, ["/hark.js", "/v1/sites/shop/surveys?locale=en"]);
    assert_eq!(visitor.console().await, Vec::<String>::new());
    assert_eq!(visitor.layout_shift().await.to_string(), "0");
    let reason = visitor.reason_against("elsewhere", "path").await;
    assert_eq!(reason, "the path is not in `pages`");
    visitor.leaves().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_is_interrupted_while_typing_and_no_focus_is_stolen() {
    let shop = Shop::open(&[(
        "asked",
        "metric = \"csat\"\n[[trigger]]\non = \"event\"\nname = \"now\"",
    )])
    .await;
    let visitor = Visitor::new().await;
    visitor.opens(&shop.page("/")).await;
    visitor.is_waited_for("asked").await;
    visitor.clicks("#search").await;
    visitor.runs("hark('event', 'now')").await;
    let reason = visitor.reason_against("asked", "moment").await;
    assert_eq!(reason, "somebody is typing");
    assert!(visitor.card_now().await.is_none());
    visitor
        .runs("document.activeElement.blur(); document.querySelector('#next').focus()")
        .await;
    visitor.card().await;
    assert_eq!(
        visitor.runs("return document.activeElement.id").await,
        "next"
    );
    visitor.presses(Key::Escape).await;
    assert!(
        visitor.card_now().await.is_some(),
        "Escape outside of the card is the page's"
    );
    visitor.leaves().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_page_is_told_what_happens_and_can_ask_and_close() {
    let shop = Shop::open(&[(
        "asked",
        "metric = \"csat\"\n[[trigger]]\non = \"event\"\nname = \"never\"",
    )])
    .await;
    let visitor = Visitor::new().await;
    visitor.opens(&shop.page("/")).await;
    visitor
        .runs(
            "window.told = []; for (const news of ['shown', 'answered', 'completed', 'dismissed']) { \
             hark('on', news, (event) => told.push(news + ':' + event.survey)); \
             addEventListener('hark:' + news, ({ detail }) => told.push('hark:' + news + ':' + detail.seq)); } \
             hark('show', 'asked')",
        )
        .await;
    visitor.card().await.chooses(4).await;
    shop.journal()
        .line(json!({ "type": "response", "score": 4 }))
        .await;
    let told = visitor.runs("return told").await;
    assert_eq!(
        told,
        json!([
            "shown:asked",
            "hark:shown:1",
            "answered:asked",
            "hark:answered:2",
            "completed:asked",
            "hark:completed:2"
        ])
    );
    visitor.runs("hark('close')").await;
    visitor.sees_no_card().await;
    assert_eq!(
        visitor
            .runs("return document.querySelectorAll('hark-survey').length")
            .await,
        0
    );
    visitor.leaves().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn one_survey_a_visit_is_enough() {
    let second = (
        "second",
        "metric = \"csat\"\n[[trigger]]\non = \"event\"\nname = \"now\"",
    );
    let shop = Shop::open(&[AT_ONCE, second]).await;
    let visitor = Visitor::new().await;
    visitor.opens(&shop.page("/")).await;
    visitor.card().await.clicks("close").await;
    visitor.runs("hark('event', 'now')").await;
    let reason = visitor.reason_against("second", "frequency").await;
    assert_eq!(reason, "quiet: a survey was shown in this visit");
    assert!(visitor.card_now().await.is_none());
    visitor.leaves().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn consent_decides_what_the_device_keeps() {
    let rows = [
        ("data-consent=denied", vec!["acts"; 0]),
        ("data-consent=pending", vec!["acts"]),
        (
            "data-consent=granted",
            vec!["acts", "asked", "visit", "visitor", "visits"],
        ),
    ];
    for (consent, expected) in rows {
        let shop = Shop::open_with(&[AT_ONCE], "", consent).await;
        let visitor = Visitor::new().await;
        visitor.opens(&shop.page("/")).await;
        visitor.card().await.chooses(9).await;
        shop.journal().line(json!({ "type": "response" })).await;
        let kept = visitor
            .runs("return Object.keys(JSON.parse(localStorage['hark:shop'] ?? '{}')).sort()")
            .await;
        assert_eq!(kept, json!(expected), "{consent}");
        // What is sent stays on the device until its receipt is there.
        until("nothing else on the device", || async {
            let others = visitor
                .runs("return localStorage.length + sessionStorage.length + document.cookie.length")
                .await;
            let is_all = others == i32::from(!expected.is_empty());
            is_all.then_some(()).ok_or((consent, others))
        })
        .await;
        visitor.leaves().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_route_arms_its_surveys_and_hides_what_was_shown() {
    let cart = (
        "cart",
        "metric = \"csat\"\n[target]\npages = [\"/cart\"]\n[[trigger]]\non = \"load\"",
    );
    let shop = Shop::open(&[cart]).await;
    let visitor = Visitor::new().await;
    visitor.opens(&shop.page("/")).await;
    visitor.is_left_in_peace(&shop.collector).await;
    visitor.runs("history.pushState(null, '', '/cart')").await;
    visitor.card().await;
    visitor.runs("history.pushState(null, '', '/')").await;
    visitor.sees_no_card().await;
    let pages = until("an impression", || async {
        let lines = shop.journal().lines();
        lines.first().map(|line| line["page"].clone()).ok_or(lines)
    })
    .await;
    assert_eq!(pages, json!({ "path": "/cart" }));
    visitor.leaves().await;
}
