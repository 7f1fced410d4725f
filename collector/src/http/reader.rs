//! A program that reads, and the site it reads of: bearer tokens (RFC 6750), and turns, so that many who
//! read do not take memory and processors from those who answer.

use super::App;
use super::refusal::Refusal;
use crate::settings::Site;
use axum::extract::{FromRequestParts, Path};
use axum::http::header::AUTHORIZATION;
use axum::http::request::Parts;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::timeout;

/// Reports and exports made at a time.
const AT_ONCE: usize = 2;
/// How long one waits for a turn.
const PATIENCE: Duration = Duration::from_secs(10);

/// A request with a token, of a site that exists.
pub(super) struct Reader {
    pub(super) site: Arc<Site>,
}

/// Where lines are read from, by a few at a time.
pub(crate) struct ReadingRoom {
    pub(crate) data: PathBuf,
    turns: Arc<Semaphore>,
}

impl ReadingRoom {
    pub(crate) fn of(data: PathBuf) -> Self {
        Self {
            data,
            turns: Arc::new(Semaphore::new(AT_ONCE)),
        }
    }

    /// Waits for a turn, which lasts until it is dropped.
    pub(super) async fn turn(&self) -> Result<OwnedSemaphorePermit, Refusal> {
        let turn = timeout(PATIENCE, Arc::clone(&self.turns).acquire_owned()).await;
        // Never closed.
        turn.ok().and_then(Result::ok).ok_or(Refusal::Busy)
    }
}

impl FromRequestParts<Arc<App>> for Reader {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, app: &Arc<App>) -> Result<Self, Refusal> {
        let said = parts.headers.get(AUTHORIZATION).ok_or(Refusal::NoToken)?;
        let said = said.to_str().unwrap_or_default();
        let (scheme, token) = said.split_once(' ').unwrap_or_default();
        if !scheme.eq_ignore_ascii_case("bearer") {
            return Err(Refusal::NoToken);
        }
        if !app.doorway.knows(token.trim()) {
            return Err(Refusal::UnknownToken);
        }
        let key = Path::<String>::from_request_parts(parts, app).await;
        let Path(key) = key.map_err(|_| Refusal::NoSuchPath(parts.uri.path().to_owned()))?;
        let site = app.sites.iter().find(|site| site.key == key);
        let site = Arc::clone(site.ok_or(Refusal::UnknownSite(key))?);
        Ok(Self { site })
    }
}
