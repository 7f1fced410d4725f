//! The card without a pointer.

use crate::shop_that_asks;
use e2e::{Engine, Shop, Visitor};
use serde_json::{Value, json};
use thirtyfour::Key;

/// What has the focus in the card: its part, or its value where it is a score.
async fn focused(visitor: &Visitor) -> Value {
    visitor
        .runs(
            "const focused = document.querySelector('hark-survey').shadowRoot.activeElement; \
             return focused && (focused.name == 'score' ? focused.value : focused.getAttribute('part'))",
        )
        .await
}

async fn chosen(visitor: &Visitor) -> Value {
    let chosen = "return document.querySelector('hark-survey').shadowRoot.querySelector(':checked')?.value ?? null";
    visitor.runs(chosen).await
}

/// A card that was shown, and the focus on the last of the page.
async fn just_before_the_card() -> (Shop, Visitor) {
    let shop = shop_that_asks().await;
    let visitor = Visitor::new().await;
    visitor.opens(&shop.page("/")).await;
    visitor.card().await.part("scale").await;
    visitor
        .runs("document.querySelector('#next').focus()")
        .await;
    (shop, visitor)
}

#[tokio::test(flavor = "multi_thread")]
async fn keys_reach_everything_and_are_never_trapped() {
    let (_shop, visitor) = just_before_the_card().await;
    // Last on the page, with one stop for all the scores.
    let mut stops = Vec::new();
    for _ in 0..4 {
        visitor.presses(Key::Tab).await;
        stops.push(focused(&visitor).await);
    }
    assert_eq!(
        stops,
        [json!("close"), json!("0"), json!("next"), Value::Null]
    );
    visitor.leaves().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn keys_lead_back_through_the_card_and_out_of_it() {
    let (_shop, visitor) = just_before_the_card().await;
    for _ in 0..3 {
        visitor.presses(Key::Tab).await;
    }
    let mut stops = vec![focused(&visitor).await];
    for _ in 0..3 {
        visitor.presses_with_shift(Key::Tab).await;
        stops.push(focused(&visitor).await);
    }
    assert_eq!(stops[0], "next");
    // Engines differ in which of the scores comes first from behind while none is chosen.
    let backwards: u32 = stops[1]
        .as_str()
        .and_then(|score| score.parse().ok())
        .unwrap_or_else(|| panic!("{stops:?}"));
    assert!(backwards <= 10, "{stops:?}");
    assert_eq!(stops[2..], [json!("close"), Value::Null]);
    let on_page = "return document.activeElement.id";
    assert_eq!(visitor.runs(on_page).await, "next");
    visitor.leaves().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn arrows_select_as_they_point_and_nothing_goes_on_by_itself() {
    let shop = shop_that_asks().await;
    let visitor = Visitor::new().await;
    // WebKit takes the right for onward in every language, and ends where the scale does.
    let is_webkit = Engine::of_this_run() == Engine::WebKit;
    let left_is_onward = (Key::Left, Key::Right);
    let right_is_onward = (Key::Right, Key::Left);
    let in_mirrored = if is_webkit {
        right_is_onward.clone()
    } else {
        left_is_onward
    };
    for (path, (onward, back)) in [
        ("/", right_is_onward),
        ("/ar/", in_mirrored.clone()),
        ("/he/", in_mirrored),
    ] {
        visitor.opens(&shop.page(path)).await;
        visitor
            .runs("await hark('explain'); hark('show', 'asked')")
            .await;
        let card = visitor.card().await;
        card.focuses_the_scale().await;
        visitor.presses(Key::Space).await;
        assert_eq!(chosen(&visitor).await, "0", "{path}: Space");
        for score in 1..=10 {
            visitor.presses(onward.clone()).await;
            assert_eq!(chosen(&visitor).await, score.to_string(), "{path}");
        }
        visitor.presses(onward).await;
        let beyond = if is_webkit { "10" } else { "0" };
        assert_eq!(chosen(&visitor).await, beyond, "{path}: beyond the end");
        visitor.presses(back).await;
        let back = if is_webkit { "9" } else { "10" };
        assert_eq!(chosen(&visitor).await, back, "{path}: and back");
        card.part("scale").await;
        assert_eq!(shop.journal().count("response"), 0, "{path}");
        // Whatever is selected when the page goes away is an answer; a card that is closed is none.
        visitor.presses(Key::Escape).await;
        visitor.sees_no_card().await;
    }
    assert_eq!(shop.journal().count("response"), 0);
    visitor.leaves().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_has_the_focus_shows_it() {
    let (_shop, visitor) = just_before_the_card().await;
    for stop in ["close", "0", "next"] {
        visitor.presses(Key::Tab).await;
        let ring = visitor
            .runs(
                "const { outlineStyle, outlineWidth } = getComputedStyle(document.querySelector('hark-survey') \
                 .shadowRoot.activeElement); return [outlineStyle, parseFloat(outlineWidth) >= 2]",
            )
            .await;
        assert_eq!(ring, json!(["solid", true]), "{stop}");
    }
    visitor.leaves().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn no_key_is_a_shortcut_outside_of_the_card() {
    let (_shop, visitor) = just_before_the_card().await;
    visitor.types("7 9n").await;
    assert_eq!(chosen(&visitor).await, Value::Null);
    visitor.card().await.part("scale").await;
    visitor.leaves().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_appears_on_hovering() {
    let shop = shop_that_asks().await;
    let visitor = Visitor::new().await;
    visitor.opens(&shop.page("/")).await;
    visitor.card().await.part("scale").await;
    // Whatever is there with a box of its own, where it is, and every title that a browser would show.
    let there = "const { shadowRoot } = document.querySelector('hark-survey'); \
         return [...shadowRoot.querySelectorAll('*')].filter((one) => one.checkVisibility()).map((one) => { \
           const { x, y, width, height } = one.getBoundingClientRect(); \
           const generated = ['::before', '::after'].map((name) => getComputedStyle(one, name).content); \
           return [one.localName, x, y, width, height, one.title ?? '', ...generated] })";
    let before = visitor.runs(there).await;
    let boxes = before.as_array().expect("boxes").clone();
    assert!(boxes.iter().all(|one| one[5] == ""), "{before}");
    for at in [
        "[part=option]",
        "[part=option]:last-of-type",
        "[part=next]",
        "[part=close]",
        "legend",
    ] {
        let middle = format!(
            "const {{ x, y, width, height }} = document.querySelector('hark-survey').shadowRoot.querySelector('{at}') \
             .getBoundingClientRect(); return [Math.round(x + width / 2), Math.round(y + height / 2)]"
        );
        let middle = visitor.runs(&middle).await;
        let (x, y) = (middle[0].as_i64().unwrap(), middle[1].as_i64().unwrap());
        visitor.moves_along(&[(20, 20), (x as i32, y as i32)]).await;
        assert_eq!(visitor.runs(there).await, before, "{at}");
    }
    visitor.leaves().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_button_held_down_and_taken_elsewhere_chooses_nothing() {
    let shop = shop_that_asks().await;
    let visitor = Visitor::new().await;
    visitor.opens(&shop.page("/")).await;
    let card = visitor.card().await;
    card.part("scale").await;
    let place = visitor
        .runs(
            "const { x, y, width, height } = document.querySelector('hark-survey').shadowRoot \
             .querySelector('[data-score=\"7\"]').getBoundingClientRect(); \
             return [Math.round(x + width / 2), Math.round(y + height / 2)]",
        )
        .await;
    let (x, y) = (place[0].as_i64().unwrap(), place[1].as_i64().unwrap());
    visitor.presses_the_button_at(x, y).await;
    visitor.releases_the_button_at(20, 20).await;
    assert_eq!(chosen(&visitor).await, Value::Null);
    visitor.clicks_at(x, y, 1).await;
    card.part("comment").await;
    let scored = shop.journal().line(json!({ "type": "response" })).await;
    assert_eq!(scored["score"], 7);
    visitor.leaves().await;
}
