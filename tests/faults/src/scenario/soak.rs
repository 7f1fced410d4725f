//! A long mixed load: new events, repetitions, refusals, surveys and assets. Memory and descriptors
//! must not grow.

use crate::client::Connection;
use crate::collector::Collector;
use crate::crowd::{Crowd, response};
use crate::shop::Shop;
use crate::stored::Stored;
use anyhow::{Result, ensure};
use std::time::{Duration, Instant};

/// So many ids fill the window of known ones, which takes memory until it is full.
const WINDOW: u64 = 1_400_000;

/// What it came to.
#[derive(Debug)]
pub struct Figures {
    /// Events acknowledged, all found again.
    pub thanked: u64,
    /// How long it took.
    pub took: Duration,
    /// Resident memory once the window was full, and at the end, in bytes.
    pub memory: (u64, u64),
    /// Open files and sockets at the same moments.
    pub descriptors: (usize, usize),
}

/// Loads a collector until so many events are stored, of which the first 1.4 million fill the window.
///
/// # Errors
/// When something is lost, or grows.
pub fn mixed_load(events: u64, mut progress: impl FnMut(u64)) -> Result<Figures> {
    let shop = Shop::new()?;
    let collector = shop.opens()?;
    let begun = Instant::now();
    let crowd = Crowd::comes(collector.address, 32, 0)?;
    let warm = events.min(WINDOW);
    others_come_until(&crowd, &collector, warm, &mut progress)?;
    let before = (collector.memory()?, collector.descriptors()?);
    others_come_until(&crowd, &collector, warm + events, &mut progress)?;
    let after = (collector.memory()?, collector.descriptors()?);
    let heard = crowd.leaves()?;
    let ended = collector.stops()?;
    ensure!(ended.status.success(), "{ended:?}");
    let stored = Stored::read(shop.data())?;
    stored.holds_all(&heard.thanked)?;
    stored.is_readable()?;
    stored.has_no_double()?;
    ensure!(
        after.0 < before.0 + (8 << 20),
        "memory grew from {} to {} bytes",
        before.0,
        after.0
    );
    ensure!(
        after.1 < before.1 + 16,
        "descriptors grew from {} to {}",
        before.1,
        after.1
    );
    Ok(Figures {
        thanked: heard.thanked.len() as u64,
        took: begun.elapsed(),
        memory: (before.0, after.0),
        descriptors: (before.1, after.1),
    })
}

/// What else a collector hears, while the crowd is thanked.
fn others_come_until(
    crowd: &Crowd,
    collector: &Collector,
    thanked: u64,
    progress: &mut impl FnMut(u64),
) -> Result<()> {
    let mut connection = Connection::open(collector.address)?;
    for visit in 0_u64.. {
        let so_far = crowd.thanked();
        if so_far >= thanked {
            break;
        }
        if visit % 1_000 == 0 {
            progress(so_far);
        }
        let answer = match visit % 6 {
            0 => connection.gets("/v1/sites/demo/surveys?locale=fr"),
            1 => connection.gets("/hark.js"),
            2 => connection.gets("/readyz"),
            3 => connection.sends("not JSON"),
            // The same again and again, but never once the window has forgotten it.
            4 => connection.sends(&response((1 << 40) + so_far / 10_000)),
            _ => connection.gets("/nowhere"),
        };
        match answer {
            Ok(answer) => ensure!(answer.status < 500, "{answer:?}"),
            Err(_) => connection = Connection::open(collector.address)?,
        }
    }
    Ok(())
}
