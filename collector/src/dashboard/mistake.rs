//! When a page cannot be made: what was asked for makes no sense, or the journal cannot be read.

use super::asked::USUAL_SPAN;
use super::layout::Frame;
use super::picture::NoPicture;
use axum::http::StatusCode;
use axum::response::Response;
use leptos::prelude::*;
use report::when::NotASpan;

/// The page that says so.
pub(super) fn answer(mut frame: Frame<'_>, no: &NoPicture) -> Response {
    let (status, heading, said) = match no {
        NoPicture::Asked(NotASpan::NotATime(error)) => (
            StatusCode::BAD_REQUEST,
            "That is not a time",
            error.to_string(),
        ),
        NoPicture::Asked(NotASpan::Reversed { since, until }) => (
            StatusCode::BAD_REQUEST,
            "That stretch ends before it begins",
            format!(
                "`{until}` is not after `{since}`; `30d` until `7d` is from thirty days ago until a week ago"
            ),
        ),
        NoPicture::Unread => (
            StatusCode::INTERNAL_SERVER_ERROR,
            "The answers cannot be read",
            "The log of the collector says why. Nothing is lost by it".to_owned(),
        ),
    };
    frame.status = status;
    let again = (status == StatusCode::BAD_REQUEST).then(|| {
        let shown = format!("Show the last {}", USUAL_SPAN.replace('d', " days"));
        let asked = super::Asked {
            since: None,
            until: None,
            ..frame.asked.clone()
        };
        view! { <p><a class="action" href=asked.address("/dashboard")>{shown}</a></p> }
    });
    frame.around(view! {
        <section class="lead">
            <h1>{heading}</h1>
            <p class="lines">{said}"."</p>
            {again}
        </section>
    })
}
