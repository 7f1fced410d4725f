//! When a page cannot be made: what was asked for makes no sense, or the journal cannot be read.

use super::asked::USUAL_SPAN;
use super::layout::Frame;
use super::picture::NoPicture;
use super::piece::{IntoPiece, Piece};
use axum::http::StatusCode;
use axum::response::Response;
use leptos::prelude::*;
use report::when::NotASpan;

/// The page that says so, and leads back to the one at `path`.
pub(super) fn answer(frame: Frame<'_>, no: &NoPicture, path: &str) -> Response {
    match no {
        NoPicture::Asked(error) => {
            let shown = format!("Show the last {}", USUAL_SPAN.replace('d', " days"));
            of_time(frame, error, path, shown)
        }
        NoPicture::Unread => unread(frame),
    }
}

/// The page that says so of a time, and leads to the one at `path`, which is `shown`.
pub(super) fn of_time(frame: Frame<'_>, error: &NotASpan, path: &str, shown: String) -> Response {
    let (heading, said) = match error {
        NotASpan::NotATime(error) => ("That is not a time", error.to_string()),
        NotASpan::Reversed { since, until } => (
            "That stretch ends before it begins",
            format!(
                "`{until}` is not after `{since}`; `30d` until `7d` is from thirty days ago until a week ago"
            ),
        ),
    };
    let asked = super::Asked {
        since: None,
        until: None,
        ..frame.asked.clone()
    };
    let again = view! { <p><a class="action" href=asked.address(path)>{shown}</a></p> };
    say(frame, StatusCode::BAD_REQUEST, heading, said, again.piece())
}

/// The page that says that the journal cannot be read.
pub(super) fn unread(frame: Frame<'_>) -> Response {
    let said = "The log of the collector says why. Nothing is lost by it".to_owned();
    let status = StatusCode::INTERNAL_SERVER_ERROR;
    // The page itself: what is wrong may have passed.
    let again = view! { <p><a class="action" href="">"Try again"</a></p> }.piece();
    say(frame, status, "The answers cannot be read", said, again)
}

fn say(
    mut frame: Frame<'_>,
    status: StatusCode,
    heading: &'static str,
    said: String,
    again: Piece,
) -> Response {
    frame.status = status;
    frame.around(view! {
        <section class="lead">
            <h1>{heading}</h1>
            <p class="lines">{said}"."</p>
            {again}
        </section>
    })
}
