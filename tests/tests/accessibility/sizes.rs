//! The card on small windows, with large text, with text set wide, upright and on its side.

use crate::{goes_through_every_state, shop_with_every_kind};
use e2e::Visitor;

/// WCAG 2.1, 1.4.12: what a reader may set, and nothing may be lost by it.
const SPACING: &str = "const root = document.querySelector('hark-survey').shadowRoot; \
     const sheet = new CSSStyleSheet(); \
     sheet.replaceSync('* { line-height: 1.5 !important; letter-spacing: 0.12em !important; \
       word-spacing: 0.16em !important } p { margin-block-end: 2em !important }'); \
     root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet]";

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_lost_in_any_window_or_with_any_text_in_chromium() {
    let shop = shop_with_every_kind().await;
    let visitor = Visitor::new().await;
    for (name, path, (width, height), larger, wider) in [
        ("zoomed in four times", "/", (320, 256), false, false),
        ("the same in Arabic", "/ar/", (320, 256), false, false),
        ("a phone on its side", "/", (844, 390), false, false),
        (
            "a phone with text set wide",
            "/fr/",
            (390, 844),
            false,
            true,
        ),
        ("a phone with large text", "/fr/", (390, 844), true, false),
        ("a desk with large text", "/", (1280, 720), true, false),
    ] {
        visitor.looks_through(width, height).await;
        visitor.opens(&shop.page(path)).await;
        if larger {
            visitor.doubles_the_text().await;
        }
        goes_through_every_state(&visitor, async |state| {
            if wider {
                visitor.runs(SPACING).await;
            }
            let misfits = visitor.misfits().await;
            assert!(misfits.is_empty(), "{name}, {state}: {misfits:#?}");
        })
        .await;
    }
    visitor.leaves().await;
}
