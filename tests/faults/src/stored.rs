//! The lines on disk, read as a stranger would: every `*.jsonl` and `*.jsonl.zst` under `events/date=*/`.

use crate::crowd;
use anyhow::{Context, Result, ensure};
use serde_json::Value;
use std::collections::HashMap;
use std::fs::{self, File};
use std::path::{Path, PathBuf};

/// All that is stored.
#[derive(Debug, Default)]
pub struct Stored {
    /// How many lines each (`id`, `seq`) has.
    pub lines: HashMap<(String, u64), u64>,
    /// Lines that are neither an erasure nor a JSON object with an `id` and a `seq`, and ends of older segments
    /// that are no whole line, each with its place.
    pub unreadable: Vec<String>,
    /// Segments read.
    pub segments: usize,
    /// Files with a torn tail that was set aside.
    pub torn: usize,
}

impl Stored {
    /// Reads everything under this data folder. In the newest segment a last line without its newline is
    /// not read: it is still being written, or was when the collector was killed. In any other it is a line
    /// that cannot be read.
    ///
    /// # Errors
    /// When a file cannot be read.
    pub fn read(data: &Path) -> Result<Self> {
        let events = data.join("events");
        let days = if events.exists() {
            days(&events)?
        } else {
            Vec::new()
        };
        Self::of(&days)
    }

    /// The same of the folder of one day.
    ///
    /// # Errors
    /// When a file cannot be read.
    pub fn of_day(day: &Path) -> Result<Self> {
        Self::of(&[day.to_owned()])
    }

    fn of(days: &[PathBuf]) -> Result<Self> {
        let mut stored = Self::default();
        let files = days.iter().map(|day| entries(day));
        let files = files.collect::<Result<Vec<_>>>()?.concat();
        let newest = files.iter().filter_map(|path| number(path)).max();
        for path in &files {
            let name = path.to_string_lossy().into_owned();
            let may_be_torn = number(path) == newest;
            if name.ends_with(".torn") {
                stored.torn += 1;
            } else if name.ends_with(".jsonl") {
                stored.add(path, &fs::read(path)?, may_be_torn);
            } else if let Some(plain) = name.strip_suffix(".zst")
                && !Path::new(plain).exists()
            {
                stored.add(path, &zstd::decode_all(File::open(path)?)?, false);
            }
        }
        Ok(stored)
    }

    fn add(&mut self, path: &Path, bytes: &[u8], may_be_torn: bool) {
        self.segments += 1;
        let whole = bytes
            .iter()
            .rposition(|&byte| byte == b'\n')
            .map_or(0, |end| end + 1);
        if whole < bytes.len() && !may_be_torn {
            let place = format!("{}: its end is no whole line", path.display());
            self.unreadable.push(place);
        }
        for (index, line) in bytes[..whole]
            .split_inclusive(|&byte| byte == b'\n')
            .enumerate()
        {
            match key(line) {
                Some(key) => *self.lines.entry(key).or_default() += 1,
                // An erasure under way hides by such a line what it is about to remove.
                None if is_erasure(line) => {}
                None => {
                    let text = String::from_utf8_lossy(line);
                    let place = format!("{}:{}: {text:.80}", path.display(), index + 1);
                    self.unreadable.push(place);
                }
            }
        }
    }

    /// The ids that have a line.
    pub fn ids(&self) -> impl Iterator<Item = String> {
        self.lines.keys().map(|(id, _)| id.clone())
    }

    /// Whether the event of this number is stored.
    #[must_use]
    pub fn holds(&self, number: u64) -> bool {
        self.lines.contains_key(&(crowd::id(number), 1))
    }

    /// How many lines are there beyond one for each event.
    #[must_use]
    pub fn repeated(&self) -> u64 {
        self.lines.values().map(|lines| lines - 1).sum()
    }

    /// Everything a crowd was thanked for is there.
    ///
    /// # Errors
    /// When something is not.
    pub fn holds_all(&self, thanked: &[u64]) -> Result<()> {
        let lost: Vec<u64> = thanked
            .iter()
            .copied()
            .filter(|&number| !self.holds(number))
            .collect();
        ensure!(
            lost.is_empty(),
            "lost {} of {} acknowledged events, such as {:?}",
            lost.len(),
            thanked.len(),
            &lost[..lost.len().min(5)]
        );
        Ok(())
    }

    /// Each line is one.
    ///
    /// # Errors
    /// When one is not.
    pub fn is_readable(&self) -> Result<()> {
        let unreadable = &self.unreadable;
        ensure!(
            unreadable.is_empty(),
            "{} lines cannot be read, such as {:?}",
            unreadable.len(),
            &unreadable[..unreadable.len().min(3)]
        );
        Ok(())
    }

    /// No event has two lines.
    ///
    /// # Errors
    /// When one has.
    pub fn has_no_double(&self) -> Result<()> {
        let repeated = self.repeated();
        ensure!(repeated == 0, "{repeated} events are stored twice");
        Ok(())
    }
}

/// The folders of days, in order.
///
/// # Errors
/// When they cannot be listed.
pub fn days(events: &Path) -> Result<Vec<PathBuf>> {
    let mut days = entries(events)?;
    days.retain(|path| path.is_dir() && path.to_string_lossy().contains("/date="));
    Ok(days)
}

/// The paths in a folder, in order.
///
/// # Errors
/// When it cannot be listed.
pub fn entries(folder: &Path) -> Result<Vec<PathBuf>> {
    let listed = fs::read_dir(folder)
        .with_context(|| format!("cannot list `{}`", folder.display()))?
        .map(|entry| Ok(entry?.path()))
        .collect::<Result<Vec<_>>>();
    let mut paths = listed?;
    paths.sort();
    Ok(paths)
}

fn key(line: &[u8]) -> Option<(String, u64)> {
    let value: Value = serde_json::from_slice(line).ok()?;
    Some((value["id"].as_str()?.to_owned(), value["seq"].as_u64()?))
}

fn is_erasure(line: &[u8]) -> bool {
    let value: Value = serde_json::from_slice(line).unwrap_or_default();
    value["type"] == "erase"
}

/// The number of a segment, plain or packed; they grow in the order of writing.
fn number(path: &Path) -> Option<u64> {
    let name = path.file_name()?.to_str()?;
    let digits = name
        .strip_suffix(".jsonl")
        .or_else(|| name.strip_suffix(".jsonl.zst"))?;
    digits.parse().ok()
}
