//! Every no over HTTP: `application/problem+json` (RFC 9457), phrased for the shop's developer.
//!
//! Any page may read a refusal, whatever its origin: it holds nothing but the reason, and a reason
//! hidden behind CORS helps nobody.

use super::admission::Crowd;
use super::reason::Reason;
use crate::journal::Refused;
use axum::Json;
use axum::http::HeaderValue;
use axum::http::header::{
    ACCESS_CONTROL_ALLOW_ORIGIN, ACCESS_CONTROL_EXPOSE_HEADERS, CACHE_CONTROL, CONTENT_TYPE,
    RETRY_AFTER, WWW_AUTHENTICATE,
};
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
    #[error(
        "too many requests from this address: send the same again in {0} s; if they come through a \
         proxy, name it in `trusted_proxies` of hark.toml"
    )]
    TooManyRequests(u64),
    #[error("too many connections are open {0}: send the same again later")]
    TooManyConnections(Crowd),
    #[error("{0}")]
    WrongParameter(String),
    #[error("say a token as `Authorization: Bearer …`; `hark token new` makes one")]
    NoToken,
    #[error("nobody has this token (any more); `hark token new` makes another")]
    UnknownToken,
    #[error("what was stored cannot be read; the collector's log says why")]
    Unreadable,
    #[error("others are being read to: ask again later")]
    Busy,
    #[error("answers are still stored, but little space is left for the data folder: make room")]
    ShortOfSpace,
    #[error("{0}: send the same again later")]
    NotStored(#[from] Refused),
}

/// Why one event of a request was not accepted.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(crate) struct Rejected {
    /// Its place in the request, from 0.
    pub(crate) index: usize,
    /// One sentence.
    pub(crate) error: String,
}

impl Refusal {
    /// The client hears that it is our fault, the log why.
    pub(super) fn unreadable(why: &dyn std::fmt::Display) -> Self {
        tracing::error!("a report cannot be made: {why}");
        Self::Unreadable
    }

    /// How to say a token, where one is needed (RFC 6750, section 3).
    const fn challenge(&self) -> Option<&'static str> {
        match self {
            Self::NoToken => Some("Bearer realm=\"hark\""),
            Self::UnknownToken => Some("Bearer realm=\"hark\", error=\"invalid_token\""),
            _ => None,
        }
    }

    /// Why, without the particulars.
    const fn reason(&self) -> Reason {
        match self {
            Self::NotJson(_) => Reason::NotJson,
            Self::Empty => Reason::Empty,
            Self::BrokenOff => Reason::BrokenOff,
            Self::WrongParameter(_) => Reason::WrongParameter,
            Self::NoToken => Reason::NoToken,
            Self::UnknownToken => Reason::UnknownToken,
            Self::Unreadable => Reason::Unreadable,
            Self::Busy => Reason::Busy,
            Self::Origin { .. } => Reason::Origin,
            Self::NoSuchPath(_) => Reason::NoSuchPath,
            Self::UnknownSite(_) => Reason::UnknownSite,
            Self::NoWidget => Reason::NoWidget,
            Self::WrongMethod { .. } => Reason::WrongMethod,
            Self::TooSlow => Reason::TooSlow,
            Self::TooLarge => Reason::TooLarge,
            Self::TooMany { .. } => Reason::TooManyEvents,
            Self::MediaType(_) => Reason::MediaType,
            Self::NoneAccepted(_) => Reason::NoneAccepted,
            Self::TooManyRequests(_) => Reason::TooManyRequests,
            Self::TooManyConnections(_) => Reason::TooManyConnections,
            Self::NotStored(Refused::Full) => Reason::QueueFull,
            Self::NotStored(Refused::Failing) => Reason::DiskFailing,
            Self::ShortOfSpace => Reason::ShortOfSpace,
            Self::NotStored(Refused::Closed) => Reason::ShuttingDown,
        }
    }

    /// After how many seconds another attempt may succeed.
    const fn retry_after(&self) -> Option<u64> {
        match self {
            Self::TooManyRequests(seconds) => Some(*seconds),
            Self::NotStored(Refused::Full) => Some(1),
            Self::NotStored(Refused::Failing | Refused::Closed)
            | Self::ShortOfSpace
            | Self::TooManyConnections(_)
            | Self::Busy => Some(5),
            _ => None,
        }
    }
}

/// What a problem's `type` begins with; a [`Reason`]'s name is its end.
pub(super) const KIND: &str = "urn:hark:refusal:";

/// Why a request is not answered as it wished (RFC 9457).
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(super) struct Problem {
    /// Which kind of refusal.
    r#type: String,
    /// The status in words.
    title: &'static str,
    /// The status.
    #[cfg_attr(test, schemars(range(min = 400, max = 599)))]
    status: u16,
    /// What to do about it.
    detail: String,
    /// Each event of the request, and why it was not accepted.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    rejected: Vec<Rejected>,
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let reason = self.reason();
        let (kind, status) = (reason.name(), reason.status());
        let detail = self.to_string();
        let retry_after = self.retry_after();
        let challenge = self.challenge();
        let problem = Problem {
            r#type: format!("{KIND}{kind}"),
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
        if let Some(challenge) = challenge {
            set(WWW_AUTHENTICATE, challenge);
        }
        if let Some(seconds) = retry_after {
            set(ACCESS_CONTROL_EXPOSE_HEADERS, "Retry-After");
            headers.insert(RETRY_AFTER, HeaderValue::from(seconds));
        }
        // Not sent: by it the refusal is counted.
        response.extensions_mut().insert(reason);
        response
    }
}
