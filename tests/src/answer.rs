//! What a script in the page answers.
//!
//! WebKit's driver writes answers with what the page has made of its built-ins: with a list's `toJSON` of an old
//! library, and whatever every object is given by one, down to functions that name themselves. Only texts come
//! through as they are; so in WebKit the page writes its answer as a text, by nothing that a page could change.

use crate::engine::Engine;
use serde_json::Value;

/// Writes a value as JSON.
const WRITES: &str = "const quotes = (text) => { let quoted = '\"'; for (let n = 0; n < text.length; n++) \
     quoted += '\\\\u' + (text.charCodeAt(n) + 65536).toString(16).slice(1); return quoted + '\"'; }; \
     const writes = (value) => { \
     if (typeof value == 'string') return quotes(value); \
     if (typeof value == 'boolean' || Number.isFinite(value)) return String(value); \
     if (typeof value != 'object' || !value) return 'null'; \
     const isList = Array.isArray(value); const names = Object.keys(value); let written = ''; \
     for (let n = 0; n < (isList ? value : names).length; n++) written += (n ? ',' : '') + \
     (isList ? writes(value[n]) : quotes(names[n]) + ':' + writes(value[names[n]])); \
     return isList ? '[' + written + ']' : '{' + written + '}'; };";

/// A script whose promise a driver can wait for.
pub(crate) fn asked(script: &str, engine: Engine) -> String {
    let (writes, written) = match engine {
        Engine::WebKit => (WRITES, "writes(answer)"),
        Engine::Chromium | Engine::Firefox => ("", "answer"),
    };
    format!(
        "const done = arguments[arguments.length - 1]; {writes} \
         Promise.resolve((async () => {{ {script} }})()) \
         .then((answer) => done({written}), (error) => {{ const answer = String(error); done({written}); }});"
    )
}

/// The answer to it.
///
/// # Panics
/// When it is not as it was asked for.
pub(crate) fn read(answer: &Value, engine: Engine) -> Value {
    match (engine, answer) {
        (Engine::WebKit, Value::String(written)) => {
            serde_json::from_str(written).expect("what the page has written")
        }
        _ => answer.clone(),
    }
}
