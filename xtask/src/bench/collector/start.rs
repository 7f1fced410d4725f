//! A start with a million lines on disk, and the memory of a full window of known ids under load.

use std::{
    fs::{self, File},
    io::{BufWriter, Write, stdout},
    path::{Path, PathBuf},
    thread,
    time::{Duration, Instant},
};

use anyhow::{Context, Result, ensure};

use super::{
    budget,
    contender::{self, Contender, Running},
    load::Load,
    table::{megabytes, milliseconds},
};
use crate::house::House;

const LINES: u32 = 1_000_000;
/// As many as a segment holds before it is sealed.
const LINES_A_SEGMENT: u32 = 150_000;
/// Packing half a gigabyte takes seconds, on a machine with other things to do minutes.
const PATIENCE: Duration = Duration::from_secs(300);

/// A program that has used a fiftieth of this for itself has nothing left to do.
const REST: Duration = Duration::from_secs(2);

/// What a start came to.
pub(super) struct Start {
    /// What stood on disk.
    kind: &'static str,
    /// Whether the process had a million lines to pack before it came to rest: the allocators keep what that took
    /// for what may come, and no budget is set for it.
    has_packed: bool,
    /// From the start of the process until it listens.
    pub(super) ready: Duration,
    /// Resident memory with the window full, at rest and at peak load, in bytes.
    pub(super) idle: u64,
    pub(super) peak: u64,
}

/// Measures a start on a million lines as the collector itself writes them: on lines alone, as after a restored
/// backup, which it then packs, and on packed ones, as it usually finds them.
pub(super) fn measure(house: &House, load: &Load, folder: &Path) -> Result<[Start; 2]> {
    let folder = filled(house, load, folder)?;
    let alone = Start {
        has_packed: true,
        ..measure_one(house, load, &folder, "lines alone")?
    };
    let running = contender::start(house, Contender::Ours, &folder)?;
    wait_until_packed(&folder.join("data/events"))?;
    drop(running);
    Ok([alone, measure_one(house, load, &folder, "packed")?])
}

/// Prints each start beside its budgets, and fails if one is broken.
pub(super) fn check(starts: &[Start]) -> Result<()> {
    let mut out = stdout().lock();
    writeln!(
        out,
        "\n| on disk: {LINES} lines | ready | RSS idle | RSS at peak load |\n| --- | --: | --: | --: |"
    )?;
    for start in starts {
        writeln!(
            out,
            "| {} | {} | {} | {} |",
            start.kind,
            milliseconds(start.ready),
            megabytes(start.idle),
            megabytes(start.peak),
        )?;
    }
    let (ready, idle, peak) = (
        budget::READY.as_millis(),
        budget::IDLE_MEGABYTES,
        budget::PEAK_MEGABYTES,
    );
    writeln!(out, "| at most | {ready} ms | {idle} MB | {peak} MB |\n")?;
    let holds = |start: &&Start| {
        start.ready <= budget::READY
            && (start.has_packed || start.idle <= idle * 1_000_000)
            && start.peak <= peak * 1_000_000
    };
    let broken = starts.iter().filter(|start| !holds(start)).count();
    ensure!(broken == 0, "starts that break a budget: {broken}");
    Ok(())
}

fn measure_one(house: &House, load: &Load, folder: &Path, kind: &'static str) -> Result<Start> {
    let started = Instant::now();
    let running = contender::start(house, Contender::Ours, folder)?;
    let ready = started.elapsed();
    let idle = at_rest(&running)?;
    let outcome = load.on(&running, 256)?;
    Ok(Start {
        kind,
        has_packed: false,
        ready,
        idle,
        peak: outcome.peak,
    })
}

/// Resident memory once nothing is done any more: after a start, segments are packed for a while.
fn at_rest(running: &Running) -> Result<u64> {
    let until = Instant::now() + PATIENCE;
    let mut before = running.usage()?;
    loop {
        thread::sleep(REST);
        let now = running.usage()?;
        if now.cpu - before.cpu <= REST / 50 {
            return Ok(now.resident);
        }
        ensure!(
            Instant::now() < until,
            "the collector does not come to rest"
        );
        before = now;
    }
}

/// A folder with a million lines in it and nothing else.
fn filled(house: &House, load: &Load, folder: &Path) -> Result<PathBuf> {
    let folder = folder.join("start");
    fs::create_dir_all(&folder)?;
    load.on(&contender::start(house, Contender::Ours, &folder)?, 16)?;
    multiply(&folder.join("data"))?;
    Ok(folder)
}

/// Replaces what was stored by a million lines like the first of it, each with an id of its own.
fn multiply(data: &Path) -> Result<()> {
    let segment = first_segment(&data.join("events"))?;
    let text = fs::read_to_string(&segment)?;
    let line = text.lines().next().context("nothing was stored")?;
    let (before, id) = line.split_once("019aa5f0-").context("an unknown line")?;
    let after = id.get(27..).context("an unknown line")?;
    let day = segment.parent().context("no partition")?;
    fs::remove_dir_all(data)?;
    fs::create_dir_all(day)?;
    for (segment, begin) in (0..LINES).step_by(LINES_A_SEGMENT as usize).enumerate() {
        let path = day.join(format!("{:06}.jsonl", segment + 1));
        let mut file = BufWriter::new(File::create(path)?);
        for number in begin..LINES.min(begin + LINES_A_SEGMENT) {
            writeln!(file, "{before}019aa5f0-ffff-7fff-8000-{number:012x}{after}")?;
        }
        file.into_inner()?.sync_all()?;
    }
    Ok(())
}

/// Waits until every full segment is packed.
fn wait_until_packed(events: &Path) -> Result<()> {
    let until = Instant::now() + PATIENCE;
    let full = u64::from(LINES / LINES_A_SEGMENT);
    while packed(events)? < full {
        ensure!(Instant::now() < until, "full segments are not packed");
        thread::sleep(Duration::from_millis(100));
    }
    Ok(())
}

fn packed(events: &Path) -> Result<u64> {
    let mut packed = 0;
    for day in fs::read_dir(events)? {
        for segment in fs::read_dir(day?.path())? {
            let path = segment?.path();
            let is_packed = path.extension().is_some_and(|ending| ending == "zst");
            packed += u64::from(is_packed && !path.with_extension("").exists());
        }
    }
    Ok(packed)
}

fn first_segment(events: &Path) -> Result<PathBuf> {
    let first = |folder: &Path| -> Result<PathBuf> {
        let mut entries = fs::read_dir(folder)?;
        let entry = entries.next().context("nothing was stored")?;
        Ok(entry?.path())
    };
    first(&first(events)?)
}
