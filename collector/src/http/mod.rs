//! The collector over HTTP. [`routes`] is the table; each row's handler is a small file.

mod asset;
mod body;
mod cacheable;
mod cors;
mod demo;
pub(crate) mod encoding;
mod events;
mod health;
mod metrics;
mod refusal;
mod routes;
pub(crate) mod server;
mod submissions;
mod surveys;
mod visit;

pub(crate) use routes::routes;

use crate::assets::Assets;
use crate::catalog::Catalog;
use crate::journal::Journal;
use crate::settings::Site;
use jiff::Timestamp;
use std::sync::Arc;

/// What handlers work with.
pub(crate) struct App {
    pub(crate) sites: Vec<Arc<Site>>,
    pub(crate) catalog: Catalog,
    pub(crate) journal: Journal,
    pub(crate) assets: Assets,
    /// Whether the demo shop is served.
    pub(crate) demo: bool,
    pub(crate) clock: fn() -> Timestamp,
}

/// The UTC day of a moment.
fn day_of(moment: Timestamp) -> jiff::civil::Date {
    moment.to_zoned(jiff::tz::TimeZone::UTC).date()
}
