//! `GET /v1/sites/{site}/report`: what `hark report` prints, for programs.

use super::App;
use super::reader::Reader;
use super::refusal::Refusal;
use super::wishes::Wishes;
use crate::cli::{Alert, Compare, Method};
use axum::extract::State;
use axum::http::Uri;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use clap::ValueEnum;
use jiff::Timestamp;
use report::comments::Said;
use report::{By, Query, render};
use std::sync::Arc;

/// The flags of `hark report`, with `_` for `-`.
pub(super) const PARAMETERS: [&str; 11] = [
    "survey",
    "since",
    "until",
    "by",
    "compare",
    "alert",
    "method",
    "live",
    "all",
    "include_automated",
    "no_comments",
];

#[derive(Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
enum Format {
    #[default]
    Json,
    Csv,
}

pub(super) async fn tell(
    State(app): State<Arc<App>>,
    reader: Reader,
    uri: Uri,
) -> Result<Response, Refusal> {
    let (wishes, format) = Wishes::with_format::<Format>(&uri, &PARAMETERS)?;
    let query = query(&wishes, &reader.site.key, (app.clock)())?;
    // Rows are about figures alone.
    let with_comments = !wishes.flag("no_comments")? && format == Format::Json;
    let turn = app.reading.turn().await?;
    let reading = tokio::task::spawn_blocking(move || {
        let made = make(&app, &query, with_comments, format);
        drop(turn);
        made
    });
    let text = reading.await.unwrap_or(Err(Refusal::Unreadable))?;
    let media_type = match format {
        Format::Json => "application/json",
        Format::Csv => "text/csv; charset=utf-8; header=present",
    };
    let headers = [(CONTENT_TYPE, media_type), (CACHE_CONTROL, "no-store")];
    Ok((headers, text).into_response())
}

fn make(app: &App, query: &Query, with_comments: bool, format: Format) -> Result<String, Refusal> {
    let data = &app.reading.data;
    let read = if with_comments {
        report::read_with_comments(data, query, app.dashboard.desk.lexicon(), &|_, _| {})
    } else {
        report::read(data, query).map(|report| (report, Said::default()))
    };
    let (report, said) = read.map_err(|error| Refusal::unreadable(&error))?;
    if let Some(By::Attribute(name)) = &query.by
        && report.is_unknown_everywhere()
    {
        let unknown = format!("`by` is `{name}`, and no line has an attribute of that name");
        return Err(Refusal::WrongParameter(unknown));
    }
    let text = match format {
        Format::Json => render::json(&report, &said),
        Format::Csv => render::csv(&report),
    };
    text.map_err(|error| Refusal::unreadable(&error))
}

fn query(wishes: &Wishes, site: &str, now: Timestamp) -> Result<Query, Refusal> {
    Ok(Query {
        by: wishes.text("by").and_then(|by| by.parse().ok()),
        method: wishes
            .choice::<Method>("method")?
            .unwrap_or_default()
            .into(),
        compare: wishes
            .choice::<Compare>("compare")?
            .unwrap_or_default()
            .into(),
        chart: wishes.choice::<Alert>("alert")?.unwrap_or_default().into(),
        live: wishes.flag("live")?,
        all: wishes.flag("all")?,
        ..wishes.question(site, now)?
    })
}
