//! Style sheets of the page, and policies on them and on scripts.

use super::{ASKED, answers, works_as_before};
use e2e::{Host, Shop, Visitor};
use serde_json::{Value, json};

/// How the card looks: where it is, and the size of what is written on it.
const LOOKS: &str = "const { shadowRoot } = document.querySelector('hark-survey'); \
     const card = shadowRoot.querySelector('[part=card]'); \
     const { x, y, width, height } = card.getBoundingClientRect(); \
     const looks = (part) => { const { fontSize, fontFamily, color, display, position } = \
     getComputedStyle(shadowRoot.querySelector(`[part=${part}]`)); return [fontSize, fontFamily, color, display, position] }; \
     return [[x, y, width, height], ...['card', 'question', 'option', 'next', 'close'].map(looks)]";

#[tokio::test(flavor = "multi_thread")]
async fn no_style_of_the_page_reaches_the_card_and_none_of_the_cards_the_page() {
    let shop = Shop::open(&[ASKED]).await;
    let visitor = Visitor::new().await;
    let looks = async |host: &Host| {
        visitor
            .opens(
                &host
                    .clone()
                    .with(&shop.tag("data-consent=denied"))
                    .opens()
                    .await,
            )
            .await;
        visitor.card().await.part("scale").await;
        visitor.runs(LOOKS).await
    };
    let plain = looks(&Host::new()).await;
    assert_eq!(plain[1][4], "fixed", "{plain}");
    let at_the_edge = looks_of_the_button(&visitor, &Host::new()).await;
    assert_eq!(at_the_edge[1], "fixed", "{at_the_edge}");
    let hostile = [
        "* { all: unset !important; font-size: 40px !important }",
        "* { display: none !important } html, body { display: block !important }",
        "hark-survey { display: none !important; opacity: 0 !important; transform: scale(2) !important }",
        "body > * { position: static !important; visibility: hidden !important; pointer-events: none !important }",
        "html { font-size: 62.5% } body { direction: rtl; zoom: 1; color: red; font: 9px serif; letter-spacing: 1em; text-transform: uppercase }",
        "* { box-sizing: content-box !important; margin: 9px !important; padding: 9px !important; float: left !important }",
        "input, button, fieldset, legend, form, section { all: unset !important; display: none !important }",
    ];
    for styles in hostile {
        let host = Host::new().with_head(&format!("<style>{styles}</style>"));
        let styled = looks(&host).await;
        if styles.starts_with("html { font-size") {
            // Sizes follow the root's, as everything in `rem` does; nothing else does.
            assert_eq!(styled[1], plain[1], "{styles}");
        } else {
            assert_eq!(styled, plain, "{styles}");
            let button = looks_of_the_button(&visitor, &host).await;
            assert_eq!(button, at_the_edge, "{styles}");
        }
        let before = "const style = getComputedStyle(document.querySelector('#pay')); \
                      return Object.fromEntries([...style].map((name) => [name, style.getPropertyValue(name)]))";
        let with = visitor.runs(before).await;
        visitor.opens(&host.clone().opens().await).await;
        assert_eq!(visitor.runs(before).await, with, "{styles}");
        // What can be seen can be used.
        let shop = Shop::open(&[ASKED]).await;
        let page = host.with(&shop.tag("data-consent=denied"));
        visitor.opens(&page.opens().await).await;
        answers(&shop, &visitor).await;
    }
    visitor.leaves().await;
}

/// How the button at the edge looks on such a page, and that it opens its card.
async fn looks_of_the_button(visitor: &Visitor, host: &Host) -> Value {
    let tab = "metric = \"nps\"\n[appearance]\nposition = \"tab\"";
    let shop = Shop::open(&[("tab", tab)]).await;
    let page = host.clone().with(&shop.tag("data-consent=denied"));
    visitor.opens(&page.opens().await).await;
    let card = visitor.card().await;
    card.part("tab").await;
    let looks = "const tab = document.querySelector('hark-survey').shadowRoot.querySelector('[part=tab]'); \
         const { x, y, width, height } = tab.getBoundingClientRect(); \
         const { position, fontSize, fontFamily, color, backgroundColor } = getComputedStyle(tab); \
         return [[x, y, width, height], position, fontSize, fontFamily, color, backgroundColor]";
    let looks = visitor.runs(looks).await;
    card.clicks("tab").await;
    visitor.card().await.part("scale").await;
    looks
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_guide_sets_is_what_the_card_has() {
    let shop = Shop::open(&[ASKED]).await;
    let visitor = Visitor::new().await;
    let styles = e2e::guide::block("appearance.md", "Your colours", "css").expect("the guide");
    let host = Host::new().with_head(&format!("<style>{styles}</style>"));
    visitor.opens(&host.with(&shop.tag("")).opens().await).await;
    visitor.card().await.part("scale").await;
    let has = "const { shadowRoot } = document.querySelector('hark-survey'); \
         const style = (part) => getComputedStyle(shadowRoot.querySelector(`[part=${part}]`)); \
         const { backgroundColor, color, borderTopLeftRadius, fontFamily, zIndex } = style('card'); \
         return [style('next').backgroundColor, backgroundColor, color, borderTopLeftRadius, fontFamily, zIndex]";
    let expected = json!([
        "rgb(122, 62, 29)",
        "rgb(255, 250, 243)",
        "rgb(43, 29, 18)",
        "4px",
        "Georgia, serif",
        "900"
    ]);
    assert_eq!(visitor.runs(has).await, expected);
    visitor.leaves().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_strictest_policies_let_it_in() {
    let visitor = Visitor::new().await;
    for more in [
        "",
        "; require-trusted-types-for 'script'; trusted-types 'none'",
    ] {
        let shop = Shop::open(&[ASKED]).await;
        let collector = &shop.collector;
        let policy = format!(
            "default-src 'none'; script-src {collector} 'wasm-unsafe-eval'; style-src 'none'; \
             connect-src {collector}; form-action 'none'; base-uri 'none'{more}"
        );
        works_as_before(&visitor, &Host::new().under(&policy), &shop.tag("")).await;
        assert_eq!(
            visitor.runs(LOOKS).await[1][4],
            "fixed",
            "the card has its styles"
        );
        answers(&shop, &visitor).await;
        assert_eq!(visitor.console().await, Vec::<String>::new(), "{policy}");
    }
    visitor.leaves().await;
}
