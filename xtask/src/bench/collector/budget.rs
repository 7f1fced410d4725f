//! The collector's budgets, each beside what was measured.

use std::{
    fs,
    io::{Write, stdout},
    time::Duration,
};

use anyhow::{Result, ensure};

use super::{
    Contender, Measured,
    table::{megabytes, milliseconds},
};
use crate::house::House;

/// From the start of the process until it listens, with a million lines on disk.
pub(super) const READY: Duration = Duration::from_millis(300);
/// Resident memory with a full window of known ids, in megabytes: before any load, and the most of it.
pub(super) const IDLE_MEGABYTES: u64 = 15;
pub(super) const PEAK_MEGABYTES: u64 = 64;

/// Where the ratios count: a crowd.
const CROWD: u32 = 256;

struct Budget {
    what: &'static str,
    measured: String,
    limit: String,
    holds: bool,
}

/// Prints each budget, and fails if one is broken.
pub(super) fn check(house: &House, measured: &Measured) -> Result<()> {
    let budgets = budgets(house, measured)?;
    let mut out = stdout().lock();
    writeln!(out, "| budget | measured | limit | |")?;
    writeln!(out, "| --- | --: | --: | --- |")?;
    for budget in &budgets {
        let holds = if budget.holds { "holds" } else { "**broken**" };
        writeln!(
            out,
            "| {} | {} | {} | {holds} |",
            budget.what, budget.measured, budget.limit
        )?;
    }
    let broken = budgets.iter().filter(|budget| !budget.holds).count();
    ensure!(broken == 0, "budgets broken: {broken}");
    Ok(())
}

fn budgets(house: &House, measured: &Measured) -> Result<Vec<Budget>> {
    let ours = measured.find(Contender::Ours, CROWD)?;
    let against = |rival| -> Result<f64> { Ok(ours.rate / measured.find(rival, CROWD)?.rate) };
    let [alone, packed] = &measured.starts;
    Ok(vec![
        at_least(
            "÷ axum that stores nothing",
            against(Contender::Nothing)?,
            0.5,
        ),
        at_least(
            "÷ ours with syncing off",
            against(Contender::OursUnsynced)?,
            0.9,
        ),
        at_least(
            "÷ nginx, unsynced JSON log",
            against(Contender::Nginx)?,
            1.0,
        ),
        in_time(
            "p99 at 256 connections",
            ours.p99,
            Duration::from_millis(20),
        ),
        in_size("RSS idle", ours.idle, IDLE_MEGABYTES),
        in_size(
            "RSS idle, window of known ids full",
            packed.idle,
            IDLE_MEGABYTES,
        ),
        in_size(
            "RSS at peak load, window full",
            packed.peak.max(alone.peak),
            PEAK_MEGABYTES,
        ),
        in_time(
            "start with a million lines",
            packed.ready.max(alone.ready),
            READY,
        ),
        in_size("the program", fs::metadata(house.collector())?.len(), 15),
    ])
}

fn at_least(what: &'static str, ratio: f64, limit: f64) -> Budget {
    Budget {
        what,
        measured: format!("{ratio:.2}"),
        limit: format!("≥ {limit}"),
        holds: ratio >= limit,
    }
}

fn in_time(what: &'static str, measured: Duration, limit: Duration) -> Budget {
    Budget {
        what,
        measured: milliseconds(measured),
        limit: format!("≤ {} ms", limit.as_millis()),
        holds: measured <= limit,
    }
}

fn in_size(what: &'static str, bytes: u64, limit_megabytes: u64) -> Budget {
    Budget {
        what,
        measured: megabytes(bytes),
        limit: format!("≤ {limit_megabytes} MB"),
        holds: bytes <= limit_megabytes * 1_000_000,
    }
}
