//! One segment file: `events/date=YYYY-MM-DD/NNNNNN.jsonl`, written by one process, never reopened.
//!
//! Numbers grow across all days, so that their order is the order of writing whatever the clock does.

use super::storage::{Storage, StorageFile};
use jiff::civil::Date;
use std::io;
use std::path::{Path, PathBuf};

const SEALED_AT: u64 = 64 << 20;

/// The segment being written.
pub(super) struct Segment {
    file: Box<dyn StorageFile>,
    day: Date,
    /// Up to here everything is on disk and acknowledged.
    length: u64,
}

/// What failed; after a failed sync the system may have marked the lost pages clean, so that a second
/// sync of the same file would succeed without storing them.
#[derive(Debug)]
pub(super) enum Fault {
    Write(io::Error),
    Sync(io::Error),
}

impl Segment {
    /// Creates the file and makes its name survive a power cut before anything is put in it.
    pub(super) fn create(
        storage: &dyn Storage,
        events: &Path,
        day: Date,
        number: u64,
    ) -> Result<Self, Fault> {
        let partition = events.join(format!("date={day}"));
        storage.create_folder(&partition).map_err(Fault::Write)?;
        let path = partition.join(format!("{number:06}.jsonl"));
        let file = storage.create(&path).map_err(Fault::Write)?;
        file.sync().map_err(Fault::Sync)?;
        storage.sync_folder(&partition).map_err(Fault::Sync)?;
        storage.sync_folder(events).map_err(Fault::Sync)?;
        Ok(Self {
            file,
            day,
            length: 0,
        })
    }

    /// Whether lines of this day still belong here.
    pub(super) fn takes(&self, day: Date) -> bool {
        self.day == day && self.length < SEALED_AT
    }

    /// Writes at the known end and syncs; after an error the new end is not what is on disk.
    pub(super) fn append(&mut self, bytes: &[u8]) -> Result<(), Fault> {
        self.file
            .write_all_at(bytes, self.length)
            .map_err(Fault::Write)?;
        self.file.sync().map_err(Fault::Sync)?;
        self.length += bytes.len() as u64;
        Ok(())
    }

    /// Takes back what a failed append may have left, so that no half line precedes the next one.
    pub(super) fn cut_back(&self) -> io::Result<()> {
        self.file.truncate(self.length)
    }
}

/// The number of a segment, whatever became of it: `000007.jsonl`, `.jsonl.zst`, `.jsonl.torn`.
pub(super) fn number(name: &str) -> Option<u64> {
    let (digits, ending) = name.split_once('.')?;
    ending.starts_with("jsonl").then(|| digits.parse().ok())?
}

/// A segment found on disk.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Found {
    pub(super) number: u64,
    pub(super) path: PathBuf,
}

/// Everything under `events` that carries a segment's number, in the order of writing.
pub(super) fn find(storage: &dyn Storage, events: &Path) -> io::Result<Vec<Found>> {
    let mut found = Vec::new();
    for partition in storage.names(events)? {
        if !partition.starts_with("date=") {
            continue;
        }
        let partition = events.join(partition);
        for name in storage.names(&partition)? {
            if let Some(number) = number(&name) {
                let path = partition.join(name);
                found.push(Found { number, path });
            }
        }
    }
    found.sort();
    Ok(found)
}
