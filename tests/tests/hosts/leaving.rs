//! What is left of a card that is closed, or that the page throws away.

use super::{ASKED, is_quiet};
use e2e::{Host, Shop, Visitor, until};

/// Counts what is listened to and what timers run, from before the page's first script on.
const COUNT: &str = "window.held = new Map(); window.timers = new Set(); \
     const { addEventListener, removeEventListener } = EventTarget.prototype; \
     const key = (target, name, hear, options) => { \
       const capture = typeof options == 'object' ? !!options?.capture : !!options; \
       if (!held.has(target)) held.set(target, []); \
       const all = held.get(target); \
       return [all, all.findIndex((one) => one.name == name && one.hear == hear && one.capture == capture), { name, hear, capture }]; }; \
     EventTarget.prototype.addEventListener = function (name, hear, options) { \
       const [all, at, one] = key(this, name, hear, options); if (at < 0) all.push(one); \
       return addEventListener.call(this, name, hear, options); }; \
     EventTarget.prototype.removeEventListener = function (name, hear, options) { \
       const [all, at] = key(this, name, hear, options); if (at >= 0) all.splice(at, 1); \
       return removeEventListener.call(this, name, hear, options); }; \
     const { setTimeout, clearTimeout } = window; \
     window.setTimeout = (call, after, ...more) => { \
       const timer = setTimeout(() => { timers.delete(timer); call(...more); }, after); \
       timers.add(timer); return timer; }; \
     window.clearTimeout = (timer) => { timers.delete(timer); clearTimeout(timer); }; \
     window.left = () => { const names = []; \
       for (const [target, all] of held) for (const { name } of all) \
         names.push(`${target.constructor.name} ${target.isConnected ?? ''} ${name}`); \
       return [names.sort(), timers.size, document.querySelectorAll('hark-survey').length]; };";

/// Each takes away what is shown, in the name of the page.
const GOES: [&str; 3] = [
    "hark('close')",
    "document.querySelector('hark-survey').remove(); document.querySelector('#pay').blur(); \
     document.querySelector('#pay').focus()",
    "document.querySelector('hark-survey').remove(); \
     document.body.dispatchEvent(new PointerEvent('pointerdown', { bubbles: true })); \
     document.body.dispatchEvent(new PointerEvent('pointerup', { bubbles: true }))",
];

#[tokio::test(flavor = "multi_thread")]
async fn what_is_taken_away_leaves_neither_element_nor_listener_nor_timer() {
    let asked = ASKED
        .1
        .replace("on = \"load\"", "on = \"event\"\nname = \"never\"");
    let shop = Shop::open(&[("asked", &asked)]).await;
    let visitor = Visitor::new().await;
    let host = Host::new().that_begins_with(COUNT).with(&shop.tag(""));
    visitor.opens(&host.opens().await).await;
    visitor.is_waited_for("asked").await;
    // Once shown, triggers are watched for no more: what is left is what the page itself is watched with.
    visitor.runs("hark('show', 'asked'); hark('close')").await;
    let before = visitor.runs("return left()").await;
    assert_eq!(before[2], 0, "{before}");
    for (times, goes) in (2..).zip(GOES) {
        visitor.runs("hark('show', 'asked')").await;
        visitor.card().await.part("scale").await;
        shop.journal().counts("impression", times).await;
        let shown = visitor.runs("return left()").await;
        assert_ne!(shown, before, "the card listens to something");
        visitor.runs(goes).await;
        until("nothing to be left", || async {
            let left = visitor.runs("return left()").await;
            if left == before {
                Ok(())
            } else {
                Err((goes, left, before.clone()))
            }
        })
        .await;
    }
    is_quiet(&visitor.console().await);
    visitor.leaves().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_button_of_a_survey_at_hand_is_taken_away_as_well() {
    let tab = [ASKED.1, "\n[appearance]\nposition = \"tab\""].concat();
    let shop = Shop::open(&[("asked", &tab)]).await;
    let visitor = Visitor::new().await;
    let host = Host::new().with(&shop.tag(""));
    visitor.opens(&host.opens().await).await;
    visitor.card().await.part("tab").await;
    visitor.runs("hark('close')").await;
    assert!(visitor.card_now().await.is_none());
    visitor.leaves().await;
}
