//! Pages as odd as they come: on each the survey is asked and answered or nothing is seen of it, the page
//! works as before, and the console says at most one line of ours.

#![allow(clippy::expect_used, clippy::unwrap_used, clippy::panic, missing_docs)]

use e2e::{Host, Shop, Visitor, until};
use serde_json::{Value, json};

const ASKED: (&str, &str) = (
    "asked",
    "metric = \"csat\"\n[[follow_up]]\nkind = \"choices\"\nquestion = \"What was missing?\"\n\
     options = [{ key = \"tea\", text = \"Tea\" }, { key = \"cups\", text = \"Cups\" }]\n\
     [[trigger]]\non = \"load\"",
);

/// What a page does for itself, with and without a guest: its own built-ins, its button, its markup.
const WORKS: &str = "let paid = 0; document.querySelector('#pay').onclick = () => paid++; \
     document.querySelector('#pay').click(); const names = []; for (const name in [1]) names.push(name); \
     const page = document.cloneNode(true); page.querySelectorAll('hark-survey').forEach((card) => card.remove()); \
     return [paid, names, JSON.stringify({ list: [1, '2'] }), [3, 4].reduce((a, b) => a + b, 0), \
     Object.keys(window).filter((name) => !began.names.has(name) && !/^(cdc_|se_|ret_nodes|hark$|began$)/.test(name)), \
     document.cookie, history.length - began.history, page.documentElement.outerHTML.replace(/<script async.*?<\\/script>/g, '')]";

/// What there was before the page's first script.
const BEGAN: &str =
    "window.began = { names: new Set(Object.keys(window)), history: history.length }";

/// Answers the whole survey.
async fn answers(shop: &Shop, visitor: &Visitor) {
    let card = visitor.card().await;
    card.chooses(4).await;
    card.picks("cups").await;
    card.picks("tea").await;
    card.clicks("submit").await;
    card.part("thanks").await;
    let finished = shop.journal().line(json!({ "complete": true })).await;
    assert_eq!(finished["score"], 4, "{finished}");
    let both = json!({ "choices": ["tea", "cups"] });
    assert_eq!(finished["answers"], both, "{finished}");
}

/// Nothing on the console but what the browser itself says of requests, and at most one line of ours.
fn is_quiet(console: &[String]) {
    let of_browser = |line: &&String| {
        [
            "Failed to load resource",
            "blocked by CORS policy",
            "Content Security Policy",
        ]
        .iter()
        .any(|said| line.contains(said))
    };
    let ours = console
        .iter()
        .filter(|line| line.contains("Hark: "))
        .count();
    let others = console.iter().filter(|line| !line.contains("Hark: "));
    let others: Vec<_> = others.filter(|line| !of_browser(line)).collect();
    assert!(ours <= 1 && others.is_empty(), "{console:#?}");
}

/// Opens a page without and with the tag, and sees that it works the same.
async fn works_as_before(visitor: &Visitor, host: &Host, tag: &str) {
    let brought = visitor.brings(BEGAN).await;
    visitor.opens(&host.clone().opens().await).await;
    let before = visitor.runs(WORKS).await;
    assert!(before.is_array(), "{before}");
    visitor.console().await;
    visitor.opens(&host.clone().with(tag).opens().await).await;
    visitor.card().await;
    assert_eq!(visitor.runs(WORKS).await, before);
    visitor.leaves_behind(brought).await;
}

/// What old libraries do to what is built in, and what hardened pages do to it.
const ODD_SCRIPTS: [(&str, &str); 6] = [
    (
        "prototype",
        "Array.prototype.toJSON = function () { return '[' + this.join(', ') + ']' }; \
         String.prototype.toJSON = function () { return '\"' + this + '\"' }; \
         Array.prototype.reduce = function () { return this.length > 1 ? this : this[0] }; \
         Array.prototype.each = Array.prototype.forEach; Array.prototype.include = Array.prototype.includes; \
         Array.prototype.entries = function () { return this.slice() }; Array.prototype.last = Array.prototype.at; \
         Array.from = (list) => { const copy = new Array(list.length); for (let n = list.length; n--;) copy[n] = list[n]; return copy }; \
         Function.prototype.bind = function (to, ...first) { return (...rest) => this.apply(to, [...first, ...rest]) }; \
         Element.prototype.remove = function () { this.parentNode.removeChild(this); return this }; \
         Element.prototype.hide = Element.prototype.update = function () { return this }; \
         window.$ = (id) => document.getElementById(id); window.Hash = class {};",
    ),
    (
        "object additions",
        "Object.prototype.extend = function () {}; Object.prototype.each = function () {}; \
         Object.prototype.toJSON = undefined;",
    ),
    (
        "mootools",
        "window.Request = function Request() { throw new Error('theirs') }; window.Class = function () {}; \
         Array.prototype.contains = Array.prototype.includes; Number.prototype.toInt = function () { return +this };",
    ),
    (
        "frozen",
        "for (const type of [Object, Array, Function, String, Promise, Error, RegExp, Date, Map, Set]) \
         { Object.freeze(type.prototype); Object.freeze(type) } Object.freeze(JSON); Object.freeze(Math); Object.freeze(Reflect);",
    ),
    (
        "amd",
        "window.define = () => { throw new Error('defined') }; window.define.amd = {}; \
         window.require = window.define; window.module = { exports: {} }; window.exports = window.module.exports;",
    ),
    (
        "wrapped",
        "const { fetch, setTimeout } = window; window.fetch = (...asked) => fetch(...asked); \
         window.setTimeout = (...asked) => setTimeout(...asked); \
         const { addEventListener } = EventTarget.prototype; \
         EventTarget.prototype.addEventListener = function (...asked) { return addEventListener.apply(this, asked) }; \
         console.error = new Proxy(console.error, {});",
    ),
];

#[tokio::test(flavor = "multi_thread")]
async fn whatever_is_done_to_what_is_built_in_page_and_survey_work_in_chromium() {
    let visitor = Visitor::new().await;
    for (name, script) in ODD_SCRIPTS {
        let shop = Shop::open_with(&[ASKED], "", "").await;
        let host = Host::new().with_head(&format!("<script>{script}</script>"));
        works_as_before(&visitor, &host, &shop.tag("data-consent=granted")).await;
        answers(&shop, &visitor).await;
        assert_eq!(visitor.console().await, Vec::<String>::new(), "{name}");

        // What was kept is read on the next page as it was written.
        let kept = "const { acts, visit } = JSON.parse(localStorage['hark:shop']); \
                    return [acts.asked[0], typeof acts.asked[1], typeof visit.pages]";
        assert_eq!(
            visitor.runs(kept).await,
            json!(["answered", "number", "number"]),
            "{name}"
        );
        visitor.runs("location.reload()").await;
        let reason = visitor.reason_against("asked", "frequency").await;
        assert!(reason.starts_with("quiet: "), "{name}: {reason}");
        assert_eq!(
            visitor.runs(kept).await,
            json!(["answered", "number", "number"]),
            "{name}"
        );
    }
    visitor.leaves().await;
}

/// How the card looks: where it is, and the size of what is written on it.
const LOOKS: &str = "const { shadowRoot } = document.querySelector('hark-survey'); \
     const card = shadowRoot.querySelector('[part=card]'); \
     await Promise.all(card.getAnimations().map(({ finished }) => finished)); \
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
        }
        let before = "const style = getComputedStyle(document.querySelector('#pay')); \
                      return Object.fromEntries([...style].map((name) => [name, style.getPropertyValue(name)]))";
        let with = visitor.runs(before).await;
        visitor.opens(&host.opens().await).await;
        assert_eq!(visitor.runs(before).await, with, "{styles}");
    }
    visitor.leaves().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_strictest_policies_let_it_in_in_chromium() {
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

#[tokio::test(flavor = "multi_thread")]
async fn of_two_tags_one_asks_in_chromium() {
    let shop = Shop::open(&[ASKED]).await;
    let visitor = Visitor::new().await;
    works_as_before(&visitor, &Host::new(), &shop.tag("").repeat(2)).await;
    answers(&shop, &visitor).await;
    let cards = visitor
        .runs("return document.querySelectorAll('hark-survey').length")
        .await;
    assert_eq!(cards, 1);
    shop.journal().counts("impression", 1).await;
    is_quiet(&visitor.console().await);
    visitor.leaves().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn in_a_frame_it_is_a_guest_of_the_frame() {
    let shop = Shop::open(&[ASKED]).await;
    let visitor = Visitor::new().await;
    let elsewhere = Host::new().with(&shop.tag("")).opens().await;
    for (at, address) in ["/frame", &elsewhere].into_iter().enumerate() {
        let frame = format!("<iframe width=900 height=700 src='{address}'></iframe>");
        let host = Host::new().with(&frame).with_frame(&shop.tag(""));
        visitor.opens(&host.opens().await).await;
        assert!(
            visitor.card_now().await.is_none(),
            "nothing around the frame"
        );
        visitor.enters_the_frame().await;
        let card = visitor.card().await;
        card.chooses(4).await;
        shop.journal().counts("impression", at + 1).await;
        is_quiet(&visitor.console().await);
    }
    visitor.leaves().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn in_a_sandbox_without_an_origin_it_says_why_not_once() {
    let shop = Shop::open(&[ASKED]).await;
    let visitor = Visitor::new().await;
    let tells = "<script>const { error } = console; console.error = (...said) => { \
         error(...said); parent.postMessage(said.join(' '), '*') }; \
         onerror = (message) => { console.error(message) }</script>";
    let hears = "<script>said = []; onmessage = ({ data }) => said.push(data)</script>";
    let frame = "<iframe sandbox=allow-scripts src=/frame></iframe>";
    let host = Host::new().with_head(hears).with(frame);
    let framed = [tells, &shop.tag("")].concat();
    visitor.opens(&host.with_frame(&framed).opens().await).await;
    let said = until("a word from the frame", || async {
        let said = visitor.runs("return said").await;
        if said[0].is_string() {
            Ok(said)
        } else {
            Err(said)
        }
    })
    .await;
    let why = "Hark: no surveys: ";
    assert!(
        said[0].as_str().is_some_and(|line| line.starts_with(why)),
        "{said}"
    );
    assert_eq!(said.as_array().map(Vec::len), Some(1), "{said}");
    is_quiet(&visitor.console().await);
    visitor.leaves().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn where_the_device_keeps_nothing_it_asks_all_the_same_in_chromium() {
    let shop = Shop::open(&[ASKED]).await;
    let visitor = Visitor::new().await;
    let refused = "<script>for (const name of ['localStorage', 'sessionStorage', 'indexedDB', 'caches']) \
         Object.defineProperty(window, name, { configurable: true, get() { throw new DOMException('no', 'SecurityError') } })</script>";
    works_as_before(
        &visitor,
        &Host::new().with_head(refused),
        &shop.tag("data-consent=granted"),
    )
    .await;
    answers(&shop, &visitor).await;
    assert_eq!(visitor.console().await, Vec::<String>::new());
    visitor.leaves().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_collector_that_cannot_be_reached_costs_the_page_nothing_in_chromium() {
    let mut shop = Shop::open_behind_a_front(&[ASKED], "").await;
    let visitor = Visitor::new().await;
    let early = "<script>window.hark=window.hark||function(){(hark.q=hark.q||[]).push(arguments)}; \
                 hark('event', 'order_placed')</script>";
    // Nobody listens there.
    let gone = "<script async src='http://127.0.0.1:1/hark.js' data-site=shop></script>";
    let host = Host::new().with_head(early);
    visitor.opens(&host.clone().with(gone).opens().await).await;
    visitor.runs("return document.readyState").await;
    is_quiet(&visitor.console().await);

    // It goes down between the loader and the surveys, or between the surveys and the widget.
    for (part, says) in [("/v1/", "Hark: no surveys: "), ("/assets/", "Hark: ")] {
        let front = shop.front.clone().expect("a front");
        front.loses(part);
        visitor
            .opens(&host.clone().with(&shop.tag("")).opens().await)
            .await;
        let console = visitor.console_with("Hark: ").await;
        is_quiet(&console);
        assert!(
            console.iter().any(|line| line.contains(says)),
            "{console:#?}"
        );
        assert!(visitor.card_now().await.is_none());
        assert_eq!(
            visitor
                .runs("document.querySelector('#pay').click(); return hark.length")
                .await,
            Value::from(0)
        );
    }
    shop.goes_down().await;
    visitor.leaves().await;
}

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
const GOES: [&str; 2] = [
    "hark('close')",
    "document.querySelector('hark-survey').remove(); \
     document.body.dispatchEvent(new PointerEvent('pointerdown', { bubbles: true })); \
     document.body.dispatchEvent(new PointerEvent('pointerup', { bubbles: true }))",
];

#[tokio::test(flavor = "multi_thread")]
async fn what_is_taken_away_leaves_neither_element_nor_listener_nor_timer_in_chromium() {
    let asked = ASKED
        .1
        .replace("on = \"load\"", "on = \"event\"\nname = \"never\"");
    let shop = Shop::open(&[("asked", &asked)]).await;
    let visitor = Visitor::new().await;
    visitor.brings(COUNT).await;
    visitor
        .opens(&Host::new().with(&shop.tag("")).opens().await)
        .await;
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
