//! A disk that fills up, and has space again.

use crate::crowd::{Crowd, response};
use crate::disk::{Cut, Disk, Troubles};
use crate::shop::Shop;
use crate::stored::{self, Stored};
use crate::wait;
use anyhow::{Context, Result, ensure};
use std::fs::{self, OpenOptions};
use std::io::Write;
use std::time::{Duration, Instant};

/// What it came to.
#[derive(Debug, Default)]
pub struct Figures {
    /// Events acknowledged, all found again after a power cut.
    pub thanked: u64,
    /// Requests refused while the disk was full.
    pub refused: u64,
    /// The longest wait for any answer.
    pub slowest: Duration,
    /// From the moment there was space until the next event was stored.
    pub resumed_after: Duration,
}

/// Leaves a twenty-fifth of the disk, and then room again.
///
/// # Errors
/// When the collector does not say what is short before anything is refused, or says so for ever.
pub fn nearly(seed: u64) -> Result<()> {
    let disk = Disk::mount(seed)?;
    fs::write(disk.path().join("ballast"), vec![7; 10 << 20])?;
    let shop = Shop::storing_on(disk.path())?;
    let collector = shop.opens()?;
    disk.grows_by(400 << 10);
    let readiness = || {
        let answer = collector.gets("/readyz")?;
        Ok(answer.status == 503 && answer.body.contains("urn:hark:refusal:short-of-space"))
    };
    wait::until("readiness names the space", readiness)?;
    let answer = collector.hears(&response(1))?;
    ensure!(answer.count("accepted") == 1, "{answer:?}");
    disk.trouble(|troubles| *troubles = Troubles::default());
    let readiness = || Ok(collector.gets("/readyz")?.status == 200);
    wait::until("readiness is green", readiness)
}

/// A refusal must come within this time, even though the disk is full.
pub(super) const REFUSED_WITHIN: Duration = Duration::from_secs(1);
/// So soon after there is space events must be stored again.
pub(super) const RESUMED_WITHIN: Duration = Duration::from_secs(2);

/// Fills the disk under load so often. Where other things run as well, all may take so many times as long.
///
/// # Errors
/// When an acknowledged event is lost, a line cannot be read, or a refusal or the return takes too long.
pub fn and_back(seed: u64, rounds: u64, times: u32) -> Result<Figures> {
    let mut figures = Figures::default();
    let mut disk = Disk::mount(seed)?;
    let shop = Shop::storing_on(disk.path())?;
    let collector = shop.opens()?;
    let crowd = Crowd::comes(collector.address, 32, 0)?;
    for _ in 0..rounds {
        crowd.is_thanked(100)?;
        // A room that ends in the middle of a line.
        disk.trouble(|troubles| troubles.capacity = 0);
        crowd.is_refused(100)?;
        let readiness = || Ok(collector.gets("/readyz")?.status == 503);
        wait::until("readiness is red", readiness)?;
        disk.grows_by(10_007);
        crowd.is_refused(100)?;
        disk.trouble(|troubles| *troubles = Troubles::default());
        let freed = Instant::now();
        crowd.is_thanked(1)?;
        figures.resumed_after = figures.resumed_after.max(freed.elapsed());
    }
    disk.loses_power();
    collector.is_killed()?;
    let heard = crowd.leaves()?;
    disk.gets_power(Cut::Strict)?;
    let stored = Stored::read(shop.data())?;
    stored.holds_all(&heard.thanked)?;
    stored.is_readable()?;
    let other = heard.refused.keys().find(|&&status| status != 503);
    ensure!(other.is_none(), "a full disk was answered with {other:?}");
    figures.thanked = heard.thanked.len() as u64;
    figures.refused = heard.refused.values().sum();
    figures.slowest = heard.slowest;
    ensure!(figures.slowest < times * REFUSED_WITHIN, "{figures:?}");
    ensure!(
        figures.resumed_after < times * RESUMED_WITHIN,
        "{figures:?}"
    );
    Ok(figures)
}

/// Starts on a full disk whose newest segment ends in half a line, then gives it space, then starts anew.
///
/// # Errors
/// When it does not start, says that it is ready, loses what was acknowledged, or leaves the half line where it is.
pub fn from_the_start(seed: u64) -> Result<()> {
    let disk = Disk::mount(seed)?;
    let shop = Shop::storing_on(disk.path())?;
    let collector = shop.opens()?;
    let crowd = Crowd::comes(collector.address, 4, 0)?;
    crowd.is_thanked(20)?;
    collector.is_killed()?;
    let thanked = crowd.leaves()?.thanked;
    let days = stored::days(&shop.data().join("events"))?;
    let segments = stored::entries(days.last().context("no day")?)?;
    let newest = segments.last().context("no segment")?;
    let mut newest = OpenOptions::new().append(true).open(newest)?;
    newest.write_all(b"{\"type\":\"resp")?;
    drop(newest);
    disk.grows_by(0);

    let collector = shop.opens()?;
    let later = response(1 << 32);
    let refused = collector.hears(&later)?;
    ensure!(refused.status == 503, "{refused:?}");
    let is = |status| Ok(collector.gets("/readyz")?.status == status);
    wait::until("readiness is red", || is(503))?;
    disk.trouble(|troubles| *troubles = Troubles::default());
    wait::until("it is ready", || is(200))?;
    ensure!(collector.hears(&later)?.status == 200, "there is space");
    let again = collector.hears(&response(thanked[0]))?;
    ensure!(again.count("duplicates") == 1, "{again:?}");
    collector.is_killed()?;

    let collector = shop.opens()?;
    wait::until("the half line is set aside", || {
        Ok(Stored::read(shop.data())?.torn == 1)
    })?;
    collector.is_killed()?;
    let stored = Stored::read(shop.data())?;
    stored.holds_all(&[thanked, vec![1 << 32]].concat())?;
    stored.has_no_double()?;
    stored.is_readable()
}
