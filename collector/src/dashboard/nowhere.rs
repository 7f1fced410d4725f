//! Addresses under `/dashboard` that lead nowhere.

use super::Asked;
use super::layout::{Frame, Place};
use axum::http::{StatusCode, Uri};
use axum::response::{IntoResponse, Redirect, Response};
use leptos::prelude::*;

/// Says so, on a page from which one finds back.
pub(super) async fn page(uri: Uri) -> Response {
    let asked = Asked::default();
    let mut frame = Frame::new("Nothing here", Place::Overview, &asked);
    frame.status = StatusCode::NOT_FOUND;
    frame.around(view! {
        <section class="lead">
            <h1>"Nothing here"</h1>
            <p>{format!("There is no page at `{}`.", uri.path())}</p>
            <p><a class="action" href="/dashboard">"To the overview"</a></p>
        </section>
    })
}

/// The overview has no slash at its end.
pub(super) async fn slash() -> Response {
    Redirect::permanent("/dashboard").into_response()
}
