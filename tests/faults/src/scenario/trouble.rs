//! A disk that fails now and then: writes with `EIO`, writes cut short, syncs that fail and lose what
//! they were to write.

use crate::collector::Collector;
use crate::crowd::{Crowd, Heard, response};
use crate::disk::{Cut, Disk, Troubles};
use crate::shop::Shop;
use crate::stored::Stored;
use crate::wait;
use anyhow::{Result, ensure};
use fastrand::Rng;

const VISITORS: usize = 32;

/// What some rounds came to.
#[derive(Debug, Default)]
pub struct Figures {
    /// Rounds.
    pub rounds: u64,
    /// Events acknowledged, all found again after a power cut.
    pub thanked: u64,
    /// Requests refused.
    pub refused: u64,
}

/// Lets the disk fail in so many rounds, each of which ends with a strict power cut.
///
/// # Errors
/// When an acknowledged event is lost or stored twice, a line cannot be read, or anything but `200`
/// and `503` is heard.
pub fn rounds(seed: u64, rounds: u64, mut after_each: impl FnMut(u64)) -> Result<Figures> {
    let mut rng = Rng::with_seed(seed);
    let mut figures = Figures {
        rounds,
        ..Figures::default()
    };
    let mut disk = Disk::mount(rng.u64(..))?;
    let shop = Shop::storing_on(disk.path())?;
    let mut all = Heard::default();
    for round in 0..rounds {
        let collector = shop.opens()?;
        let crowd = Crowd::comes(collector.address, VISITORS, round << 32)?;
        crowd.is_thanked(rng.u64(1..200))?;
        disk.trouble(|troubles| worsen(troubles, round, &mut rng));
        crowd.is_refused(rng.u64(1..100))?;
        disk.trouble(|troubles| *troubles = Troubles::default());
        crowd.is_thanked(rng.u64(1..200))?;
        disk.loses_power();
        collector.is_killed()?;
        all.add(crowd.leaves()?);
        disk.gets_power(Cut::Strict)?;
        after_each(round);
    }
    let stored = Stored::read(shop.data())?;
    stored.holds_all(&all.thanked)?;
    stored.has_no_double()?;
    stored.is_readable()?;
    let other = all.refused.keys().find(|&&status| status != 503);
    ensure!(
        other.is_none(),
        "a failing disk was answered with {other:?}"
    );
    figures.thanked = all.thanked.len() as u64;
    figures.refused = all.refused.values().sum();
    Ok(figures)
}

/// Each kind of trouble alone, then all together.
fn worsen(troubles: &mut Troubles, round: u64, rng: &mut Rng) {
    let chance = rng.u32(50..300);
    if matches!(round % 4, 0 | 3) {
        troubles.failing_writes = chance;
    }
    if matches!(round % 4, 1 | 3) {
        // A write cut short is gone on with: only one that fails then is noticed.
        troubles.short_writes = 500;
        troubles.failing_writes = chance;
    }
    if matches!(round % 4, 2 | 3) {
        troubles.failing_syncs = chance;
        // Every segment begun takes two, and eight failures in a row would be the end.
        troubles.failing_folder_syncs = chance / 10;
    }
    if round % 2 == 1 {
        troubles.failing_cuts = 500;
    }
}

/// Lets a sync fail whose lines cannot be taken back, so that they stay to be read; then kills the collector, starts it
/// on the same system, sends what was refused once more, and cuts the power. So often, each time after more
/// lines.
///
/// # Errors
/// When what was acknowledged is lost, or a line cannot be read.
pub fn restarts_after_a_failed_sync(seed: u64, rounds: u64) -> Result<()> {
    let mut disk = Disk::mount(seed)?;
    let shop = Shop::storing_on(disk.path())?;
    let mut thanked = Vec::new();
    for round in 0..rounds {
        let (good, refused) = (2 * round, 2 * round + 1);
        let hears = |collector: &Collector, number, status| -> Result<()> {
            let answer = collector.hears(&response(number))?;
            ensure!(answer.status == status, "{number}: {answer:?}");
            Ok(())
        };
        let collector = shop.opens()?;
        hears(&collector, good, 200)?;
        disk.trouble(|troubles| {
            troubles.failing_syncs = 1000;
            troubles.failing_cuts = 1000;
        });
        hears(&collector, refused, 503)?;
        collector.is_killed()?;
        disk.trouble(|troubles| *troubles = Troubles::default());
        let collector = shop.opens()?;
        hears(&collector, refused, 200)?;
        thanked.extend([good, refused]);
        disk.loses_power();
        collector.is_killed()?;
        disk.gets_power(Cut::Strict)?;
    }
    let stored = Stored::read(shop.data())?;
    stored.holds_all(&thanked)?;
    stored.has_no_double()?;
    stored.is_readable()
}

/// Lets every sync fail until the collector gives the disk up.
///
/// # Errors
/// When it does not end with exit code 74, or lost what it had acknowledged before.
pub fn every_sync_fails(seed: u64) -> Result<()> {
    let mut disk = Disk::mount(seed)?;
    let shop = Shop::storing_on(disk.path())?;
    let collector = shop.opens()?;
    let crowd = Crowd::comes(collector.address, VISITORS, 0)?;
    crowd.is_thanked(50)?;
    disk.trouble(|troubles| troubles.failing_syncs = 1000);
    let ended = collector.ends()?;
    ensure!(ended.status.code() == Some(74), "{ended:?}");
    let heard = crowd.leaves()?;
    disk.loses_power();
    disk.gets_power(Cut::Strict)?;
    let stored = Stored::read(shop.data())?;
    stored.holds_all(&heard.thanked)?;
    stored.is_readable()
}

/// Makes the disk read-only and writable again, without a restart.
///
/// # Errors
/// When the collector does not say that it cannot store, or does not go on once it can.
pub fn read_only_for_a_while(seed: u64) -> Result<()> {
    let mut disk = Disk::mount(seed)?;
    let shop = Shop::storing_on(disk.path())?;
    let collector = shop.opens()?;
    let crowd = Crowd::comes(collector.address, VISITORS, 0)?;
    crowd.is_thanked(50)?;
    disk.trouble(|troubles| troubles.read_only = true);
    crowd.is_refused(50)?;
    wait::until("readiness is red", || {
        Ok(collector.gets("/readyz")?.status == 503)
    })?;
    ensure!(
        collector.gets("/healthz")?.status == 200,
        "alive is not ready"
    );
    disk.trouble(|troubles| troubles.read_only = false);
    crowd.is_thanked(50)?;
    wait::until("readiness is green", || {
        Ok(collector.gets("/readyz")?.status == 200)
    })?;
    disk.loses_power();
    collector.is_killed()?;
    let heard = crowd.leaves()?;
    disk.gets_power(Cut::Strict)?;
    let stored = Stored::read(shop.data())?;
    stored.holds_all(&heard.thanked)?;
    stored.is_readable()
}
