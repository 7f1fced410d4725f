//! The table of all operations, in the order of the router's, and the body that events come in.

use super::Operation;
use super::Takes::{Events, Locale, Path, Report, Responses, Site};
use super::answer::Answer::{
    Elsewhere, Figures, File, MayAsk, NotModified, Offer, Rows, Text, Verdict,
};
use crate::http::reason::Reason;
use crate::http::submissions::MOST;
use schemars::SchemaGenerator;
use serde_json::{Value, json};
use survey::schema::sent::Submission;

pub(super) const OPERATIONS: [Operation; 14] = [
    Operation {
        method: "get",
        path: "/hark.js",
        id: "loader",
        tag: "page",
        summary: "The loader, for the script tag",
        takes: &[],
        gives: &[File("text/javascript; charset=utf-8"), NotModified],
        refuses: &[Reason::NoWidget],
    },
    Operation {
        method: "get",
        path: "/assets/{path}",
        id: "asset",
        tag: "page",
        summary: "Wasm and its glue, under names that change with their content",
        takes: &[Path(None)],
        gives: &[File("*/*"), NotModified],
        refuses: &[Reason::NoSuchPath],
    },
    Operation {
        method: "get",
        path: "/v1/sites/{site}/surveys",
        id: "surveys",
        tag: "page",
        summary: "The live surveys of a site, worded in one language",
        takes: &[Site, Locale],
        gives: &[Offer, NotModified],
        refuses: &[Reason::Origin, Reason::UnknownSite, Reason::NoSuchPath],
    },
    Operation {
        method: "post",
        path: "/v1/sites/{site}/events",
        id: "events",
        tag: "page",
        summary: "Takes one event, an array of them, or one a line; answers once every accepted one is on disk",
        takes: &[Site, Events],
        gives: &[Verdict],
        refuses: &[
            Reason::NotJson,
            Reason::Empty,
            Reason::BrokenOff,
            Reason::Origin,
            Reason::UnknownSite,
            Reason::NoSuchPath,
            Reason::TooSlow,
            Reason::TooLarge,
            Reason::TooManyEvents,
            Reason::MediaType,
            Reason::NoneAccepted,
            Reason::QueueFull,
            Reason::DiskFailing,
            Reason::ShuttingDown,
        ],
    },
    Operation {
        method: "options",
        path: "/v1/sites/{site}/events",
        id: "may-send",
        tag: "page",
        summary: "What a browser asks before it sends JSON from another origin",
        takes: &[Site],
        gives: &[MayAsk],
        refuses: &[Reason::Origin, Reason::UnknownSite, Reason::NoSuchPath],
    },
    Operation {
        method: "get",
        path: "/v1/sites/{site}/report",
        id: "report",
        tag: "reader",
        summary: "What the answers mean: figures with n and interval, as `hark report` prints them",
        takes: &[Site, Report],
        gives: &[Figures],
        refuses: &[
            Reason::WrongParameter,
            Reason::NoToken,
            Reason::UnknownToken,
            Reason::UnknownSite,
            Reason::NoSuchPath,
            Reason::Unreadable,
            Reason::Busy,
        ],
    },
    Operation {
        method: "get",
        path: "/v1/sites/{site}/responses",
        id: "responses",
        tag: "reader",
        summary: "The responses as rows, as `hark export` writes them",
        takes: &[Site, Responses],
        gives: &[Rows],
        refuses: &[
            Reason::WrongParameter,
            Reason::NoToken,
            Reason::UnknownToken,
            Reason::UnknownSite,
            Reason::NoSuchPath,
            Reason::Unreadable,
            Reason::Busy,
        ],
    },
    Operation {
        method: "get",
        path: "/healthz",
        id: "alive",
        tag: "operator",
        summary: "Whether the program runs",
        takes: &[],
        gives: &[Text("text/plain; charset=utf-8")],
        refuses: &[],
    },
    Operation {
        method: "get",
        path: "/readyz",
        id: "ready",
        tag: "operator",
        summary: "Whether it can store",
        takes: &[],
        gives: &[Text("text/plain; charset=utf-8")],
        refuses: &[Reason::DiskFailing, Reason::ShortOfSpace],
    },
    Operation {
        method: "get",
        path: "/metrics",
        id: "metrics",
        tag: "operator",
        summary: "Figures of serving and storing, for Prometheus",
        takes: &[],
        gives: &[Text("text/plain; version=0.0.4")],
        refuses: &[],
    },
    Operation {
        method: "get",
        path: "/",
        id: "enter",
        tag: "demo",
        summary: "Leads to the demo shop",
        takes: &[],
        gives: &[Elsewhere],
        refuses: &[Reason::NoSuchPath],
    },
    Operation {
        method: "get",
        path: "/demo",
        id: "enter-demo",
        tag: "demo",
        summary: "Leads to the demo shop",
        takes: &[],
        gives: &[Elsewhere],
        refuses: &[Reason::NoSuchPath],
    },
    Operation {
        method: "get",
        path: "/demo/",
        id: "demo",
        tag: "demo",
        summary: "The demo shop's home page",
        takes: &[],
        gives: &[File("text/html; charset=utf-8"), NotModified],
        refuses: &[Reason::NoSuchPath],
    },
    Operation {
        method: "get",
        path: "/demo/{path}",
        id: "demo-page",
        tag: "demo",
        summary: "A page or file of the demo shop",
        takes: &[Path(Some("checkout/"))],
        gives: &[File("*/*"), NotModified, Elsewhere],
        refuses: &[Reason::NoSuchPath],
    },
];

/// What events are sent in. Each event of an array is believed or not by itself, so nothing is said of them here.
pub(super) fn events(generator: &mut SchemaGenerator) -> Value {
    let one = generator.subschema_for::<Submission>();
    let lines = json!({"schema": {"type": "string"}, "examples": {
        "lines": {"summary": "One a line", "value": format!("{}\n{}\n", dismissal(), event())},
    }});
    json!({
        "required": true,
        "description": "At most 64 KiB, without a `Content-Encoding`",
        "content": {
            "application/json": {
                "schema": {"oneOf": [
                    one,
                    {"type": "array", "minItems": 1, "maxItems": MOST, "description": "Each is one event"},
                ]},
                "examples": {
                    "impression": {"value": impression()},
                    "response": {"value": response()},
                    "dismissal": {"value": dismissal()},
                    "event": {"value": event()},
                    "several": {"value": [impression(), response()]},
                },
            },
            "application/x-ndjson": lines,
            "text/plain": lines,
        },
    })
}

fn impression() -> Value {
    json!({
        "type": "impression", "id": "019aa5f0-4500-7abc-8def-0123456789ab", "seq": 1,
        "survey": "checkout-effort", "trigger": "exit_intent", "signal": "pointer", "draw": 0.25,
        "at": "2026-11-21T10:00:00.000Z", "channel": "web", "page": {"path": "/checkout"},
        "device": "mobile", "language": "fr", "session": {"pages": 4, "seconds": 181},
        "attributes": {"cart_value": 99.5}, "automated": false,
    })
}

fn response() -> Value {
    with(json!({
        "type": "response", "seq": 2, "score": 6, "complete": true,
        "answers": {"comment": "Facile, merci"},
    }))
}

fn dismissal() -> Value {
    with(json!({"type": "dismissal", "seq": 2}))
}

fn event() -> Value {
    json!({
        "type": "event", "id": "019aa5f0-4500-7abc-8def-0123456789ac", "seq": 1,
        "name": "order_placed", "props": {"value": 99.5}, "at": "2026-11-21T10:02:00.000Z",
        "page": {"path": "/done"}, "device": "mobile", "language": "fr",
    })
}

/// The impression with other fields.
fn with(mut fields: Value) -> Value {
    if let (Value::Object(fields), Value::Object(mut all)) = (&mut fields, impression()) {
        all.append(fields);
        return all.into();
    }
    fields
}
