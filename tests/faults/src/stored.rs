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
    /// Lines that are no JSON object with an `id` and a `seq`, each with its place.
    pub unreadable: Vec<String>,
    /// Segments read.
    pub segments: usize,
    /// Files with a torn tail that was set aside.
    pub torn: usize,
}

impl Stored {
    /// Reads everything under this data folder. A last line without its newline is not read: it is
    /// still being written, or was when the collector was killed.
    ///
    /// # Errors
    /// When a file cannot be read.
    pub fn read(data: &Path) -> Result<Self> {
        let mut stored = Self::default();
        let events = data.join("events");
        if !events.exists() {
            return Ok(stored);
        }
        for day in days(&events)? {
            for path in entries(&day)? {
                let name = path.to_string_lossy().into_owned();
                if name.ends_with(".torn") {
                    stored.torn += 1;
                } else if name.ends_with(".jsonl") {
                    stored.add(&path, &fs::read(&path)?);
                } else if let Some(plain) = name.strip_suffix(".zst")
                    && !Path::new(plain).exists()
                {
                    stored.add(&path, &zstd::decode_all(File::open(&path)?)?);
                }
            }
        }
        Ok(stored)
    }

    fn add(&mut self, path: &Path, bytes: &[u8]) {
        self.segments += 1;
        let whole = bytes
            .iter()
            .rposition(|&byte| byte == b'\n')
            .map_or(0, |end| end + 1);
        for (index, line) in bytes[..whole]
            .split_inclusive(|&byte| byte == b'\n')
            .enumerate()
        {
            match key(line) {
                Some(key) => *self.lines.entry(key).or_default() += 1,
                None => {
                    let text = String::from_utf8_lossy(line);
                    let place = format!("{}:{}: {text:.80}", path.display(), index + 1);
                    self.unreadable.push(place);
                }
            }
        }
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
