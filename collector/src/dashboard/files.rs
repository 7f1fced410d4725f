//! The style and the script of the pages, at addresses that change with what is in them.

use crate::http::cacheable::{self, ASK_FIRST, FOR_EVER};
use axum::body::Bytes;
use axum::extract::RawQuery;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use std::sync::LazyLock;
use xxhash_rust::xxh3::xxh3_64;

/// A file that pages load.
pub(super) struct File {
    path: &'static str,
    media_type: &'static str,
    text: &'static str,
    version: LazyLock<String>,
}

pub(super) static STYLE: File = File {
    path: "/dashboard/style.css",
    media_type: "text/css; charset=utf-8",
    text: include_str!("style.css"),
    version: LazyLock::new(|| version(include_str!("style.css"))),
};

pub(super) static SCRIPT: File = File {
    path: "/dashboard/live.js",
    media_type: "text/javascript; charset=utf-8",
    text: include_str!("live.js"),
    version: LazyLock::new(|| version(include_str!("live.js"))),
};

impl File {
    /// Its address while it is as it is.
    pub(super) fn address(&self) -> String {
        format!("{}?{}", self.path, *self.version)
    }

    fn answer(&self, request: &HeaderMap, query: Option<&str>) -> Response {
        let is_this = query == Some(self.version.as_str());
        let keep = if is_this { FOR_EVER } else { ASK_FIRST };
        let bytes = Bytes::from_static(self.text.as_bytes());
        let plain = |encoding: Option<_>| encoding.is_none().then(|| bytes.clone());
        let answer = cacheable::answer(request, keep, self.media_type, plain);
        answer.unwrap_or_else(|| StatusCode::NOT_FOUND.into_response())
    }
}

fn version(text: &str) -> String {
    format!("{:016x}", xxh3_64(text.as_bytes()))
}

pub(super) async fn style(RawQuery(query): RawQuery, request: HeaderMap) -> Response {
    STYLE.answer(&request, query.as_deref())
}

pub(super) async fn script(RawQuery(query): RawQuery, request: HeaderMap) -> Response {
    SCRIPT.answer(&request, query.as_deref())
}
