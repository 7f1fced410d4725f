//! `GET /v1/sites/{site}/responses`: what `hark export` writes, told row by row.

use super::App;
use super::reader::Reader;
use super::refusal::Refusal;
use super::rows::Chunks;
use super::wishes::Wishes;
use axum::body::Body;
use axum::extract::State;
use axum::http::Uri;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use clap::ValueEnum;
use report::export::{self, ExportError};
use std::io;
use std::sync::Arc;

/// The flags of `hark export`, with `_` for `-`.
pub(super) const PARAMETERS: [&str; 5] = [
    "survey",
    "since",
    "until",
    "impressions",
    "include_automated",
];

#[derive(Clone, Copy, Default, ValueEnum)]
enum Format {
    #[default]
    Jsonl,
    Csv,
}

pub(super) async fn tell(
    State(app): State<Arc<App>>,
    reader: Reader,
    uri: Uri,
) -> Result<Response, Refusal> {
    let (wishes, format) = Wishes::with_format::<Format>(&uri, &PARAMETERS)?;
    let query = wishes.question(&reader.site.key, (app.clock)())?;
    let rows = if wishes.flag("impressions")? {
        export::Rows::Impressions
    } else {
        export::Rows::Answered
    };
    let (written, media_type) = match format {
        Format::Jsonl => (export::Format::Jsonl, "application/x-ndjson"),
        Format::Csv => (
            export::Format::Csv,
            "text/csv; charset=utf-8; header=present",
        ),
    };
    let turn = app.reading.turn().await?;
    let (mut chunks, told) = Chunks::and_rows();
    tokio::task::spawn_blocking(move || {
        let data = &app.reading.data;
        let done = export::export(data, &query, rows, written, &|_, _| {}, &mut chunks);
        match done.and_then(|_| Ok(chunks.finish()?)) {
            // Whoever reads has left, or is too slow.
            Err(ExportError::Write(error)) if error.kind() == io::ErrorKind::BrokenPipe => {}
            Err(error) => tracing::error!("the responses cannot be read: {error}"),
            Ok(()) => {}
        }
        drop(turn);
    });
    let told = told.begun().await.ok_or(Refusal::Unreadable)?;
    let headers = [(CONTENT_TYPE, media_type), (CACHE_CONTROL, "no-store")];
    Ok((headers, Body::new(told)).into_response())
}
