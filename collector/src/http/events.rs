//! `POST /v1/sites/{site}/events`: what browsers send, believed, stored and only then acknowledged.

use super::refusal::{Refusal, Rejected};
use super::submissions::{Shape, Submission};
use super::visit::Visit;
use super::{App, body};
use crate::journal::{self, Completion, Line, day_of};
use crate::settings::Site;
use axum::Json;
use axum::extract::{Request, State};
use axum::http::HeaderValue;
use axum::http::header::CACHE_CONTROL;
use axum::response::{IntoResponse, Response};
use jiff::Timestamp;
use serde::Serialize;
use std::sync::Arc;
use std::time::Instant;
use survey::accept;

/// What became of each event of a request.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(super) struct Verdict {
    /// Events on disk now, and not before.
    accepted: usize,
    /// Events that were on disk already.
    duplicates: usize,
    /// The others, and why: sending them again is in vain.
    rejected: Vec<Rejected>,
}

pub(super) async fn take(
    State(app): State<Arc<App>>,
    visit: Visit,
    request: Request,
) -> Result<Response, Refusal> {
    let shape = Shape::of(request.headers())?;
    let caller = request.extensions().get().copied();
    // The body goes before anything is waited for: hyper reads on into the room that it takes.
    let (received_at, (lines, rejected)) = {
        let body = body::read(request).await?;
        let submissions = shape.read(&body)?;
        // The request itself has been counted: that is the first.
        if let (Some(caller), more @ 1..) = (caller, submissions.len() as u32 - 1) {
            app.count(caller, more, Instant::now())?;
        }
        let received_at = (app.clock)();
        let believed = believe(&app, &visit.site, received_at, submissions);
        (received_at, believed)
    };
    if lines.is_empty() {
        return Err(Refusal::NoneAccepted(rejected));
    }
    let stored = app.journal.store(day_of(received_at), lines).await?;
    let verdict = Json(Verdict {
        accepted: stored.accepted,
        duplicates: stored.duplicates,
        rejected,
    });
    let uncached = [(CACHE_CONTROL, HeaderValue::from_static("no-store"))];
    Ok(visit.visiting.may_read((uncached, verdict).into_response()))
}

pub(super) async fn preflight(visit: Visit) -> Response {
    visit.visiting.may_send()
}

/// The lines of what is believed, and the reason for each that is not.
fn believe(
    app: &App,
    site: &Site,
    received_at: Timestamp,
    submissions: Vec<Submission<'_>>,
) -> (Vec<Line>, Vec<Rejected>) {
    let received_at = format!("{received_at:.3}");
    let edition = app.catalog.current();
    let find = |id: &str| edition.find(id);
    let believe = |submission: Submission<'_>| {
        let event = accept::accept(submission?, &find).map_err(|refusal| refusal.to_string())?;
        Ok(Line {
            key: Some(event.key()),
            text: event.line(&site.key, &received_at),
            contact: event.contact_line(&site.key, &received_at),
            completes: event.completes().map(|id| Completion {
                subject: journal::subject(&site.key, id),
                quota: find(id).and_then(|survey| survey.target.quota),
            }),
        })
    };
    let (mut lines, mut rejected) = (Vec::new(), Vec::new());
    for (index, submission) in submissions.into_iter().enumerate() {
        match believe(submission) {
            Ok(line) => lines.push(line),
            Err(error) => rejected.push(Rejected { index, error }),
        }
    }
    (lines, rejected)
}
