//! One segment file: `date=YYYY-MM-DD/NNNNNN.jsonl`, written by one process, never reopened.
//!
//! Numbers grow across all days, so that their order is the order of writing whatever the clock does.

use super::storage::{Storage, StorageFile};
use jiff::civil::Date;
use std::io;
use std::path::{Path, PathBuf};

/// A segment of so many bytes is full.
pub(super) const SEALED_AT: u64 = 64 << 20;

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

    pub(super) const fn is_empty(&self) -> bool {
        self.length == 0
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

/// A file found on disk that carries a segment's number.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Found {
    pub(super) number: u64,
    pub(super) path: PathBuf,
    pub(super) form: Form,
}

/// What a file with a segment's number is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Form {
    /// Lines.
    Plain,
    /// Lines, compressed.
    Packed,
    /// The end of an unfinished write, set aside.
    Torn,
    /// A file that a crash left unfinished.
    Unfinished,
    /// Packed, while the plain one is there as well: removing it was all that was left to do.
    Superfluous,
}

impl Form {
    fn of(ending: &str) -> Option<Self> {
        match ending {
            "jsonl" => Some(Self::Plain),
            "jsonl.zst" => Some(Self::Packed),
            "jsonl.torn" => Some(Self::Torn),
            "jsonl.tmp" | "jsonl.zst.tmp" | "jsonl.torn.tmp" => Some(Self::Unfinished),
            _ => None,
        }
    }
}

impl Found {
    /// Whether it holds lines that count.
    pub(super) fn has_lines(&self) -> bool {
        matches!(self.form, Form::Plain | Form::Packed)
    }

    /// The day that its partition is named after.
    pub(super) fn day(&self) -> Option<Date> {
        let partition = self.path.parent()?.file_name()?.to_str()?;
        partition.strip_prefix("date=")?.parse().ok()
    }
}

/// Everything under the folder of a series that carries a segment's number, in the order of writing.
pub(super) fn find(storage: &dyn Storage, folder: &Path) -> io::Result<Vec<Found>> {
    let mut found = Vec::new();
    for partition in storage.names(folder)? {
        if !partition.starts_with("date=") {
            continue;
        }
        let partition = folder.join(partition);
        let names = storage.names(&partition)?;
        found.extend(names.iter().filter_map(|name| {
            let (digits, ending) = name.split_once('.')?;
            let mut form = Form::of(ending)?;
            let plain = name.trim_end_matches(".zst");
            if form == Form::Packed && names.iter().any(|other| other == plain) {
                form = Form::Superfluous;
            }
            Some(Found {
                number: digits.parse().ok()?,
                path: partition.join(name),
                form,
            })
        }));
    }
    found.sort();
    Ok(found)
}
