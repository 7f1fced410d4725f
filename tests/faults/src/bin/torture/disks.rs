//! What happens to disks and machines, and what it came to.

use crate::{Arguments, progress};
use anyhow::Result;
use faults::scenario::mounted::Outcome;
use faults::scenario::restore::Installed;
use faults::scenario::{full, kill, mounted, power, restore, slow, start, trouble};
use std::time::Duration;

pub(crate) fn kills(all: &Arguments) -> Result<String> {
    let figures = kill::kills(all.seed, all.rounds, progress("kill -9"))?;
    Ok(format!(
        "rounds {}, acknowledged {}, lost 0, doubled 0, {} of them while packing, erased {} and not seen again, \
         torn tails set aside {}, slowest start {:?}",
        figures.rounds,
        figures.thanked,
        figures.mid_packing,
        figures.erased,
        figures.torn,
        figures.slowest_start
    ))
}

pub(crate) fn stops(all: &Arguments) -> Result<String> {
    let figures = kill::stops(all.seed, all.rounds * 2 / 3, progress("SIGTERM"))?;
    Ok(format!(
        "rounds {}, acknowledged {}, stored the same, unanswered {}, slowest end {:?}",
        figures.rounds, figures.thanked, figures.unanswered, figures.slowest_end
    ))
}

pub(crate) fn cuts(all: &Arguments) -> Result<String> {
    let figures = power::cuts(all.seed, all.rounds * 2 / 3, progress("power cuts"))?;
    Ok(format!(
        "cuts {}, acknowledged {}, lost 0, doubled 0, {} of them while packing, erased {} and not seen again, \
         torn tails set aside {}, unreadable where sectors came through in any order {}",
        figures.cuts,
        figures.thanked,
        figures.mid_packing,
        figures.erased,
        figures.torn,
        figures.unreadable
    ))
}

pub(crate) fn troubles(all: &Arguments) -> Result<String> {
    trouble::restarts_after_a_failed_sync(all.seed, (all.rounds / 10).max(1))?;
    let figures = trouble::rounds(all.seed, all.rounds / 3, progress("failing disk"))?;
    Ok(format!(
        "rounds {}, acknowledged {}, lost 0, refused with 503 {}",
        figures.rounds, figures.thanked, figures.refused
    ))
}

pub(crate) fn full_disk(all: &Arguments) -> Result<String> {
    full::from_the_start(all.seed)?;
    let figures = full::and_back(all.seed, (all.rounds / 30).max(2), 1)?;
    Ok(format!(
        "acknowledged {}, lost 0, refused with 503 {}, slowest answer {:?}, stored again after {:?}",
        figures.thanked, figures.refused, figures.slowest, figures.resumed_after
    ))
}

pub(crate) fn slow_disk(all: &Arguments) -> Result<String> {
    let heard = slow::disk(all.seed, 256, all.rounds * 20)?;
    let flood = slow::queue(all.seed)?;
    Ok(format!(
        "500 ms a sync: acknowledged {}, refused {:?}, slowest answer {:?}; more than may wait: acknowledged {}, \
         lost 0, refused {:?}",
        heard.thanked.len(),
        heard.refused,
        heard.slowest,
        flood.thanked.len(),
        flood.kinds
    ))
}

pub(crate) fn small_disks(_: &Arguments) -> Result<String> {
    let disks = match mounted::fill(1)? {
        Outcome::Held(disks) => disks,
        Outcome::NotRun(why) => return Ok(format!("NOT RUN: {why}")),
    };
    let read_only = match mounted::turns_read_only()? {
        Outcome::Held(ended) => format!(
            "ext4 made read-only by the kernel: acknowledged {}, lost 0; of those acknowledged meanwhile the \
             kernel lost {}; refused with 503 {}",
            ended.thanked, ended.lost_by_kernel, ended.refused
        ),
        Outcome::NotRun(why) => format!("made read-only by the kernel: NOT RUN: {why}"),
    };
    let of_one = |disk: &mounted::Figures| {
        format!(
            "{}: acknowledged {}, lost 0, refused with 503 {}, slowest answer {:?}, stored again after {:?}",
            disk.name, disk.thanked, disk.refused, disk.slowest, disk.resumed_after
        )
    };
    let all = disks.iter().map(of_one).chain([read_only]);
    Ok(all.collect::<Vec<_>>().join("; "))
}

/// Ten gigabytes, or less where there are fewer rounds.
pub(crate) fn starts(all: &Arguments) -> Result<String> {
    let bytes = (all.rounds << 30) / 30;
    let figures = start::on(bytes.min(10 << 30), Duration::from_secs(1))?;
    Ok(format!(
        "{:.1} GiB of lines: ready after {:?}, after a kill {:?}",
        figures.bytes as f64 / f64::from(1 << 30),
        figures.first,
        figures.again
    ))
}

pub(crate) fn restores(all: &Arguments) -> Result<String> {
    let figures = restore::elsewhere(Installed::InOneFolder, all.rounds * 20)?;
    Ok(format!(
        "acknowledged before the backup {}, lost 0, each recognised; while it was taken {}, of which it holds {}",
        figures.before, figures.meanwhile, figures.caught
    ))
}
