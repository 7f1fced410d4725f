//! Where everything lies within the data folder.

use super::storage::Storage;
use std::io;
use std::path::{Path, PathBuf};

#[derive(Clone, Debug)]
pub(super) struct Folders {
    pub(super) data: PathBuf,
    /// The lines.
    pub(super) events: PathBuf,
    /// Contact details, apart from the answers they were left with.
    pub(super) contacts: PathBuf,
    /// Keys of sealed segments, so that a start need not read their lines: can be made again at any time.
    pub(super) index: PathBuf,
    /// What `hark erase`, `hark retain` and `hark cases` ask for.
    pub(super) requests: PathBuf,
    /// How many responses were completed in sealed segments.
    pub(super) completed: PathBuf,
}

impl Folders {
    pub(super) fn of(data: &Path) -> Self {
        Self {
            data: data.to_owned(),
            events: data.join("events"),
            contacts: data.join("contacts"),
            index: data.join("index"),
            requests: data.join("requests"),
            completed: data.join("completed.json"),
        }
    }

    /// Creates them, so that their names survive a power cut.
    pub(super) fn create(&self, storage: &dyn Storage) -> io::Result<()> {
        for folder in [&self.events, &self.contacts, &self.index, &self.requests] {
            storage.create_folder(folder)?;
        }
        storage.sync_folder(&self.data)
    }
}
