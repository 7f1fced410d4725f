//! `GET /healthz` and `GET /readyz`: alive, and able to store.

use super::App;
use super::refusal::Refusal;
use crate::journal::Refused;
use axum::extract::State;
use axum::http::header::CACHE_CONTROL;
use axum::response::IntoResponse;
use std::sync::Arc;

pub(super) async fn alive() -> impl IntoResponse {
    ([(CACHE_CONTROL, "no-store")], "ok\n")
}

pub(super) async fn ready(State(app): State<Arc<App>>) -> Result<impl IntoResponse, Refusal> {
    if app.journal.ailment().is_none() {
        Ok(([(CACHE_CONTROL, "no-store")], "ready\n"))
    } else {
        Err(Refusal::NotStored(Refused::Failing))
    }
}
