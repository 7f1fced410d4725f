//! `GET /v1/sites/{site}/surveys`: what a page may show, worded in its language.

use super::App;
use super::cacheable::{self, A_MINUTE};
use super::refusal::Refusal;
use super::visit::Visit;
use crate::journal::day_of;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::http::HeaderMap;
use axum::response::Response;
use serde::Deserialize;
use std::sync::Arc;
use survey::wording::Language;

#[derive(Deserialize)]
pub(super) struct Wish {
    #[serde(default)]
    locale: String,
}

pub(super) async fn offer(
    State(app): State<Arc<App>>,
    visit: Visit,
    wish: Result<Query<Wish>, QueryRejection>,
    request: HeaderMap,
) -> Result<Response, Refusal> {
    let locale = wish.map_or_else(|_| String::new(), |Query(wish)| wish.locale);
    let language = Language::among(&locale).unwrap_or(visit.site.language);
    let day = day_of((app.clock)());
    let tally = app.journal.tally();
    let packed = app
        .catalog
        .current()
        .offer(&visit.site, language, day, tally);
    let form = |encoding| packed.form(encoding);
    let response = cacheable::answer(&request, A_MINUTE, "application/json", form);
    let response = response.ok_or_else(|| Refusal::UnknownSite(visit.site.key.clone()))?;
    Ok(visit.visiting.may_read(response))
}
