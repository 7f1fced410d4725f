//! Why a request to the dashboard is not answered as it wished, as a page that says what to do.

use crate::dashboard::piece::{IntoPiece, Piece};
use axum::http::header::{CONTENT_TYPE, LOCATION};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use leptos::prelude::*;

/// What is said at the door.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Notice {
    /// Another page tries to send or to load something.
    Elsewhere,
    /// There is no password, and not everything stays on this machine.
    NoPassword,
    /// At this address.
    SignInFirst(String),
    /// The same, and what was sent is lost.
    SignInAndSendAgain(String),
    /// Whoever follows a link brings no cookie; asking from here they do.
    OnceMore(String),
    /// The same for programs and scripts.
    SignedOut,
    /// A form without the token of this session.
    NotOurForm,
}

impl IntoResponse for Notice {
    fn into_response(self) -> Response {
        match self {
            Self::Elsewhere => said(
                "Not from another page",
                "Another page has tried to open or to send something here, and nothing was done. If it was \
                 you and this is behind a proxy, let the proxy pass on the header Host. Otherwise open the \
                 dashboard by its address.",
            ),
            Self::NoPassword => page(
                StatusCode::FORBIDDEN,
                "There is no password yet",
                None,
                view! {
                    <p>
                        "Without a password the dashboard is shown only while all of it stays on one machine: \
                         Hark, the pages of every site, and whoever looks, at "
                        <code>"http://127.0.0.1"</code>" and its port."
                    </p>
                    <p>"To sign in, set a password on the machine that Hark runs on, while it runs:"</p>
                    <pre><code>"hark password --data …"</code></pre>
                    <p>
                        "with the data folder that " <code>"hark serve"</code>
                        " has named at its start. Then open this page again."
                    </p>
                }
                .piece(),
            ),
            Self::SignInFirst(address) => see(&address),
            Self::SignInAndSendAgain(address) => {
                let and = if address.contains('?') { '&' } else { '?' };
                see(&format!("{address}{and}lost="))
            }
            Self::OnceMore(address) => {
                let refresh = format!("0; url={address}");
                page(
                    StatusCode::OK,
                    "One moment",
                    Some(refresh),
                    view! { <p><a href=address>"Go on"</a></p> }.piece(),
                )
            }
            Self::SignedOut => {
                let text = "sign in at /dashboard/sign-in\n";
                (StatusCode::FORBIDDEN, text).into_response()
            }
            Self::NotOurForm => said(
                "Please send that again",
                "The form was made before you signed in, or is not from this dashboard. Nothing was saved: \
                 go back, reload the page, and send it again.",
            ),
        }
    }
}

fn said(title: &'static str, text: &'static str) -> Response {
    page(
        StatusCode::FORBIDDEN,
        title,
        None,
        view! { <p>{text}</p> }.piece(),
    )
}

/// Leads to another address of ours.
pub(super) fn see(address: &str) -> Response {
    let mut response = StatusCode::SEE_OTHER.into_response();
    if let Ok(address) = HeaderValue::from_str(address) {
        response.headers_mut().insert(LOCATION, address);
    }
    response
}

/// A page of the door: nothing on it is a secret, and nothing on it leads further in.
pub(super) fn page(
    status: StatusCode,
    title: &'static str,
    refresh: Option<String>,
    contents: Piece,
) -> Response {
    let refresh = refresh.map(|to| view! { <meta http-equiv="refresh" content=to/> }.piece());
    let page = view! {
        <html lang="en">
            <head>
                <meta charset="utf-8"/>
                <meta name="viewport" content="width=device-width, initial-scale=1"/>
                <meta name="color-scheme" content="light dark"/>
                {refresh}
                <title>{title} " · Hark"</title>
                <link rel="icon" href="data:,"/>
                <link rel="stylesheet" href="/dashboard/style.css"/>
            </head>
            <body class="door">
                <main id="main">
                    <p class="brand">"Hark"</p>
                    <h1>{title}</h1>
                    {contents}
                </main>
            </body>
        </html>
    };
    let html = format!("<!doctype html>{}", page.to_html());
    (status, [(CONTENT_TYPE, "text/html; charset=utf-8")], html).into_response()
}
