//! `GET /healthz` and `GET /readyz`: alive, and able to store.
//!
//! A wrong survey file is named by `/readyz`, but it is no reason to be unready: answers are stored, and
//! the last good version is shown.

use super::App;
use super::refusal::Refusal;
use crate::journal::{Ailment, Refused};
use axum::extract::State;
use axum::http::header::CACHE_CONTROL;
use axum::response::IntoResponse;
use std::sync::Arc;

pub(super) async fn alive() -> impl IntoResponse {
    ([(CACHE_CONTROL, "no-store")], "ok\n")
}

pub(super) async fn ready(State(app): State<Arc<App>>) -> Result<impl IntoResponse, Refusal> {
    match app.journal.ailment() {
        Some(Ailment::Failing) => return Err(Refusal::NotStored(Refused::Failing)),
        Some(Ailment::ShortOfSpace) => return Err(Refusal::ShortOfSpace),
        None => {}
    }
    let mut text = "ready\n".to_owned();
    for fault in app.catalog.current().faults().by_name() {
        text += &format!("{fault}\n");
    }
    Ok(([(CACHE_CONTROL, "no-store")], text))
}
