//! More at once than there is time for: who is accepted must not wait long, and memory has its bounds.

use crate::crowd::Crowd;
use crate::shop::Shop;
use crate::stored::Stored;
use anyhow::{Result, ensure};
use std::time::{Duration, Instant};

/// What a thousand busy connections may take, in bytes (100 MiB).
const MOST_MEMORY: u64 = 100 << 20;
/// So long buffers grow to what a crowd needs; what grows after that would grow for ever.
const SETTLES: Duration = Duration::from_secs(10);

/// What it came to.
#[derive(Debug)]
pub struct Figures {
    /// Events acknowledged, all found again.
    pub thanked: u64,
    /// How many of 100 requests were refused with `503`.
    pub refused_percent: f64,
    /// How long 99 of 100 of the accepted waited at most.
    pub p99: Duration,
    /// Resident memory after a third of the time, and at its end, in bytes.
    pub memory: (u64, u64),
}

/// Sends on so many connections at once for so long.
///
/// # Errors
/// When 99 of 100 accepted waited longer than that, something is lost, or memory is more than a crowd needs
/// or grows without end.
pub fn on(connections: usize, lasts: Duration, at_most: Duration) -> Result<Figures> {
    super::descriptors::allow(2 * connections + 1_000)?;
    let shop = Shop::new()?;
    let collector = shop.opens()?;
    let crowd = Crowd::comes(collector.address, connections, 0)?;
    let begun = Instant::now();
    let goes_on_until = |moment: Duration| -> Result<u64> {
        while begun.elapsed() < moment {
            crowd.is_thanked(1)?;
        }
        collector.memory()
    };
    let memory = (goes_on_until(lasts / 3)?, goes_on_until(lasts)?);
    let heard = crowd.leaves()?;
    let ended = collector.stops()?;
    ensure!(ended.status.success(), "{ended:?}");
    let stored = Stored::read(shop.data())?;
    stored.holds_all(&heard.thanked)?;
    stored.has_no_double()?;
    stored.is_readable()?;
    let other = heard.refused.keys().find(|&&status| status != 503);
    ensure!(other.is_none(), "overload was answered with {other:?}");
    let refused: u64 = heard.refused.values().sum();
    let thanked = heard.thanked.len() as u64;
    let figures = Figures {
        thanked,
        refused_percent: 100.0 * refused as f64 / (refused + thanked) as f64,
        p99: heard.p99(),
        memory,
    };
    ensure!(figures.p99 < at_most, "{figures:?}");
    ensure!(memory.1 < MOST_MEMORY, "{figures:?}");
    // The window of known ids grows until it is full: 24 bytes for each.
    let window = (24 * thanked).min(64 << 20);
    let has_grown = memory.1 > memory.0 + window + (8 << 20);
    ensure!(lasts / 3 < SETTLES || !has_grown, "{figures:?}");
    Ok(figures)
}
