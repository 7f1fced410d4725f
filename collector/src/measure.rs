//! Figures of a running collector: numbers and histograms that any thread may write and read.
//!
//! Atomics alone, so that measuring costs a request next to nothing and never waits.

use std::array;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

/// Upper bounds of a histogram's classes, in seconds; one more class takes what is longer.
pub(crate) const BOUNDS: [f64; 11] = [
    0.000_25, 0.000_5, 0.001, 0.002_5, 0.005, 0.01, 0.025, 0.05, 0.1, 0.5, 2.5,
];

/// A number that any thread reads whole.
#[derive(Debug, Default)]
pub(crate) struct Gauge(AtomicU64);

impl Gauge {
    /// Its value now.
    pub(crate) fn get(&self) -> u64 {
        self.0.load(Ordering::Relaxed)
    }

    /// Says what it is.
    pub(crate) fn set(&self, value: u64) {
        self.0.store(value, Ordering::Relaxed);
    }

    /// Counts so many more.
    pub(crate) fn add(&self, more: usize) {
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
    /// Counts one more, that took so long.
    pub(crate) fn note(&self, took: Duration) {
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
