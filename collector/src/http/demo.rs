//! `GET /demo/…`: the demo shop, plain pages that paste the tag as any shop would.

use super::cacheable::{self, ASK_FIRST};
use super::refusal::Refusal;
use crate::assets::{demo, media_type};
use axum::extract::Path;
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Redirect, Response};

/// Leads to the home page.
pub(super) async fn enter() -> Redirect {
    Redirect::temporary("/demo/")
}

pub(super) async fn home(request: HeaderMap) -> Result<Response, Refusal> {
    file(&request, "index.html").ok_or_else(|| nothing_at(""))
}

/// A file, or the page of a folder; without its last slash a folder's links would lead astray.
pub(super) async fn page(
    Path(path): Path<String>,
    request: HeaderMap,
) -> Result<Response, Refusal> {
    if path.ends_with('/') {
        return file(&request, &format!("{path}index.html")).ok_or_else(|| nothing_at(&path));
    }
    let is_folder = || demo::file(&format!("{path}/index.html")).is_some();
    match file(&request, &path) {
        Some(file) => Ok(file),
        None if is_folder() => Ok(Redirect::temporary(&format!("/demo/{path}/")).into_response()),
        None => Err(nothing_at(&path)),
    }
}

fn file(request: &HeaderMap, path: &str) -> Option<Response> {
    cacheable::answer(
        request,
        ASK_FIRST,
        media_type(path),
        |encoding| match encoding {
            None => demo::file(path),
            Some(_) => None,
        },
    )
}

fn nothing_at(path: &str) -> Refusal {
    Refusal::NoSuchPath(format!("/demo/{path}"))
}
