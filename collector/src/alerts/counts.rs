//! What `/metrics` says of one webhook.

use crate::measure::Gauge;

/// Counts since the start, but for what waits.
#[derive(Debug, Default)]
pub(crate) struct Counts {
    /// Deliveries that have arrived.
    pub(crate) delivered: Gauge,
    /// Attempts that failed.
    pub(crate) failed: Gauge,
    /// Alerts dropped because too many waited.
    pub(crate) dropped: Gauge,
    /// Deliveries that wait now.
    pub(crate) waiting: Gauge,
    /// Deliveries that were given up and are still listed.
    pub(crate) given_up: Gauge,
}
