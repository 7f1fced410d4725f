//! What the journal says of itself: counts since the start, and how long its work takes.
//!
//! Written by the journal alone; anybody may read at any time and sees each figure whole.

use super::news::Crier;
use crate::measure::{Gauge, Histogram};

/// All figures of one journal.
#[derive(Debug, Default)]
pub(crate) struct Gauges {
    /// Deliveries (requests) that wait for the writer now.
    pub(crate) queued_deliveries: Gauge,
    /// Bytes of lines that wait for the writer now.
    pub(crate) queued_bytes: Gauge,
    /// Lines stored since the start.
    pub(crate) lines: Gauge,
    /// Bytes of lines stored since the start.
    pub(crate) bytes: Gauge,
    /// Lines that were already stored when they arrived.
    pub(crate) duplicates: Gauge,
    /// Contacts stored since the start.
    pub(crate) contacts: Gauge,
    /// Lines that were refused because the disk failed.
    pub(crate) refused: Gauge,
    /// Syncs that failed since the start.
    pub(crate) failed_syncs: Gauge,
    /// Segment files begun since the start.
    pub(crate) segments: Gauge,
    /// Segment files compressed since the start.
    pub(crate) compressed: Gauge,
    /// Segment files removed by age since the start.
    pub(crate) expired: Gauge,
    /// Lines removed by erasure since the start.
    pub(crate) erased: Gauge,
    /// Keys known for recognising duplicates.
    pub(crate) known_keys: Gauge,
    /// Free bytes where the data folder lies, when last looked at; 0 where the system does not say.
    pub(crate) free_bytes: Gauge,
    /// How long each write and sync of a batch took.
    pub(crate) syncs: Histogram,
    /// From the receipt of each delivery until it was on disk.
    pub(crate) freshness: Histogram,
    /// Where changes are told.
    pub(super) news: Crier,
}
