//! What old libraries and hardened pages do to what is built in.

use super::{ASKED, answers, works_as_before};
use e2e::{Host, Shop, Visitor};
use serde_json::json;

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
async fn whatever_is_done_to_what_is_built_in_page_and_survey_work() {
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
        let here = visitor.runs("return location.href").await;
        visitor.opens(here.as_str().expect("an address")).await;
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
