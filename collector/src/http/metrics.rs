//! `GET /metrics`: what serving and the journal say of themselves, as Prometheus reads it.

use super::exposition::Exposition;
use super::{App, process};
use crate::alerts::{Counts, Webhooks};
use crate::journal::Gauges;
use crate::measure::Gauge;
use axum::extract::State;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::response::IntoResponse;
use std::sync::Arc;

pub(super) async fn print(State(app): State<Arc<App>>) -> impl IntoResponse {
    let headers = [
        (CONTENT_TYPE, "text/plain; version=0.0.4"),
        (CACHE_CONTROL, "no-store"),
    ];
    let mut exposition = Exposition::default();
    add_journal(&mut exposition, app.journal.gauges());
    add_serving(&mut exposition, &app);
    add_surveys(&mut exposition, &app);
    add_webhooks(&mut exposition, &app.webhooks);
    process::add(&mut exposition);
    (headers, exposition.into_text())
}

#[rustfmt::skip]
fn add_journal(exposition: &mut Exposition, gauges: &Gauges) {
    let figures = [
        ("hark_journal_queued_deliveries", "gauge",   "Requests that wait to be stored",                     &gauges.queued_deliveries),
        ("hark_journal_queued_bytes",      "gauge",   "Bytes of lines that wait to be stored",               &gauges.queued_bytes),
        ("hark_journal_known_keys",        "gauge",   "Events that would be recognised if they came again",  &gauges.known_keys),
        ("hark_journal_free_bytes",        "gauge",   "Free space for the data folder",                      &gauges.free_bytes),
        ("hark_journal_lines_total",       "counter", "Lines stored",                                        &gauges.lines),
        ("hark_journal_bytes_total",       "counter", "Bytes of lines stored",                               &gauges.bytes),
        ("hark_journal_duplicates_total",  "counter", "Events that were stored already when they came",      &gauges.duplicates),
        ("hark_journal_contacts_total",    "counter", "Contacts stored",                                     &gauges.contacts),
        ("hark_journal_refused_total",     "counter", "Lines refused because the disk failed",               &gauges.refused),
        ("hark_journal_failed_syncs_total","counter", "Syncs that failed",                                   &gauges.failed_syncs),
        ("hark_journal_segments_total",    "counter", "Segment files begun",                                 &gauges.segments),
        ("hark_journal_compressed_total",  "counter", "Segment files compressed",                            &gauges.compressed),
        ("hark_journal_expired_total",     "counter", "Segment files removed by age",                        &gauges.expired),
        ("hark_journal_erased_total",      "counter", "Lines removed by erasure",                            &gauges.erased),
    ];
    for (name, kind, help, figure) in figures {
        exposition.family(name, kind, help).figure(figure.get());
    }
    let histograms = [
        ("hark_journal_sync_seconds",      "How long a write and its sync took", &gauges.syncs),
        ("hark_journal_freshness_seconds", "From receipt until on disk",         &gauges.freshness),
    ];
    for (name, help, histogram) in histograms {
        exposition.family(name, "histogram", help).histogram(&[], histogram);
    }
}

fn add_serving(exposition: &mut Exposition, app: &App) {
    let (measures, admission) = (&app.measures, &app.admission);
    let help = "From a request's header until its answer begins";
    exposition.family("hark_http_request_seconds", "histogram", help);
    for (route, histogram) in measures.took() {
        exposition.histogram(&[("route", route)], histogram);
    }
    let help = "Answers, by their status";
    exposition.family("hark_http_responses_total", "counter", help);
    for (status, count) in measures.answered() {
        exposition.labelled(&[("status", &status)], count);
    }
    let help = "Requests refused, by what their problem says";
    exposition.family("hark_http_refusals_total", "counter", help);
    for (reason, count) in measures.refused() {
        exposition.labelled(&[("reason", reason)], count);
    }
    let help = "Connections ended without an answer of ours, by why";
    exposition.family("hark_http_connections_cut_total", "counter", help);
    for (reason, count) in measures.cut() {
        exposition.labelled(&[("reason", reason)], count);
    }
    let help = "Connections that are open";
    exposition
        .family("hark_http_connections", "gauge", help)
        .figure(admission.served());
    let help = "Connections that may be open";
    exposition
        .family("hark_http_connections_limit", "gauge", help)
        .figure(admission.most());
}

fn add_surveys(exposition: &mut Exposition, app: &App) {
    let help = "Completed responses, those over a quota not counted";
    exposition.family("hark_completed_total", "counter", help);
    for (subject, count) in app.journal.tally().all() {
        // A site's key has no slash in it.
        let (site, survey) = subject.split_once('/').unwrap_or_default();
        exposition.labelled(&[("site", site), ("survey", survey)], count);
    }
    let help = "Completed responses wanted";
    exposition.family("hark_quota", "gauge", help);
    let edition = app.catalog.current();
    for site in &app.sites {
        for (survey, quota) in edition.quotas() {
            exposition.labelled(&[("site", &site.key), ("survey", survey)], quota);
        }
    }
}

#[rustfmt::skip]
fn add_webhooks(exposition: &mut Exposition, webhooks: &Webhooks) {
    type Figure = fn(&Counts) -> &Gauge;
    let figures: [(_, _, _, Figure); 6] = [
        ("hark_alerts_delivered_total",       "counter", "Alerts that have arrived",                       |counts| &counts.delivered),
        ("hark_alerts_failed_attempts_total", "counter", "Attempts to deliver an alert that failed",       |counts| &counts.failed),
        ("hark_alerts_dropped_total",         "counter", "Alerts dropped: too many waited, or a 410",      |counts| &counts.dropped),
        ("hark_alerts_waiting",               "gauge",   "Alerts that wait to be delivered",               |counts| &counts.waiting),
        ("hark_alerts_oldest_timestamp_seconds", "gauge", "When the alert that waits longest was made; 0 if none waits", |counts| &counts.oldest),
        ("hark_alerts_given_up",              "gauge",   "Alerts given up in the last seven days",         |counts| &counts.given_up),
    ];
    if webhooks.is_empty() {
        return;
    }
    for (name, kind, help, figure) in figures {
        exposition.family(name, kind, help);
        for (webhook, counts) in webhooks.counts() {
            exposition.labelled(&[("webhook", webhook)], figure(counts).get());
        }
    }
}
