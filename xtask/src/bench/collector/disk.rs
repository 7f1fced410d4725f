//! What the disk itself does: 400 bytes appended and synced, one after the other.

use std::{
    fs::File,
    io::Write,
    path::Path,
    time::{Duration, Instant},
};

use anyhow::Result;

const DURATION: Duration = Duration::from_secs(3);

/// Lone appends with a `fdatasync` each.
pub(super) struct Syncs {
    /// A second.
    pub(super) rate: f64,
    pub(super) p50: Duration,
    pub(super) p99: Duration,
}

/// Measures the disk under this folder.
pub(super) fn measure(folder: &Path) -> Result<Syncs> {
    let path = folder.join("syncs");
    let mut file = File::create(&path)?;
    let mut took = Vec::new();
    let begun = Instant::now();
    while begun.elapsed() < DURATION {
        let started = Instant::now();
        file.write_all(&[b'x'; 400])?;
        file.sync_data()?;
        took.push(started.elapsed());
    }
    let rate = took.len() as f64 / begun.elapsed().as_secs_f64();
    std::fs::remove_file(path)?;
    took.sort_unstable();
    Ok(Syncs {
        rate,
        p50: took[took.len() / 2],
        p99: took[took.len() * 99 / 100],
    })
}
