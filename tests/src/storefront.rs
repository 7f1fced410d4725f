//! The shop's own web server, at another origin than the collector, as in real life.
//!
//! Every path is a page; one that begins with the tag of a language, as `/fr/` or `/zh-TW/`, is in it.

mod pages;

pub(crate) use pages::RECORDS;

use crate::engine::Engine;
use axum::Router;
use axum::extract::State;
use axum::http::{StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use tokio::net::TcpListener;

/// What a page carries beside its text.
#[derive(Clone)]
pub(crate) struct Tag {
    pub(crate) collector: String,
    pub(crate) attributes: String,
}

/// Serves until the runtime ends; gives the origin.
pub(crate) async fn open(tag: Tag) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let address = listener.local_addr().expect("an address");
    let app = Router::new().fallback(page).with_state(tag);
    tokio::spawn(async move { axum::serve(listener, app).await });
    format!("http://{address}")
}

async fn page(uri: Uri, State(tag): State<Tag>) -> Response {
    let path = uri.path();
    if path == "/favicon.ico" {
        return StatusCode::NO_CONTENT.into_response();
    }
    let language = language(path);
    let direction = match language.get(..2) {
        Some("ar" | "he" | "iw") => "rtl",
        _ => "ltr",
    };
    let Tag {
        collector,
        attributes,
    } = tag;
    if path == pages::STYLES {
        return ([(header::CONTENT_TYPE, "text/css")], pages::CSS).into_response();
    }
    if path == pages::SCRIPTS {
        return (
            [(header::CONTENT_TYPE, "text/javascript")],
            pages::JAVASCRIPT,
        )
            .into_response();
    }
    if path == pages::RECORDER {
        return ([(header::CONTENT_TYPE, "text/javascript")], pages::RECORDS).into_response();
    }
    if path.ends_with(".png") {
        return StatusCode::NOT_FOUND.into_response();
    }
    let content = pages::content(path);
    // Only Chromium tells what its console says; elsewhere the page writes it down.
    let (recorder, scripts) = match Engine::of_this_run() {
        Engine::Chromium => ("", content.scripts),
        _ => (pages::RECORDER_TAG, "'self'"),
    };
    // As strict as a shop's policy can be with the widget on the page.
    let policy = format!(
        "default-src 'none'; img-src 'self'; style-src {}; \
         script-src {scripts} {collector} 'wasm-unsafe-eval'; connect-src {} {collector}",
        content.styles, content.scripts
    );
    let content = content.markup;
    let body = format!(
        "<!doctype html><html lang={language} dir={direction}><meta charset=utf-8>\
         <meta name=viewport content='width=device-width,initial-scale=1'><title>{path}</title>{recorder}\
         <script async src='{collector}/hark.js' data-site=shop {attributes}></script>\
         <h1>{path}</h1><p><label>Search <input id=search></label> <a id=next href='/next'>Next</a>\
         {content}"
    );
    let headers = [
        (header::CONTENT_TYPE, "text/html; charset=utf-8".to_owned()),
        (header::CONTENT_SECURITY_POLICY, policy),
    ];
    (headers, body).into_response()
}

/// Two letters, and more behind a hyphen.
fn language(path: &str) -> &str {
    let first = path.split('/').nth(1).unwrap_or_default();
    if first.len() == 2 || first.get(2..3) == Some("-") {
        first
    } else {
        "en"
    }
}
