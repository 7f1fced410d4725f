//! The collector over HTTP. [`routes`] is the table; each row's handler is a small file.

mod admission;
mod asset;
pub(crate) mod body;
pub(crate) mod cacheable;
mod caller;
mod connection;
mod cors;
mod demo;
pub(crate) mod encoding;
mod events;
mod exposition;
mod front;
mod health;
mod measures;
mod metrics;
#[cfg(test)]
mod openapi;
mod pace;
mod process;
mod rates;
mod reader;
mod reason;
mod refusal;
mod report;
mod responses;
mod route;
mod routes;
mod rows;
pub(crate) mod server;
mod submissions;
mod surveys;
mod visit;
mod wire;
mod wishes;

pub(crate) use admission::{Admission, TOLD_AT_ONCE};
pub(crate) use caller::{Caller, Proxies};
pub(crate) use front::Front;
pub(crate) use measures::Measures;
pub(crate) use rates::Rates;
pub(crate) use reader::ReadingRoom;
pub(crate) use routes::routes;

use crate::alerts::Webhooks;
use crate::assets::Assets;
use crate::catalog::Catalog;
use crate::dashboard::Dashboard;
use crate::doorway::Doorway;
use crate::journal::Journal;
use crate::settings::Site;
use jiff::Timestamp;
use refusal::Refusal;
use std::sync::Arc;
use std::time::Instant;

/// What handlers work with.
pub(crate) struct App {
    pub(crate) sites: Vec<Arc<Site>>,
    pub(crate) catalog: Catalog,
    pub(crate) journal: Journal,
    /// Who is told of what should not wait, each with what waits for them.
    pub(crate) webhooks: Webhooks,
    pub(crate) assets: Assets,
    pub(crate) proxies: Proxies,
    pub(crate) rates: Rates,
    pub(crate) admission: Arc<Admission>,
    pub(crate) measures: Measures,
    pub(crate) dashboard: Dashboard,
    pub(crate) doorway: Doorway,
    pub(crate) reading: ReadingRoom,
    /// Whether the demo shop is served.
    pub(crate) demo: bool,
    pub(crate) clock: fn() -> Timestamp,
}

impl App {
    /// The keys of all sites.
    pub(crate) fn site_keys(&self) -> Vec<String> {
        self.sites.iter().map(|site| site.key.clone()).collect()
    }

    /// Counts so many requests of a caller, or says that these are too many. Nobody in particular has
    /// no limit: it would be one for everybody behind a proxy that names nobody.
    fn count(&self, caller: Caller, requests: u32, now: Instant) -> Result<(), Refusal> {
        let Caller(Some(address)) = caller else {
            return Ok(());
        };
        let counted = self.rates.count(address, requests, now);
        // Rounded up: whoever comes back then must not be too early.
        counted.map_err(|wait| Refusal::TooManyRequests(wait.as_secs() + 1))
    }
}
