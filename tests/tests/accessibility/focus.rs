//! The focus: never stolen, given back, never hidden.

use crate::{ASK, shop_that_asks, shop_with_every_kind, somebody_who_will_be_asked};
use e2e::{Visitor, until};
use serde_json::json;
use thirtyfour::Key;

#[tokio::test(flavor = "multi_thread")]
async fn a_card_that_comes_by_itself_takes_no_focus_and_gives_back_what_it_was_given() {
    let (_shop, visitor) = somebody_who_will_be_asked("/").await;
    visitor
        .runs("document.querySelector('#next').focus()")
        .await;
    visitor.runs(ASK).await;
    visitor.card().await.part("scale").await;
    let focused = "return document.activeElement.id || document.activeElement.localName";
    assert_eq!(visitor.runs(focused).await, "next");
    visitor.presses(Key::Tab).await;
    visitor.presses(Key::Tab).await;
    assert_eq!(visitor.runs(focused).await, "hark-survey");
    visitor.presses(Key::Escape).await;
    visitor.sees_no_card().await;
    assert_eq!(visitor.runs(focused).await, "next");
    visitor.leaves().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_that_takes_its_card_away_has_the_focus_back() {
    let (_shop, visitor) = somebody_who_will_be_asked("/").await;
    visitor
        .runs("document.querySelector('#next').focus()")
        .await;
    visitor.runs(ASK).await;
    visitor.card().await.part("scale").await;
    visitor.presses(Key::Tab).await;
    visitor.presses(Key::Tab).await;
    let focused = visitor
        .runs("const focused = document.activeElement.localName; hark('close'); return [focused, document.activeElement.id]")
        .await;
    assert_eq!(focused, json!(["hark-survey", "next"]));
    visitor.leaves().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_card_that_comes_where_the_focus_is_lets_it_be_seen() {
    let shop = shop_that_asks().await;
    let visitor = Visitor::new().await;
    visitor.opens(&shop.page("/links")).await;
    visitor
        .runs(
            "await hark('explain'); hark('show', 'asked'); \
             const card = document.querySelector('hark-survey').shadowRoot.querySelector('section'); \
             const { left, top, width, height } = card.getBoundingClientRect(); hark('close'); \
             const under = document.body.appendChild(document.createElement('button')); \
             Object.assign(under.style, { position: 'fixed', left: `${left + width / 2}px`, top: `${top + height / 2}px` }); \
             under.focus(); hark('show', 'asked')",
        )
        .await;
    until("the focus to be seen", || async {
        let seen = visitor.runs(SEEN).await;
        if seen[0] == json!(true) {
            Ok(())
        } else {
            Err(seen)
        }
    })
    .await;
    visitor.leaves().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_opens_a_card_is_led_to_it_and_back() {
    let shop = shop_with_every_kind().await;
    let visitor = Visitor::new().await;
    visitor.opens(&shop.page("/")).await;
    visitor.card().await.part("tab").await;
    visitor
        .runs("document.querySelector('#next').focus()")
        .await;
    visitor.presses(Key::Tab).await;
    visitor.presses(Key::Enter).await;
    visitor.card().await.part("scale").await;
    let focused =
        "return document.querySelector('hark-survey').shadowRoot.activeElement?.localName";
    assert_eq!(visitor.runs(focused).await, "fieldset");
    visitor.presses(Key::Escape).await;
    visitor.card().await.part("tab").await;
    assert_eq!(visitor.runs(focused).await, "button");
    // Around the button is the page, in any colour: its ring is drawn on itself.
    let ring = "const button = document.querySelector('hark-survey').shadowRoot.activeElement; \
         const { outlineColor, outlineOffset, outlineWidth, color } = getComputedStyle(button); \
         return [outlineColor == color, parseFloat(outlineOffset) + parseFloat(outlineWidth) < 0]";
    assert_eq!(visitor.runs(ring).await, json!([true, true]));
    visitor.leaves().await;
}

/// Where the focus is on the page, and whether any of it can be seen; twice a frame later, since browsers
/// scroll to what gets the focus.
const SEEN: &str = "await new Promise((seen) => requestAnimationFrame(() => requestAnimationFrame(seen))); \
     const focused = document.activeElement; \
     if (focused == document.body || focused.localName == 'hark-survey') return null; \
     const { left, top, width, height } = focused.getBoundingClientRect(); \
     const points = [[0.5, 0.5], [0.1, 0.1], [0.9, 0.1], [0.1, 0.9], [0.9, 0.9]]; \
     const shows = ([x, y]) => focused.contains(document.elementFromPoint(left + x * width, top + y * height)); \
     const aside = document.querySelector('hark-survey').shadowRoot.querySelector('.aside'); \
     return [points.some(shows), !!aside, focused.textContent]";

#[tokio::test(flavor = "multi_thread")]
async fn the_card_never_hides_what_has_the_focus() {
    let shop = shop_that_asks().await;
    let visitor = Visitor::new().await;
    for (width, height) in [(1280, 720), (390, 844), (320, 256)] {
        visitor.looks_through(width, height).await;
        visitor.opens(&shop.page("/links")).await;
        visitor
            .runs("await hark('explain'); hark('show', 'asked')")
            .await;
        visitor.card().await.part("scale").await;
        let (mut links, mut has_stepped_aside) = (0, false);
        loop {
            visitor.presses(Key::Tab).await;
            let seen = visitor.runs(SEEN).await;
            if seen.is_null() {
                break;
            }
            assert_eq!(seen[0], json!(true), "{width} × {height}: {seen}");
            has_stepped_aside |= seen[1] == true;
            links += 1;
        }
        assert!(links > 40, "{links} links");
        assert!(
            has_stepped_aside,
            "{width} × {height}: nothing was ever under it"
        );
        // It is next, and there again for whoever has come to it.
        until("the card to be seen again", || async {
            let opacity = "return getComputedStyle(document.querySelector('hark-survey').shadowRoot.querySelector('section')).opacity";
            let opacity = visitor.runs(opacity).await;
            if opacity == "1" { Ok(()) } else { Err(opacity) }
        })
        .await;
        let within = visitor
            .runs("return document.activeElement.localName")
            .await;
        assert_eq!(within, "hark-survey");
    }
    visitor.leaves().await;
}
