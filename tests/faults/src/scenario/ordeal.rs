//! A long load during which anything may go wrong: kills, stops, power cuts, a disk that fails, fills up,
//! slows down or is made read-only, at random and again and again. Nothing may be lost, nothing may grow.

use crate::collector::Collector;
use crate::crowd::{Crowd, Heard};
use crate::disk::{Cut, Disk, Troubles};
use crate::shop::Shop;
use crate::stored::Stored;
use crate::wait;
use anyhow::{Context, Result, ensure};
use fastrand::Rng;
use std::time::{Duration, Instant};

/// Half of what keeps two cores busy.
const VISITORS: usize = 16;
/// The disk is in memory: a new one after so many lives of a collector keeps it small.
const LIVES_OF_A_DISK: u64 = 10;

/// What it came to.
#[derive(Debug, Default)]
pub struct Figures {
    /// Lives of a collector, each with a trouble and an end of its own.
    pub lives: u64,
    /// Events acknowledged, all found again.
    pub thanked: u64,
    /// Requests refused.
    pub refused: u64,
    /// Resident memory at the end of a life, on average over the first and the last quarter, in bytes.
    pub memory: (u64, u64),
    /// Open files and sockets, likewise.
    pub descriptors: (u64, u64),
}

/// Goes on for so long, and at least for two lives.
///
/// # Errors
/// When an acknowledged event is lost or stored twice, a line cannot be read, or memory or descriptors grow.
pub fn lasts(seed: u64, time: Duration, mut after_each: impl FnMut(u64)) -> Result<Figures> {
    let mut rng = Rng::with_seed(seed);
    let begun = Instant::now();
    let mut figures = Figures::default();
    let mut sizes = Vec::new();
    while figures.lives < 2 || begun.elapsed() < time {
        let mut disk = Disk::mount(rng.u64(..))?;
        let shop = Shop::storing_on(disk.path())?;
        let mut all = Heard::default();
        for life in 0..LIVES_OF_A_DISK {
            all.add(live(&shop, &mut disk, life, &mut rng, &mut sizes)?);
            figures.lives += 1;
            after_each(figures.lives);
            if figures.lives >= 2 && begun.elapsed() >= time {
                break;
            }
        }
        // What the last life's disk left unfinished is set aside by the next.
        let collector = shop.opens()?;
        wait::until("every line can be read", || {
            Ok(Stored::read(shop.data())?.unreadable.is_empty())
        })?;
        collector.is_killed()?;
        let stored = Stored::read(shop.data())?;
        let context = || format!("after life {}", figures.lives);
        stored.holds_all(&all.thanked).with_context(context)?;
        stored.has_no_double()?;
        figures.thanked += all.thanked.len() as u64;
        figures.refused += all.refused.values().sum::<u64>();
        let other = all.refused.keys().find(|&&status| status != 503);
        ensure!(other.is_none(), "trouble was answered with {other:?}");
    }
    let quarter = sizes.len().div_ceil(4);
    let (first, last) = (&sizes[..quarter], &sizes[sizes.len() - quarter..]);
    figures.memory = (average(first, 0), average(last, 0));
    figures.descriptors = (average(first, 1), average(last, 1));
    ensure!(
        figures.memory.1 < figures.memory.0 + (8 << 20),
        "{figures:?}"
    );
    ensure!(
        figures.descriptors.1 < figures.descriptors.0 + 16,
        "{figures:?}"
    );
    Ok(figures)
}

/// One life of a collector: good times, a trouble, good times, an end.
fn live(
    shop: &Shop,
    disk: &mut Disk,
    life: u64,
    rng: &mut Rng,
    sizes: &mut Vec<[u64; 2]>,
) -> Result<Heard> {
    let collector = shop.opens()?;
    let crowd = Crowd::comes(collector.address, VISITORS, life << 32)?;
    crowd.is_thanked(rng.u64(500..2_000))?;
    let is_refusing = befall(disk, rng);
    if is_refusing {
        crowd.is_refused(rng.u64(1..50))?;
    } else {
        crowd.is_thanked(rng.u64(1..50))?;
    }
    disk.trouble(|troubles| *troubles = Troubles::default());
    crowd.is_thanked(rng.u64(500..2_000))?;
    sizes.push([collector.memory()?, collector.descriptors()? as u64]);
    end(collector, crowd, disk, rng)
}

/// Something goes wrong with the disk; whether requests are refused by it.
fn befall(disk: &Disk, rng: &mut Rng) -> bool {
    let trouble = rng.u32(0..6);
    disk.trouble(|troubles| match trouble {
        0 => {
            // A write cut short that then fails leaves half a line, unless it can be cut off.
            (troubles.failing_writes, troubles.short_writes) = (300, 500);
            troubles.failing_cuts = 500;
        }
        1 => (troubles.failing_syncs, troubles.failing_cuts) = (300, 500),
        2 => troubles.capacity = 0,
        3 => troubles.read_only = true,
        4 => troubles.short_writes = 500,
        _ => troubles.sync_takes = Duration::from_millis(50),
    });
    trouble < 4
}

fn end(collector: Collector, crowd: Crowd, disk: &mut Disk, rng: &mut Rng) -> Result<Heard> {
    match rng.u32(0..3) {
        0 => collector.is_killed()?,
        1 => {
            let ended = collector.stops()?;
            ensure!(ended.status.success(), "{ended:?}");
        }
        _ => {
            disk.loses_power();
            collector.is_killed()?;
            let heard = crowd.leaves()?;
            disk.gets_power(Cut::Strict)?;
            return Ok(heard);
        }
    }
    crowd.leaves()
}

fn average(sizes: &[[u64; 2]], which: usize) -> u64 {
    let sum: u64 = sizes.iter().map(|sizes| sizes[which]).sum();
    sum / sizes.len().max(1) as u64
}
