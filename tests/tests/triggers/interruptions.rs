//! Nobody is interrupted: a survey whose trigger has fired waits, and says for what.

use crate::{shop, visitor_of};
use e2e::until;
use serde_json::json;

const NOW: &str = "on = \"event\"\nname = \"now\"";

/// What keeps a survey waiting, and its reason. Each begins where the one before ends.
const STATES: [(&str, &str); 7] = [
    (
        "getSelection().selectAllChildren(document.querySelector('h1'))",
        "text is selected",
    ),
    (
        "getSelection().removeAllRanges(); \
         const dialog = document.body.appendChild(document.createElement('dialog')); dialog.showModal()",
        "a dialog is open",
    ),
    (
        "document.querySelector('dialog').close(); \
         document.querySelector('#pay').setAttribute('aria-modal', true)",
        "a dialog is open",
    ),
    (
        "document.querySelector('#pay').removeAttribute('aria-modal'); \
         const menu = document.body.appendChild(document.createElement('p')); \
         menu.id = 'menu'; menu.popover = 'manual'; menu.showPopover()",
        "a dialog is open",
    ),
    (
        "document.querySelector('#menu').hidePopover(); \
         const note = document.querySelector('#coupon'); note.contentEditable = true; note.focus()",
        "somebody is typing",
    ),
    (
        "document.querySelector('#coupon').contentEditable = false; document.activeElement.blur(); \
         const host = document.body.appendChild(document.createElement('shop-search')); \
         const field = document.createElement('input'); \
         host.attachShadow({ mode: 'open' }).append(field); field.focus()",
        "somebody is typing",
    ),
    (
        "document.querySelector('#street').focus()",
        "somebody is typing",
    ),
];

#[tokio::test(flavor = "multi_thread")]
async fn whoever_is_busy_is_not_interrupted_in_chromium() {
    let shop = shop(NOW).await;
    let visitor = visitor_of(&shop, "/counter").await;
    let mut has_fired = false;
    for (begins, reason) in STATES {
        visitor.runs(begins).await;
        let found = visitor.reason_against("asked", "moment").await;
        assert_eq!(found, reason, "{begins}");
        if !has_fired {
            visitor.runs("hark('event', 'now')").await;
            has_fired = true;
        }
    }
    visitor.composes("ㄓ").await;
    let found = visitor.reason_against("asked", "moment").await;
    assert_eq!(found, "somebody is typing");
    assert!(visitor.card_now().await.is_none());

    visitor.runs("document.activeElement.blur()").await;
    visitor.card().await;
    let shown = shop.journal().line(json!({ "type": "impression" })).await;
    assert_eq!(shown["survey"], "asked");
    visitor.leaves().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_holds_a_button_down_is_not_interrupted_in_chromium() {
    let shop = shop(NOW).await;
    let visitor = visitor_of(&shop, "/counter").await;
    visitor.presses_the_button_at(640, 400).await;
    visitor.runs("hark('event', 'now')").await;
    let reason = visitor.reason_against("asked", "moment").await;
    assert_eq!(reason, "a button of the pointer is down");
    assert!(visitor.card_now().await.is_none());
    visitor.releases_the_button_at(640, 400).await;
    visitor.card().await;
    visitor.leaves().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_is_asked_in_another_tab() {
    let shop = shop("on = \"event\"\nname = \"now\"\ndelay = 0.5").await;
    let visitor = visitor_of(&shop, "/counter").await;
    visitor
        .runs("window.whenShown = null; addEventListener('hark:shown', () => { window.whenShown = document.visibilityState })")
        .await;
    visitor.runs("hark('event', 'now')").await;
    visitor.is_away_for(1_500.0).await;
    visitor.card().await;
    let shown = until("news of the card", || async {
        let shown = visitor.sees("whenShown").await;
        if shown.is_null() {
            Err(shown)
        } else {
            Ok(shown)
        }
    });
    assert_eq!(shown.await, "visible");
    visitor.leaves().await;
}
