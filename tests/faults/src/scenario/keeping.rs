//! What a collector does with what it has while everything else goes on: it compresses days that are over,
//! removes those that are too old, and erases what it is told to. Here it is given such work for the
//! very moment at which it dies, and what must be left is kept account of.

use crate::crowd;
use crate::shop::Shop;
use crate::stored::{Stored, days, entries};
use crate::wait;
use anyhow::{Context, Result, ensure};
use fastrand::Rng;
use jiff::civil::Date;
use jiff::{Timestamp, ToSpan, tz::TimeZone};
use std::collections::BTreeSet;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Child, Stdio};

/// So many days pass between two lives.
const BETWEEN: i32 = 2;
/// How many responses are erased at once.
const ERASED_AT_ONCE: usize = 3;

/// What was given to do, and what is to be left.
#[derive(Debug, Default)]
pub(super) struct Keeping {
    erasing: Option<(Child, Vec<u64>)>,
    /// Gone for good, says `hark erase`.
    pub(super) erased: BTreeSet<u64>,
    /// What it was killed or cut off over: gone or not.
    interrupted: BTreeSet<u64>,
    /// In files that were too old.
    expired: BTreeSet<String>,
    /// How often everything ended while a segment was being packed.
    pub(super) mid_packing: u64,
    passed: i32,
    /// How many days lines are kept, once that was said.
    kept_days: Option<i32>,
}

impl Keeping {
    /// Between two lives: what came today came on a day that is over, and all before it is older as well; now and
    /// then the oldest has become too old.
    pub(super) fn a_day_passes(&mut self, shop: &Shop) -> Result<()> {
        let events = shop.data().join("events");
        let folders = if events.exists() {
            days(&events)?
        } else {
            Vec::new()
        };
        let today = today();
        if folders.last().and_then(|newest| day_of(newest)) != Some(today) {
            return Ok(());
        }
        let mut aged = Vec::new();
        // The oldest first, so that each finds its new name free.
        for folder in &folders {
            let day = day_of(folder)
                .context("no day")?
                .checked_sub(BETWEEN.days())?;
            let older = events.join(format!("date={day}"));
            fs::rename(folder, &older)?;
            aged.push((day, older));
        }
        self.passed += 1;
        self.kept_days = self.kept_days.map(|days| days + BETWEEN);
        if self.passed % 4 == 3
            && let [(_, oldest), (next, _), _, ..] = &aged[..]
        {
            self.expired.extend(Stored::of_day(oldest)?.ids());
            self.kept_days = Some((today - *next).get_days());
        }
        if let Some(days) = self.kept_days {
            shop.sets(&format!("retain_days = {days}"))?;
        }
        Ok(File::open(&events)?.sync_all()?)
    }

    /// Has some of what was thanked for erased, and does not wait for it.
    pub(super) fn begins_to_erase(
        &mut self,
        shop: &Shop,
        thanked: &[u64],
        rng: &mut Rng,
    ) -> Result<()> {
        if thanked.is_empty() {
            return Ok(());
        }
        let chosen = (0..ERASED_AT_ONCE).map(|_| thanked[rng.usize(..thanked.len())]);
        let chosen: Vec<u64> = chosen.collect();
        let mut erase = shop.hark(&["erase"]);
        for &number in &chosen {
            erase.args(["--response", &crowd::id(number)]);
        }
        let erase = erase.arg("--data").arg(shop.data());
        let process = erase.stdout(Stdio::null()).stderr(Stdio::null()).spawn()?;
        self.erasing = Some((process, chosen));
        Ok(())
    }

    /// Waits until a segment is being packed, or until none is left to be.
    pub(super) fn is_packing(&self, data: &Path) -> Result<()> {
        let events = data.join("events");
        wait::until("a segment is packed", || {
            Ok(is_mid_packing(&events)? || is_all_packed(&events)?)
        })
    }

    /// Everything has ended, and nobody may be at the files any more.
    pub(super) fn everything_has_ended(&mut self) -> Result<()> {
        if let Some((mut process, chosen)) = self.erasing.take() {
            let mut status = None;
            wait::until("`hark erase` has ended", || {
                status = process.try_wait()?;
                Ok(status.is_some())
            })?;
            let is_done = status.context("no status")?.success();
            let into = if is_done {
                &mut self.erased
            } else {
                &mut self.interrupted
            };
            into.extend(chosen);
        }
        Ok(())
    }

    /// Looks at what is left of packing.
    pub(super) fn looks(&mut self, data: &Path) -> Result<()> {
        let events = data.join("events");
        if events.exists() && is_mid_packing(&events)? {
            self.mid_packing += 1;
        }
        Ok(())
    }

    /// Waits until a running collector has caught up: days that are over are packed, and none is too old.
    pub(super) fn is_done(&self, data: &Path) -> Result<()> {
        let events = data.join("events");
        wait::until(
            "days that are over are packed, and those too old gone",
            || Ok(is_all_packed(&events)? && !self.is_too_old_left(&events)?),
        )
    }

    fn is_too_old_left(&self, events: &Path) -> Result<bool> {
        let Some(days) = self.kept_days else {
            return Ok(false);
        };
        // A midnight may have made others a day older.
        let oldest = today().checked_sub((days + 1).days())?;
        let files = files(events)?;
        let mut days = files.iter().filter_map(|file| day_of(file.parent()?));
        Ok(days.any(|day| day < oldest))
    }

    /// Of what was thanked for, what must be there.
    pub(super) fn kept(&self, thanked: &[u64]) -> Vec<u64> {
        let is_kept = |number: &u64| {
            !self.erased.contains(number)
                && !self.interrupted.contains(number)
                && !self.expired.contains(&crowd::id(*number))
        };
        thanked.iter().copied().filter(is_kept).collect()
    }

    /// What was erased, and what was too old, is nowhere any more.
    pub(super) fn is_as_told(&self, stored: &Stored) -> Result<()> {
        let erased = self.erased.iter().find(|&&number| stored.holds(number));
        ensure!(erased.is_none(), "{erased:?} was erased, and is there");
        let ids: BTreeSet<String> = stored.ids().collect();
        let expired = self.expired.iter().find(|id| ids.contains(*id));
        ensure!(expired.is_none(), "{expired:?} was too old, and is there");
        Ok(())
    }
}

fn day_of(folder: &Path) -> Option<Date> {
    let name = folder.file_name()?.to_str()?;
    name.strip_prefix("date=")?.parse().ok()
}

fn today() -> Date {
    Timestamp::now().to_zoned(TimeZone::UTC).date()
}

/// Whether a packed segment is being written, or has just been and the plain one is still there.
fn is_mid_packing(events: &Path) -> Result<bool> {
    let files = files(events)?;
    let is_both = |file: &PathBuf| {
        let name = file.to_string_lossy();
        name.ends_with(".zst.tmp") || name.ends_with(".jsonl") && files.contains(&packed(file))
    };
    Ok(files.iter().any(is_both))
}

fn is_all_packed(events: &Path) -> Result<bool> {
    let today = today();
    let files = files(events)?;
    let is_left = |file: &&PathBuf| {
        let day = file.parent().and_then(day_of);
        let is_over = day.is_some_and(|day| day < today);
        let is_plain = file
            .extension()
            .is_some_and(|extension| extension == "jsonl");
        is_over && is_plain
    };
    Ok(!files.iter().any(|file| is_left(&file)))
}

/// All files of all days; folders come and go meanwhile.
fn files(events: &Path) -> Result<BTreeSet<PathBuf>> {
    let mut files = BTreeSet::new();
    for day in days(events)? {
        match entries(&day) {
            Ok(entries) => files.extend(entries),
            Err(_) if !day.exists() => {}
            Err(error) => return Err(error),
        }
    }
    Ok(files)
}

fn packed(plain: &Path) -> PathBuf {
    let mut name = plain.as_os_str().to_owned();
    name.push(".zst");
    name.into()
}
