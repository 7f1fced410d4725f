//! The files of the collector's journal that a start reads with, without writer, keeper and queue.
#![allow(dead_code)] // A start needs only some of what is in them.

#[path = "../../collector/src/journal/filter.rs"]
mod filter;
#[path = "../../collector/src/journal/folders.rs"]
mod folders;
#[path = "../../collector/src/journal/index.rs"]
mod index;
#[path = "../../collector/src/journal/lines.rs"]
mod lines;
#[path = "../../collector/src/journal/mark.rs"]
mod mark;
#[path = "../../collector/src/journal/recovery.rs"]
mod recovery;
#[path = "../../collector/src/journal/run.rs"]
mod run;
#[path = "../../collector/src/journal/segment.rs"]
mod segment;
#[path = "../../collector/src/journal/storage.rs"]
mod storage;
#[path = "../../collector/src/journal/tail.rs"]
mod tail;
#[path = "../../collector/src/journal/tally.rs"]
mod tally;
#[path = "../../collector/src/journal/window.rs"]
mod window;

use std::io;
use std::path::Path;
use std::sync::Arc;
use survey::accept::EventKey;

/// What a start knows of a data folder.
pub struct Started(recovery::Recovered);

impl Started {
    pub fn next_segment(&self) -> u64 {
        self.0.next_event_segment
    }

    pub fn knows(&self, key: EventKey) -> bool {
        self.0.window.contains(key)
    }
}

/// What the collector does with its data folder before it listens.
pub fn start(data: &Path) -> io::Result<Started> {
    let storage: Arc<dyn storage::Storage> = Arc::new(storage::Disk);
    let folders = folders::Folders::of(data);
    folders.create(storage.as_ref())?;
    recovery::recover(&storage, &folders).map(Started)
}
