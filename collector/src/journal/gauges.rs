//! What the journal says of itself: counts since the start, and how long its work takes.
//!
//! Written by the journal alone; anybody may read at any time and sees each figure whole.

use std::array;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

/// Upper bounds of a histogram's classes, in seconds; one more class takes what is longer.
pub(crate) const BOUNDS: [f64; 11] = [
    0.000_25, 0.000_5, 0.001, 0.002_5, 0.005, 0.01, 0.025, 0.05, 0.1, 0.5, 2.5,
];

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
}

/// A number that one thread writes and any thread reads.
#[derive(Debug, Default)]
pub(crate) struct Gauge(AtomicU64);

impl Gauge {
    /// Its value now.
    pub(crate) fn get(&self) -> u64 {
        self.0.load(Ordering::Relaxed)
    }

    pub(super) fn set(&self, value: u64) {
        self.0.store(value, Ordering::Relaxed);
    }

    pub(super) fn add(&self, more: usize) {
        self.0.fetch_add(more as u64, Ordering::Relaxed);
    }
}

/// How often something took how long.
#[derive(Debug)]
pub(crate) struct Histogram {
    /// One for each of [`BOUNDS`], and one for what is longer.
    classes: [AtomicU64; BOUNDS.len() + 1],
    micros: AtomicU64,
}

impl Default for Histogram {
    fn default() -> Self {
        Self {
            classes: array::from_fn(|_| AtomicU64::new(0)),
            micros: AtomicU64::new(0),
        }
    }
}

impl Histogram {
    pub(super) fn note(&self, took: Duration) {
        let seconds = took.as_secs_f64();
        let class = BOUNDS.partition_point(|&bound| bound < seconds);
        if let Some(class) = self.classes.get(class) {
            class.fetch_add(1, Ordering::Relaxed);
        }
        let micros = u64::try_from(took.as_micros()).unwrap_or(u64::MAX);
        self.micros.fetch_add(micros, Ordering::Relaxed);
    }

    /// How many took at most each of [`BOUNDS`], and last how many there were: as Prometheus counts.
    pub(crate) fn cumulative(&self) -> [u64; BOUNDS.len() + 1] {
        let mut sum = 0;
        array::from_fn(|class| {
            sum += self.classes[class].load(Ordering::Relaxed);
            sum
        })
    }

    /// All of them together, in seconds.
    pub(crate) fn seconds(&self) -> f64 {
        Duration::from_micros(self.micros.load(Ordering::Relaxed)).as_secs_f64()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_histogram_counts_up_to_and_with_each_bound() {
        let histogram = Histogram::default();
        for micros in [0, 250, 251, 100_000, 9_000_000] {
            histogram.note(Duration::from_micros(micros));
        }
        assert_eq!(histogram.cumulative(), [2, 3, 3, 3, 3, 3, 3, 3, 4, 4, 4, 5]);
        assert!((histogram.seconds() - 9.100_501).abs() < 1e-9);
    }
}
