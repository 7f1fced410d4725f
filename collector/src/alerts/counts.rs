//! What `/metrics` says of one webhook.

use crate::measure::Gauge;

/// Counts since the start, but for what waits.
#[derive(Debug, Default)]
pub(crate) struct Counts {
    /// Deliveries that have arrived.
    pub(crate) delivered: Gauge,
    /// Attempts that failed.
    pub(crate) failed: Gauge,
    /// Alerts dropped because too many waited, or because the receiver wants no more.
    pub(crate) dropped: Gauge,
    /// Deliveries that wait now.
    pub(crate) waiting: Gauge,
    /// When the one that has waited longest was written down, in seconds of Unix time; 0 if none waits.
    pub(crate) oldest: Gauge,
    /// Deliveries that were given up and are still listed.
    pub(crate) given_up: Gauge,
}
