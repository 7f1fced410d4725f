//! People at the files: a second collector on the same folder, and an editor.

use crate::collector::Collector;
use crate::crowd::{Crowd, response};
use crate::shop::Shop;
use crate::stored::{self, Stored};
use anyhow::{Context, Result, ensure};
use std::fs::{self, OpenOptions};
use std::io::Write;
use std::path::{Path, PathBuf};

/// Starts a second collector on the folder of a busy one.
///
/// # Errors
/// When the second does not leave with exit code 75, or the first is harmed.
pub fn a_second_collector() -> Result<()> {
    let shop = Shop::new()?;
    let collector = shop.opens()?;
    let crowd = Crowd::comes(collector.address, 16, 0)?;
    crowd.is_thanked(50)?;
    let second = shop.command(&[]).output()?;
    ensure!(second.status.code() == Some(75), "{second:?}");
    crowd.is_thanked(50)?;
    let ended = collector.stops()?;
    ensure!(ended.status.success(), "{ended:?}");
    let heard = crowd.leaves()?;
    let stored = Stored::read(shop.data())?;
    stored.holds_all(&heard.thanked)?;
    stored.is_readable()?;
    stored.has_no_double()
}

/// Edits the files between two starts as people and their tools do.
///
/// # Errors
/// When the collector does not start again, or loses a line that nobody touched.
pub fn an_editor() -> Result<()> {
    let shop = Shop::new()?;
    for number in 1..=3 {
        let collector = shop.opens()?;
        hears(&collector, number * 10..number * 10 + 5)?;
        let ended = collector.stops()?;
        ensure!(ended.status.success(), "{ended:?}");
    }
    let segments = plain_segments(shop.data())?;
    let day = segments[0].parent().context("no partition")?.to_owned();
    // A bit flipped in the middle of an old segment spoils that line and no other.
    let mut bytes = fs::read(&segments[0])?;
    let second = bytes
        .iter()
        .position(|&byte| byte == b'\n')
        .context("no line")?
        + 1;
    bytes[second] = b'[';
    fs::write(&segments[0], bytes)?;
    // Saved by an editor with a mark at the front, Windows' line ends and empty lines.
    let text = fs::read_to_string(&segments[1])?;
    let text = format!("\u{feff}\r\n{}\r\n\r\n", text.replace('\n', "\r\n"));
    fs::write(&segments[1], text)?;
    // Half a line at the end of the newest.
    let newest = segments.last().context("no segment")?;
    OpenOptions::new()
        .append(true)
        .open(newest)?
        .write_all(b"{\"type\":\"resp")?;
    // What else lies around.
    fs::write(day.join(".000003.jsonl.swp"), "swap")?;
    fs::write(day.join("notes.jsonl"), "not a segment\n")?;
    fs::write(day.join("000002.jsonl~"), "a copy\n")?;
    fs::create_dir(day.join("000001.jsonl.d"))?;
    fs::write(shop.data().join("events/.DS_Store"), "junk")?;
    fs::create_dir(shop.data().join("events/date=soon"))?;
    fs::create_dir(shop.data().join("events/lost+found"))?;

    let collector = shop.opens()?;
    hears(&collector, 40..45)?;
    let again = collector.hears(&response(32))?;
    ensure!(
        again.count("duplicates") == 1,
        "an old line is not known: {again:?}"
    );
    let ended = collector.stops()?;
    ensure!(ended.status.success(), "{ended:?}");
    let stored = Stored::read(shop.data())?;
    let touched = [11];
    let expected = [10..15, 20..25, 30..35, 40..45].into_iter().flatten();
    let expected: Vec<u64> = expected
        .filter(|number| !touched.contains(number))
        .collect();
    stored.holds_all(&expected)
}

/// The segments not compressed, oldest first.
fn plain_segments(data: &Path) -> Result<Vec<PathBuf>> {
    let mut segments = Vec::new();
    for day in stored::days(&data.join("events"))? {
        segments.extend(stored::entries(&day)?);
    }
    segments.retain(|path| {
        path.extension()
            .is_some_and(|extension| extension == "jsonl")
    });
    ensure!(segments.len() >= 2, "too few plain segments: {segments:?}");
    Ok(segments)
}

fn hears(collector: &Collector, numbers: std::ops::Range<u64>) -> Result<()> {
    for number in numbers {
        let answer = collector.hears(&response(number))?;
        ensure!(answer.status == 200, "{answer:?}");
    }
    Ok(())
}
