//! How long scripts ran, by V8's own profiler: promises' callbacks and Wasm count as well, which
//! Chromium's `ScriptDuration` leaves out, and the page's own scripts do not.

use e2e::Visitor;
use serde_json::{Value, json};
use std::collections::HashMap;

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

/// Ends it; gives the milliseconds of the scripts whose address `is_counted`, with what they called of the
/// browser.
pub(crate) async fn end(visitor: &Visitor, is_counted: impl Fn(&str) -> bool) -> f64 {
    let answer = visitor.tell_browser("Profiler.stop", json!({})).await;
    visitor.tell_browser("Profiler.disable", json!({})).await;
    let profile = &answer["profile"];
    let mut counted = HashMap::new();
    // Callers come before what they call.
    for node in list(&profile["nodes"]) {
        let id = node["id"].as_u64().unwrap_or_default();
        let address = node["callFrame"]["url"].as_str().unwrap_or_default();
        let counts = is_counted(address) || (address.is_empty() && counted.get(&id) == Some(&true));
        counted.insert(id, counts);
        for called in list(&node["children"]) {
            counted.insert(called.as_u64().unwrap_or_default(), counts);
        }
    }
    let samples = list(&profile["samples"]).iter();
    let spans = list(&profile["timeDeltas"]).iter();
    let of_counted = samples.zip(spans).filter(|(sample, _)| {
        let id = sample.as_u64().unwrap_or_default();
        counted.get(&id) == Some(&true)
    });
    let microseconds: f64 = of_counted.filter_map(|(_, span)| span.as_f64()).sum();
    microseconds / 1_000.0
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}
