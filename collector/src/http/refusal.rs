//! Every no over HTTP: `application/problem+json` (RFC 9457), phrased for the shop's developer.
//!
//! Any page may read a refusal, whatever its origin: it holds nothing but the reason, and a reason
//! hidden behind CORS helps nobody.

use crate::journal::Refused;
use axum::Json;
use axum::http::header::{
    ACCESS_CONTROL_ALLOW_ORIGIN, ACCESS_CONTROL_EXPOSE_HEADERS, CACHE_CONTROL, CONTENT_TYPE,
    RETRY_AFTER,
};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use serde::Serialize;

/// Why a request is not answered as it wished.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Refusal {
    #[error("there is nothing at `{0}`")]
    NoSuchPath(String),
    #[error("`{method}` is not possible at `{path}`")]
    WrongMethod { method: String, path: String },
    #[error(
        "there is no site `{0}`: write the `key` of a `[[site]]` of hark.toml into `data-site`"
    )]
    UnknownSite(String),
    #[error(
        "the site `{site}` may not be used from `{origin}`: add it to `origins` of that site in \
         hark.toml"
    )]
    Origin { site: String, origin: String },
    #[error("the widget is not built: run `cargo xtask build`")]
    NoWidget,
    #[error(
        "`{0}` cannot be read: send `application/json`, `application/x-ndjson` or `text/plain`, \
         without a `Content-Encoding`"
    )]
    MediaType(String),
    #[error("a body may have 64 KiB at most: send fewer events at once")]
    TooLarge,
    #[error("a body may hold {most} events at most, not {sent}: send the rest in another")]
    TooMany { most: usize, sent: usize },
    #[error("the body took too long to arrive")]
    TooSlow,
    #[error("the body broke off")]
    BrokenOff,
    #[error("the body is not JSON: {0}")]
    NotJson(String),
    #[error("the body holds no event")]
    Empty,
    #[error("no event was accepted: see `rejected`")]
    NoneAccepted(Vec<Rejected>),
    #[error("{0}: send the same again later")]
    NotStored(#[from] Refused),
}

/// Why one event of a request was not accepted.
#[derive(Debug, Serialize)]
pub(crate) struct Rejected {
    /// Its place in the request, from 0.
    pub(crate) index: usize,
    /// One sentence.
    pub(crate) error: String,
}

impl Refusal {
    /// Its name within the problem's `type`, and the status.
    const fn kind(&self) -> (&'static str, StatusCode) {
        match self {
            Self::NotJson(_) => ("not-json", StatusCode::BAD_REQUEST),
            Self::Empty => ("empty", StatusCode::BAD_REQUEST),
            Self::BrokenOff => ("broken-off", StatusCode::BAD_REQUEST),
            Self::Origin { .. } => ("origin", StatusCode::FORBIDDEN),
            Self::NoSuchPath(_) => ("no-such-path", StatusCode::NOT_FOUND),
            Self::UnknownSite(_) => ("unknown-site", StatusCode::NOT_FOUND),
            Self::NoWidget => ("no-widget", StatusCode::NOT_FOUND),
            Self::WrongMethod { .. } => ("wrong-method", StatusCode::METHOD_NOT_ALLOWED),
            Self::TooSlow => ("too-slow", StatusCode::REQUEST_TIMEOUT),
            Self::TooLarge => ("too-large", StatusCode::PAYLOAD_TOO_LARGE),
            Self::TooMany { .. } => ("too-many-events", StatusCode::PAYLOAD_TOO_LARGE),
            Self::MediaType(_) => ("media-type", StatusCode::UNSUPPORTED_MEDIA_TYPE),
            Self::NoneAccepted(_) => ("none-accepted", StatusCode::UNPROCESSABLE_ENTITY),
            Self::NotStored(_) => ("not-stored", StatusCode::SERVICE_UNAVAILABLE),
        }
    }

    /// After how many seconds another attempt may succeed.
    const fn retry_after(&self) -> Option<&'static str> {
        match self {
            Self::NotStored(Refused::Full) => Some("1"),
            Self::NotStored(Refused::Failing | Refused::Closed) => Some("5"),
            _ => None,
        }
    }
}

#[derive(Serialize)]
struct Problem {
    r#type: String,
    title: &'static str,
    status: u16,
    detail: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    rejected: Vec<Rejected>,
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let (kind, status) = self.kind();
        let detail = self.to_string();
        let retry_after = self.retry_after();
        let problem = Problem {
            r#type: format!("urn:hark:refusal:{kind}"),
            title: status.canonical_reason().unwrap_or_default(),
            status: status.as_u16(),
            detail,
            rejected: match self {
                Self::NoneAccepted(rejected) => rejected,
                _ => Vec::new(),
            },
        };
        let mut response = (status, Json(problem)).into_response();
        let headers = response.headers_mut();
        let mut set = |name, value| headers.insert(name, HeaderValue::from_static(value));
        set(CONTENT_TYPE, "application/problem+json");
        set(CACHE_CONTROL, "no-store");
        set(ACCESS_CONTROL_ALLOW_ORIGIN, "*");
        if let Some(seconds) = retry_after {
            set(RETRY_AFTER, seconds);
            set(ACCESS_CONTROL_EXPOSE_HEADERS, "Retry-After");
        }
        response
    }
}
