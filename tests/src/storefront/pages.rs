//! What stands on a page of the shop: mostly text, here and there something to do.

/// Where the style sheet of the pages is that have one.
pub(super) const STYLES: &str = "/shop.css";

/// A shop whose body never scrolls.
pub(super) const CSS: &str = "html, body { height: 100%; margin: 0; overflow: hidden } main { height: 100%; overflow-y: auto }";

/// Where the script is that writes down what goes wrong, and its tag.
pub(super) const RECORDER: &str = "/recorder.js";
pub(super) const RECORDER_TAG: &str = "<script src=/recorder.js></script>";

/// Writes down what is said on the console, and what nobody has caught.
pub(crate) const RECORDS: &str = "window.said = []; \
    for (const level of ['error', 'warn', 'log', 'info']) { const say = console[level]; \
    console[level] = (...words) => { said.push(words.join(' ')); say(...words); }; } \
    addEventListener('error', ({ message }) => said.push(String(message))); \
    addEventListener('unhandledrejection', ({ reason }) => said.push(String(reason)));";

/// Where the script of the counter is.
pub(super) const SCRIPTS: &str = "/shop.js";

/// What a shop's own script does wrong, and what only looks like it.
pub(super) const JAVASCRIPT: &str = "const does = (id, act) => { \
    document.getElementById(id).onclick = act; }; \
    addEventListener('DOMContentLoaded', () => { \
    does('throw', () => { throw new Error('the cart is gone'); }); \
    does('reject', () => { Promise.reject(new Error('no stock')); }); \
    does('refuse', () => { Promise.reject('no stock'); }); \
    does('abort', () => { fetch('/stock', { signal: AbortSignal.abort() }); }); \
    does('broken', () => { document.body.append(Object.assign(new Image(), { src: '/gone.png' })); }); \
    document.getElementById('quiet').onsubmit = (sent) => sent.preventDefault(); });";

const PARAGRAPH: &str = "<p>Hand-thrown stoneware, fired twice, made to be used every day.</p>";

/// At the edge where cards are.
const LINK: &str = "<p align=right><a href='#there'>Link</a> to a page";

/// Things to click, to fill in and to copy.
const COUNTER: &str = "<script src=/shop.js></script><p><button id=pay type=button>Pay</button> \
    <button id=more type=button>+</button> <a id=guide href='#sizes'>Size guide</a> \
    <code id=coupon>TEAPOT10</code><p><button id=throw>1</button> <button id=reject>2</button> \
    <button id=refuse>3</button> <button id=abort>4</button> <button id=broken>5</button>\
    <form id=address action=/done><label>Street <input id=street name=street></label> \
    <button id=send>Send</button></form><form id=quiet><input id=mail name=mail> \
    <button id=subscribe>Subscribe</button></form>";

/// The text of a page, and where its styles may come from.
pub(super) struct Content {
    pub(super) markup: String,
    pub(super) styles: &'static str,
    pub(super) scripts: &'static str,
}

pub(super) fn content(path: &str) -> Content {
    let text = PARAGRAPH.repeat(80);
    let markup = match path {
        "/short" => PARAGRAPH.to_owned(),
        "/counter" => format!("{COUNTER}{text}<footer id=foot>Fernlight</footer>"),
        "/links" => LINK.repeat(60),
        "/panel" => format!("<link rel=stylesheet href={STYLES}><main id=panel>{text}</main>"),
        _ => text,
    };
    let styles = if path == "/panel" { "'self'" } else { "'none'" };
    let scripts = if path == "/counter" { "'self'" } else { "" };
    Content {
        markup,
        styles,
        scripts,
    }
}
