//! Every state of every kind of card, seen by axe-core.

use crate::{goes_through_every_state, shop_with_every_kind};
use e2e::Visitor;
use serde_json::json;
use std::cell::RefCell;
use std::collections::BTreeSet;

#[tokio::test(flavor = "multi_thread")]
async fn axe_finds_nothing_wrong_in_any_state_in_chromium() {
    let shop = shop_with_every_kind().await;
    let visitor = Visitor::new().await;
    let held = RefCell::new(BTreeSet::new());
    for (path, theme, (width, height)) in [
        ("/", "light", (1280, 800)),
        ("/ar/", "light", (320, 640)),
        ("/", "dark", (320, 640)),
        ("/ar/", "dark", (1280, 800)),
        ("/", "light", (320, 256)),
    ] {
        visitor.prefers(&[("prefers-color-scheme", theme)]).await;
        visitor.looks_through(width, height).await;
        visitor.opens(&shop.page(path)).await;
        let look = async |state: &str| {
            let verdict = visitor.asks_axe().await;
            let (place, wrong) = (
                format!("{state} on {path}, {theme}, {width} wide"),
                verdict.faults,
            );
            assert!(wrong.is_empty(), "{place}: {wrong:#?}");
            assert_eq!(visitor.faint_texts().await, json!([]), "{place}");
            held.borrow_mut().extend(verdict.held);
        };
        goes_through_every_state(&visitor, look).await;
    }
    // What was never looked at cannot be wrong.
    for rule in [
        "aria-dialog-name",
        "autocomplete-valid",
        "button-name",
        "color-contrast",
        "label",
        "region",
        "scrollable-region-focusable",
        "target-size",
        "valid-lang",
    ] {
        assert!(held.borrow().contains(rule), "{rule} in {held:?}");
    }
    visitor.leaves().await;
}
