//! A start with a million lines on disk, and the memory of a full window of known ids under load.

use std::{
    fs::{self, File},
    io::{BufWriter, Write},
    path::{Path, PathBuf},
    time::{Duration, Instant},
};

use anyhow::{Context, Result};

use super::{
    contender::{self, Contender},
    load::Load,
};
use crate::house::House;

const LINES: u32 = 1_000_000;
/// As many as a segment holds before it is sealed.
const LINES_A_SEGMENT: u32 = 150_000;

/// What a start came to.
pub(super) struct Start {
    /// From the start of the process until it listens.
    pub(super) ready: Duration,
    /// Resident memory with the window full, before and at peak load, in bytes.
    pub(super) idle: u64,
    pub(super) peak: u64,
}

/// Measures a start on a million lines as the collector itself writes them.
pub(super) fn measure(house: &House, load: &Load, folder: &Path) -> Result<Start> {
    let folder = folder.join("start");
    fs::create_dir_all(&folder)?;
    load.on(&contender::start(house, Contender::Ours, &folder)?, 16)?;
    multiply(&folder.join("data/events"))?;
    let started = Instant::now();
    let running = contender::start(house, Contender::Ours, &folder)?;
    let ready = started.elapsed();
    let outcome = load.on(&running, 256)?;
    Ok(Start {
        ready,
        idle: outcome.idle,
        peak: outcome.peak,
    })
}

/// Replaces what was stored by a million lines like the first of it, each with an id of its own.
fn multiply(events: &Path) -> Result<()> {
    let segment = first_segment(events)?;
    let text = fs::read_to_string(&segment)?;
    let line = text.lines().next().context("nothing was stored")?;
    let (before, id) = line.split_once("019aa5f0-").context("an unknown line")?;
    let after = id.get(27..).context("an unknown line")?;
    let day = segment.parent().context("no partition")?.to_owned();
    fs::remove_dir_all(&day)?;
    fs::create_dir(&day)?;
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

fn first_segment(events: &Path) -> Result<PathBuf> {
    let first = |folder: &Path| -> Result<PathBuf> {
        let mut entries = fs::read_dir(folder)?;
        let entry = entries.next().context("nothing was stored")?;
        Ok(entry?.path())
    };
    first(&first(events)?)
}
