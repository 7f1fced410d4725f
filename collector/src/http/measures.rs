//! What serving says of itself: how long answers take, and what was refused, by route and reason.

use super::reason::Reason;
use super::route::Route;
use crate::measure::{Gauge, Histogram};
use axum::http::StatusCode;
use axum::response::Response;
use std::array;
use std::time::Duration;

/// Statuses that are counted by themselves; any other is counted as the last one.
const STATUSES: [u16; 20] = [
    200, 204, 303, 304, 307, 400, 401, 403, 404, 405, 408, 413, 415, 422, 429, 431, 500, 503, 505,
    0,
];

/// Why a connection was ended by the collector, not by a refusal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Cut {
    /// Nothing came, or half a header.
    Slow,
    /// More headers, or longer ones, than are read: `431`.
    LargeHeader,
    /// What came was no HTTP: `400`.
    NotHttp,
    /// The handshake of TLS failed.
    Handshake,
    /// There were too many to even say so.
    Crowded,
}

impl Cut {
    pub(crate) const ALL: [Self; 5] = [
        Self::Slow,
        Self::LargeHeader,
        Self::NotHttp,
        Self::Handshake,
        Self::Crowded,
    ];

    /// As figures are labelled.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Slow => "slow",
            Self::LargeHeader => "large-header",
            Self::NotHttp => "not-http",
            Self::Handshake => "handshake",
            Self::Crowded => "crowded",
        }
    }
}

/// All figures of serving.
pub(crate) struct Measures {
    /// From a request's header until its answer begins, by [`Route`].
    took: [Histogram; Route::ALL.len()],
    answered: [Gauge; STATUSES.len()],
    refused: [Gauge; Reason::ALL.len()],
    cut: [Gauge; Cut::ALL.len()],
}

impl Default for Measures {
    fn default() -> Self {
        Self {
            took: array::from_fn(|_| Histogram::default()),
            answered: array::from_fn(|_| Gauge::default()),
            refused: array::from_fn(|_| Gauge::default()),
            cut: array::from_fn(|_| Gauge::default()),
        }
    }
}

impl Measures {
    /// Counts an answer.
    pub(super) fn note(&self, route: Route, response: &Response, took: Duration) {
        self.took[route as usize].note(took);
        let status = response.status().as_u16();
        let known = STATUSES.iter().position(|&known| known == status);
        self.answered[known.unwrap_or(STATUSES.len() - 1)].add(1);
        if response.status() >= StatusCode::BAD_REQUEST
            && let Some(&reason) = response.extensions().get::<Reason>()
        {
            self.refused[reason as usize].add(1);
        }
    }

    /// Counts a connection that was ended.
    pub(super) fn note_cut(&self, why: Cut) {
        self.cut[why as usize].add(1);
    }

    /// How long answers took, by route.
    pub(super) fn took(&self) -> impl Iterator<Item = (&'static str, &Histogram)> {
        Route::ALL.into_iter().map(Route::name).zip(&self.took)
    }

    /// How often each status was answered that was answered at all; `other` for what has no row.
    pub(super) fn answered(&self) -> impl Iterator<Item = (String, u64)> {
        let rows = STATUSES.iter().zip(&self.answered);
        let rows = rows.map(|(status, gauge)| match status {
            0 => ("other".to_owned(), gauge.get()),
            _ => (status.to_string(), gauge.get()),
        });
        rows.filter(|(_, count)| *count > 0)
    }

    /// How often each reason was given.
    pub(super) fn refused(&self) -> impl Iterator<Item = (&'static str, u64)> {
        let names = Reason::ALL.into_iter().map(Reason::name);
        names.zip(self.refused.iter().map(Gauge::get))
    }

    /// How often each reason was given, or a connection ended for it.
    pub(crate) fn refusals(&self) -> impl Iterator<Item = (&'static str, u64)> {
        self.refused().chain(self.cut())
    }

    /// How many connections were ended, by reason.
    pub(super) fn cut(&self) -> impl Iterator<Item = (&'static str, u64)> {
        let names = Cut::ALL.into_iter().map(Cut::name);
        names.zip(self.cut.iter().map(Gauge::get))
    }
}
