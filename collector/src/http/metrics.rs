//! `GET /metrics`: what the journal says of itself, as Prometheus reads it.

use super::App;
use crate::journal::{BOUNDS, Gauges, Histogram};
use axum::extract::State;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::response::IntoResponse;
use std::fmt::Write;
use std::sync::Arc;

pub(super) async fn print(State(app): State<Arc<App>>) -> impl IntoResponse {
    let headers = [
        (CONTENT_TYPE, "text/plain; version=0.0.4"),
        (CACHE_CONTROL, "no-store"),
    ];
    (headers, text(app.journal.gauges()))
}

#[rustfmt::skip]
fn text(gauges: &Gauges) -> String {
    let figures = [
        ("queued_deliveries", "gauge",   "Requests that wait to be stored",                     &gauges.queued_deliveries),
        ("queued_bytes",      "gauge",   "Bytes of lines that wait to be stored",               &gauges.queued_bytes),
        ("known_keys",        "gauge",   "Events that would be recognised if they came again",  &gauges.known_keys),
        ("free_bytes",        "gauge",   "Free space for the data folder",                      &gauges.free_bytes),
        ("lines_total",       "counter", "Lines stored",                                        &gauges.lines),
        ("bytes_total",       "counter", "Bytes of lines stored",                               &gauges.bytes),
        ("duplicates_total",  "counter", "Events that were stored already when they came",      &gauges.duplicates),
        ("contacts_total",    "counter", "Contacts stored",                                     &gauges.contacts),
        ("refused_total",     "counter", "Lines refused because the disk failed",               &gauges.refused),
        ("failed_syncs_total","counter", "Syncs that failed",                                   &gauges.failed_syncs),
        ("segments_total",    "counter", "Segment files begun",                                 &gauges.segments),
        ("compressed_total",  "counter", "Segment files compressed",                            &gauges.compressed),
        ("expired_total",     "counter", "Segment files removed by age",                        &gauges.expired),
        ("erased_total",      "counter", "Lines removed by erasure",                            &gauges.erased),
    ];
    let mut text = String::new();
    for (name, kind, help, figure) in figures {
        add_head(&mut text, name, kind, help);
        add(&mut text, format_args!("{PREFIX}{name} {}", figure.get()));
    }
    add_histogram(&mut text, "sync_seconds", "How long a write and its sync took", &gauges.syncs);
    add_histogram(&mut text, "freshness_seconds", "From receipt until on disk", &gauges.freshness);
    text
}

const PREFIX: &str = "hark_journal_";

fn add_head(text: &mut String, name: &str, kind: &str, help: &str) {
    add(text, format_args!("# HELP {PREFIX}{name} {help}"));
    add(text, format_args!("# TYPE {PREFIX}{name} {kind}"));
}

fn add_histogram(text: &mut String, name: &str, help: &str, histogram: &Histogram) {
    add_head(text, name, "histogram", help);
    let counts = histogram.cumulative();
    for (bound, count) in BOUNDS.iter().zip(counts) {
        let line = format_args!("{PREFIX}{name}_bucket{{le=\"{bound}\"}} {count}");
        add(text, line);
    }
    let all = counts[BOUNDS.len()];
    add(
        text,
        format_args!("{PREFIX}{name}_bucket{{le=\"+Inf\"}} {all}"),
    );
    add(
        text,
        format_args!("{PREFIX}{name}_sum {}", histogram.seconds()),
    );
    add(text, format_args!("{PREFIX}{name}_count {all}"));
}

fn add(text: &mut String, line: std::fmt::Arguments<'_>) {
    // Writing to a string cannot fail.
    let _ = writeln!(text, "{line}");
}
