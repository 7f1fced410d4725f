//! What is seen: colours, motion, direction, language.

use crate::{shop_that_asks, shop_with_every_kind};
use e2e::{Host, Visitor};
use serde_json::json;

const ROOT: &str = "const host = document.querySelector('hark-survey'), root = host.shadowRoot; \
     const all = (selector) => [...root.querySelectorAll(selector)]; \
     const style = (selector) => getComputedStyle(root.querySelector(selector)); ";

async fn seen(visitor: &Visitor, script: &str) -> serde_json::Value {
    visitor.runs(&format!("{ROOT} {script}")).await
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_moves_whether_motion_is_wanted_or_not() {
    let shop = shop_that_asks().await;
    let visitor = Visitor::new().await;
    visitor.opens(&shop.page("/")).await;
    visitor
        .runs("await hark('explain'); hark('show', 'asked')")
        .await;
    visitor.card().await.part("scale").await;
    let moving = "return all('*').filter((one) => { \
            const { animationName, transitionDuration } = getComputedStyle(one); \
            return animationName != 'none' || parseFloat(transitionDuration) != 0 }).length";
    assert_eq!(seen(&visitor, moving).await, 0);
    visitor.leaves().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn forced_colours_leave_borders_and_the_selection_in_chromium() {
    let shop = shop_that_asks().await;
    let visitor = Visitor::new().await;
    visitor.prefers(&[("forced-colors", "active")]).await;
    visitor.opens(&shop.page("/")).await;
    let card = visitor.card().await;
    card.focuses_the_scale().await;
    visitor.presses(thirtyfour::Key::Space).await;
    let looks = "const seen = document.createElement('i'); seen.style.color = 'Highlight'; document.body.append(seen); \
        const highlight = getComputedStyle(seen).color; seen.remove(); \
        const borders = ['section', '[part=option]', '[part=next]'].map((part) => style(part).borderTopStyle); \
        const [chosen, other] = all('[part=option]').map((option) => getComputedStyle(option)); \
        return [matchMedia('(forced-colors: active)').matches, borders, \
          chosen.outlineColor == highlight, chosen.outlineStyle, other.outlineStyle]";
    assert_eq!(
        seen(&visitor, looks).await,
        json!([true, ["solid", "solid", "solid"], true, "solid", "none"])
    );
    visitor.leaves().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_chosen_differs_by_more_than_colour() {
    let shop = shop_that_asks().await;
    let visitor = Visitor::new().await;
    visitor.opens(&shop.page("/")).await;
    let card = visitor.card().await;
    card.focuses_the_scale().await;
    visitor.presses(thirtyfour::Key::Space).await;
    let weights = "return all('[part=option]').slice(0, 2).map((option) => \
        [getComputedStyle(option).fontWeight, getComputedStyle(option).outlineStyle])";
    assert_eq!(
        seen(&visitor, weights).await,
        json!([["700", "solid"], ["400", "none"]])
    );
    visitor.leaves().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn from_right_to_left_everything_is_mirrored() {
    let shop = shop_with_every_kind().await;
    let visitor = Visitor::new().await;
    let layout = "const left = (selector) => root.querySelector(selector).getBoundingClientRect().left; \
        return [host.lang, host.dir, left('[data-score=\"0\"]') < left('[data-score=\"10\"]'), \
          left('[part=anchor-low]') < left('[part=anchor-high]'), \
          left('[part=question]') < left('[part=close]'), root.querySelector('textarea').dir]";
    for (path, expected) in [
        ("/", json!(["en", "ltr", true, true, true, "auto"])),
        ("/ar/", json!(["ar", "rtl", false, false, false, "auto"])),
        ("/he/", json!(["he", "rtl", false, false, false, "auto"])),
    ] {
        visitor.opens(&shop.page(path)).await;
        visitor
            .runs("await hark('explain'); hark('show', 'nps')")
            .await;
        visitor.card().await.part("scale").await;
        assert_eq!(seen(&visitor, layout).await, expected, "{path}");
    }
    visitor.leaves().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_shops_name_stands_apart_from_the_words_around_it() {
    let shop = shop_with_every_kind().await;
    let visitor = Visitor::new().await;
    for (path, survey) in [
        ("/", "nps"),
        ("/ar/", "ces"),
        ("/he/", "nps"),
        ("/ja/", "ces"),
    ] {
        visitor.opens(&shop.page(path)).await;
        visitor
            .runs(&format!("await hark('explain'); hark('show', '{survey}')"))
            .await;
        visitor.card().await.part("scale").await;
        let names =
            "return all('legend bdi').map(({ textContent }) => textContent).filter(Boolean)";
        assert_eq!(seen(&visitor, names).await, json!(["Fernlight"]), "{path}");
    }
    visitor.leaves().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn where_wasm_fails_nothing_is_shown_and_one_line_says_so() {
    let shop = shop_that_asks().await;
    let visitor = Visitor::new().await;
    let fails = "WebAssembly.instantiateStreaming = WebAssembly.instantiate = () => Promise.reject(new Error('no Wasm here'))";
    let host = Host::new().that_begins_with(fails);
    visitor.opens(&host.with(&shop.tag("")).opens().await).await;
    let lines = e2e::until("a line on the console", || async {
        let lines = visitor.console().await;
        if lines.is_empty() {
            Err(lines)
        } else {
            Ok(lines)
        }
    })
    .await;
    assert_eq!(lines.len(), 1, "{lines:?}");
    assert!(
        lines[0].contains("Hark: the widget could not start"),
        "{lines:?}"
    );
    assert!(visitor.card_now().await.is_none());
    visitor.leaves().await;
}
