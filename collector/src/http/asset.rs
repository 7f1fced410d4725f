//! `GET /hark.js` and `GET /assets/…`: the built widget, compressed when it was built.

use super::cacheable::{self, FIVE_MINUTES, FOR_EVER};
use super::refusal::Refusal;
use super::{App, cors};
use crate::assets::{LOADER, media_type};
use axum::extract::{Path, State};
use axum::http::{HeaderMap, Uri};
use axum::response::Response;
use std::sync::Arc;

pub(super) async fn loader(
    State(app): State<Arc<App>>,
    request: HeaderMap,
) -> Result<Response, Refusal> {
    file(&app, &request, LOADER, FIVE_MINUTES).ok_or(Refusal::NoWidget)
}

pub(super) async fn hashed(
    State(app): State<Arc<App>>,
    Path(path): Path<String>,
    uri: Uri,
    request: HeaderMap,
) -> Result<Response, Refusal> {
    let path = format!("assets/{path}");
    let found = file(&app, &request, &path, FOR_EVER);
    found.ok_or_else(|| Refusal::NoSuchPath(uri.path().to_owned()))
}

fn file(app: &App, request: &HeaderMap, path: &str, keep: &'static str) -> Option<Response> {
    let media_type = media_type(path);
    let response = cacheable::answer(request, keep, media_type, |encoding| match encoding {
        Some(encoding) => app.assets.get(&format!("{path}.{}", encoding.ending())),
        None => app.assets.get(path),
    });
    response.map(cors::anybody_may_load)
}
