//! Pages as odd as they come: on each the survey is asked and answered or nothing is seen of it, the page
//! works as before, and the console says at most one line of ours.

#![allow(clippy::expect_used, clippy::unwrap_used, clippy::panic, missing_docs)]

mod built_ins;
mod frames;
mod leaving;
mod refused;
mod styles;
mod waiting;

use e2e::{Host, Shop, Visitor};
use serde_json::json;

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
    let host = host.clone().that_begins_with(BEGAN);
    visitor.opens(&host.clone().opens().await).await;
    let before = visitor.runs(WORKS).await;
    assert!(before.is_array(), "{before}");
    visitor.console().await;
    visitor.opens(&host.with(tag).opens().await).await;
    visitor.card().await;
    assert_eq!(visitor.runs(WORKS).await, before);
}
