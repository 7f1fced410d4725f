//! How long scripts ran, by V8's own profiler: promises' callbacks and Wasm count as well, which
//! Chromium's `ScriptDuration` leaves out, and the page's own scripts do not.

use e2e::Visitor;
use serde_json::{Value, json};
use std::collections::{HashMap, HashSet};

/// Between two looks at what runs, in microseconds.
const INTERVAL: u32 = 200;

/// Begins to look.
pub(crate) async fn begin(visitor: &Visitor) {
    visitor.tell_browser("Profiler.enable", json!({})).await;
    let often = json!({ "interval": INTERVAL });
    visitor
        .tell_browser("Profiler.setSamplingInterval", often)
        .await;
    visitor.tell_browser("Profiler.start", json!({})).await;
}

/// Milliseconds that were counted.
pub(crate) struct Spent {
    /// Of scripts, Wasm included, with what they called of the browser.
    pub(crate) script: f64,
    /// Of Wasm by itself.
    pub(crate) wasm: f64,
}

/// Ends it; counts the scripts whose address `is_counted`, and all Wasm: the page has none of its own, and
/// V8 knows it by its address or by one that it has made up.
pub(crate) async fn end(visitor: &Visitor, is_counted: impl Fn(&str) -> bool) -> Spent {
    let answer = visitor.tell_browser("Profiler.stop", json!({})).await;
    visitor.tell_browser("Profiler.disable", json!({})).await;
    let profile = &answer["profile"];
    let is_wasm = |address: &str| {
        address.starts_with("wasm://") || (address.ends_with(".wasm") && is_counted(address))
    };
    let mut counted = HashMap::new();
    let mut of_wasm = HashSet::new();
    // Callers come before what they call.
    for node in list(&profile["nodes"]) {
        let id = node["id"].as_u64().unwrap_or_default();
        let address = node["callFrame"]["url"].as_str().unwrap_or_default();
        if is_wasm(address) {
            of_wasm.insert(id);
        }
        let counts = is_counted(address)
            || is_wasm(address)
            || (address.is_empty() && counted.get(&id) == Some(&true));
        counted.insert(id, counts);
        for called in list(&node["children"]) {
            counted.insert(called.as_u64().unwrap_or_default(), counts);
        }
    }
    let samples = list(&profile["samples"]).iter();
    let spans = list(&profile["timeDeltas"]).iter();
    let mut spent = Spent {
        script: 0.0,
        wasm: 0.0,
    };
    for (sample, span) in samples.zip(spans) {
        let id = sample.as_u64().unwrap_or_default();
        let milliseconds = span.as_f64().unwrap_or_default() / 1_000.0;
        if counted.get(&id) == Some(&true) {
            spent.script += milliseconds;
        }
        if of_wasm.contains(&id) {
            spent.wasm += milliseconds;
        }
    }
    spent
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}
