//! Waiting for a condition, never for a while.

use anyhow::{Result, ensure};
use std::thread;
use std::time::{Duration, Instant};

/// Longer than anything takes, even on a loaded machine.
pub const PATIENCE: Duration = Duration::from_secs(60);

/// Asks again and again until it is so.
///
/// # Errors
/// When it is not so after [`PATIENCE`], or cannot be asked.
pub fn until(what: &str, mut is_so: impl FnMut() -> Result<bool>) -> Result<()> {
    let begun = Instant::now();
    while !is_so()? {
        ensure!(
            begun.elapsed() < PATIENCE,
            "waited {PATIENCE:?} in vain until {what}"
        );
        thread::park_timeout(Duration::from_millis(2));
    }
    Ok(())
}
