//! The power goes at a random moment under load, and all that was not synced with it.

use crate::crowd::{Crowd, Heard};
use crate::disk::{Cut, Disk};
use crate::scenario::keeping::Keeping;
use crate::shop::Shop;
use crate::stored::Stored;
use anyhow::{Context, Result};
use fastrand::Rng;
use std::time::Duration;

const VISITORS: usize = 32;

/// What some cuts came to.
#[derive(Debug, Default)]
pub struct Figures {
    /// Cuts.
    pub cuts: u64,
    /// Events acknowledged, all found again.
    pub thanked: u64,
    /// Responses that `hark erase` said were gone, none of them found again.
    pub erased: u64,
    /// Cuts during which a segment was being packed.
    pub mid_packing: u64,
    /// Tails set aside.
    pub torn: usize,
    /// Lines that cannot be read: where sectors came through in any order, one that nobody was thanked
    /// for may have a hole.
    pub unreadable: usize,
}

/// Cuts the power so often, each time on the disk that the cut before left, while days that are over are
/// packed, some become too old, and some responses are to be erased.
///
/// # Errors
/// When an acknowledged event is lost or stored twice, what was erased or too old is there, or a line cannot be
/// read although the disk writes in order.
pub fn cuts(seed: u64, rounds: u64, mut after_each: impl FnMut(u64)) -> Result<Figures> {
    let mut figures = Figures {
        cuts: rounds,
        ..Figures::default()
    };
    // The disk is in memory: a new one now and then keeps it small.
    for (first, kind) in (0..rounds)
        .step_by(10)
        .zip([Cut::Strict, Cut::Torn, Cut::Scattered].iter().cycle())
    {
        let on_this = first..rounds.min(first + 10);
        cuts_on_one_disk(seed ^ first, *kind, on_this, &mut figures, &mut after_each)
            .with_context(|| format!("{kind:?} cuts from round {first} on"))?;
    }
    Ok(figures)
}

fn cuts_on_one_disk(
    seed: u64,
    kind: Cut,
    rounds: std::ops::Range<u64>,
    figures: &mut Figures,
    after_each: &mut impl FnMut(u64),
) -> Result<()> {
    let mut rng = Rng::with_seed(seed);
    let mut disk = Disk::mount(rng.u64(..))?;
    let shop = Shop::storing_on(disk.path())?;
    let mut all = Heard::default();
    let mut keeping = Keeping::default();
    for round in rounds {
        keeping.a_day_passes(&shop)?;
        // Packing syncs as well: with slow syncs it takes long enough to be hit.
        let is_packing = round % 2 == 1;
        let micros = if is_packing {
            rng.u64(5_000..20_000)
        } else {
            rng.u64(0..3_000)
        };
        disk.trouble(|troubles| troubles.sync_takes = Duration::from_micros(micros));
        let collector = shop.opens()?;
        let crowd = Crowd::comes(collector.address, VISITORS, round << 32)?;
        if round % 3 == 2 {
            keeping.begins_to_erase(&shop, &all.thanked, &mut rng)?;
        }
        if is_packing {
            keeping.is_packing(shop.data())?;
        }
        // From the very first segment on: with none thanked yet, its folders are being made.
        crowd.is_thanked(rng.u64(0..if is_packing { 8 } else { 500 }))?;
        disk.loses_power();
        collector.is_killed()?;
        all.add(crowd.leaves()?);
        keeping.everything_has_ended()?;
        disk.gets_power(kind)?;
        keeping.looks(shop.data())?;
        after_each(round);
    }
    keeping.a_day_passes(&shop)?;
    let collector = shop.opens()?;
    keeping.is_done(shop.data())?;
    collector.is_killed()?;
    let stored = Stored::read(shop.data())?;
    stored.holds_all(&keeping.kept(&all.thanked))?;
    stored.has_no_double()?;
    keeping.is_as_told(&stored)?;
    if kind != Cut::Scattered {
        stored.is_readable()?;
    }
    figures.thanked += all.thanked.len() as u64;
    figures.erased += keeping.erased.len() as u64;
    figures.mid_packing += keeping.mid_packing;
    figures.torn += stored.torn;
    figures.unreadable += stored.unreadable.len();
    Ok(())
}
