//! What the collector is measured against: the handlers one would write instead.
//!
//! `rivals nothing` answers and stores nothing, which is as fast as axum goes here. `rivals synced FILE`
//! appends each body to a file and waits for `fdatasync` before it answers, one request at a time.
//! Both print `listening on http://ADDRESS` once they do.

mod synced;

use anyhow::{Context, Result, bail};
use axum::Router;
use axum::body::Bytes;
use axum::http::header::CONTENT_TYPE;
use axum::response::IntoResponse;
use axum::routing::post;
use std::env;
use std::io::{Write, stderr};
use tokio::net::TcpListener;

const PATH: &str = "/v1/sites/demo/events";
/// As long as what the collector answers.
const ANSWER: &str = r#"{"accepted":1,"duplicates":0,"rejected":[]}"#;

#[tokio::main]
async fn main() -> Result<()> {
    let words: Vec<String> = env::args().skip(1).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let routes = match words.as_slice() {
        ["nothing"] => Router::new().route(PATH, post(nothing)),
        ["synced", file] => synced::routes(PATH, file.as_ref())?,
        _ => bail!("usage: rivals nothing | rivals synced FILE"),
    };
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let address = listener.local_addr()?;
    writeln!(stderr(), "listening on http://{address}")?;
    axum::serve(listener, routes).await.context("serving ended")
}

/// Takes the body off the wire and forgets it.
async fn nothing(_: Bytes) -> impl IntoResponse {
    thanks()
}

fn thanks() -> impl IntoResponse {
    ([(CONTENT_TYPE, "application/json")], ANSWER)
}
