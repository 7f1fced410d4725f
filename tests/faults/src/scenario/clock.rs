//! A clock that starts in 1970 and jumps by years, by Debian's libfaketime.

use crate::collector::Collector;
use crate::crowd::{Crowd, Heard, response};
use crate::shop::Shop;
use crate::stored::{self, Stored};
use crate::wait;
use anyhow::{Context, Result, ensure};
use std::fs;
use std::path::{Path, PathBuf};

const MOMENTS: [&str; 5] = [
    "1970-01-01 00:00:10",
    "2031-06-01 23:59:59",
    "2026-11-27 10:00:00",
    "2026-11-26 10:00:00",
    "2038-01-19 03:14:08",
];

/// Lets the clock jump forth and back under load, and starts anew in the past.
///
/// # Errors
/// When an acknowledged event is lost, or a repetition is not recognised.
pub fn jumps() -> Result<Heard> {
    let shop = Shop::new()?;
    let now = shop.data().with_file_name("now");
    let mut all = Heard::default();
    set(&now, MOMENTS[0])?;
    let collector = opens(&shop, &now)?;
    let crowd = Crowd::comes(collector.address, 16, 0)?;
    for moment in MOMENTS {
        set(&now, moment)?;
        crowd.is_thanked(100)?;
    }
    let ended = collector.stops()?;
    ensure!(ended.status.success(), "{ended:?}");
    all.add(crowd.leaves()?);
    set(&now, MOMENTS[0])?;
    let collector = opens(&shop, &now)?;
    for &number in &all.thanked {
        let answer = collector.hears(&response(number))?;
        ensure!(
            answer.count("duplicates") == 1,
            "{number} is not recognised: {answer:?}"
        );
    }
    collector.is_killed()?;
    let stored = Stored::read(shop.data())?;
    stored.holds_all(&all.thanked)?;
    stored.is_readable()?;
    stored.has_no_double()?;
    let days = stored::entries(&shop.data().join("events"))?.len();
    ensure!(days >= 4, "the clock did not jump: there are {days} days");
    Ok(all)
}

/// Lets the clock jump years ahead and stay there over restarts, so that what was stored before is too old by it.
///
/// # Errors
/// When an acknowledged event is lost, there or after the clock was set right.
pub fn stays_wrong() -> Result<Heard> {
    let shop = Shop::new()?;
    let now = shop.data().with_file_name("now");
    let mut all = Heard::default();
    let moments = [
        "2026-11-26 10:00:00",
        "2026-11-27 10:00:00",
        "2031-06-01 10:00:00",
        "2031-06-02 10:00:00",
        "2031-06-04 10:00:00",
        "2026-11-28 10:00:00",
    ];
    for (life, moment) in (0_u64..).zip(moments) {
        set(&now, moment)?;
        let collector = opens(&shop, &now)?;
        let crowd = Crowd::comes(collector.address, 4, life << 32)?;
        crowd.is_thanked(20)?;
        all.add(crowd.leaves()?);
        // What is too old goes first.
        let (today, _) = moment.split_once(' ').context("a day")?;
        is_packed_but(&shop, today)?;
        let ended = collector.stops()?;
        ensure!(ended.status.success(), "{ended:?}");
        Stored::read(shop.data())?
            .holds_all(&all.thanked)
            .with_context(|| format!("on {moment}"))?;
    }
    Stored::read(shop.data())?.has_no_double()?;
    Ok(all)
}

/// Waits until the segments of all days before this one are packed.
fn is_packed_but(shop: &Shop, today: &str) -> Result<()> {
    let today = format!("date={today}");
    wait::until("days that are over are packed", || {
        for day in stored::days(&shop.data().join("events"))? {
            if day.file_name().is_some_and(|name| name < today.as_str()) {
                let entries = stored::entries(&day)?;
                let is_plain = |path: &PathBuf| path.extension().is_some_and(|end| end == "jsonl");
                if entries.iter().any(is_plain) {
                    return Ok(false);
                }
            }
        }
        Ok(true)
    })
}

fn set(now: &Path, moment: &str) -> Result<()> {
    // In one step: libfaketime reads it at any time.
    let next = now.with_extension("next");
    fs::write(&next, format!("@{moment}\n"))?;
    Ok(fs::rename(next, now)?)
}

fn opens(shop: &Shop, now: &Path) -> Result<Collector> {
    let mut command = shop.command(&[]);
    command
        .env("LD_PRELOAD", library()?)
        .env("FAKETIME_TIMESTAMP_FILE", now)
        .env("FAKETIME_NO_CACHE", "1")
        // Time-outs go by the other clock, which never jumps.
        .env("FAKETIME_DONT_FAKE_MONOTONIC", "1")
        .env("TZ", "UTC");
    Collector::start(&mut command)
}

fn library() -> Result<PathBuf> {
    let folders = stored::entries(Path::new("/usr/lib"))?;
    folders
        .into_iter()
        .map(|folder| folder.join("faketime/libfaketimeMT.so.1"))
        .find(|file| file.is_file())
        .context("there is no libfaketime: install Debian's `faketime`")
}
