//! Telling and erasing take turns: what is read before an erasure is either in an outbox by then, where the
//! erasure finds it, or is read anew after it.
//!
//! A lock on a file, and not one in memory: who erases knows the data folder only.

use report::owner;
use std::fs::File;
use std::io;
use std::path::Path;

/// No webhook is called so: names begin with no dot.
const FILE: &str = ".lock";

/// A turn; it ends when this is dropped.
#[derive(Debug)]
pub(super) struct Turn {
    _file: File,
}

impl Turn {
    /// For whoever reads and writes down what is to be told: they do not wait for each other.
    pub(super) fn to_tell(folder: &Path) -> io::Result<Self> {
        let file = open(folder)?;
        file.lock_shared()?;
        Ok(Self { _file: file })
    }

    /// For whoever erases: nobody else has a turn meanwhile.
    pub(super) fn to_erase(folder: &Path) -> io::Result<Self> {
        let file = open(folder)?;
        file.lock()?;
        Ok(Self { _file: file })
    }
}

fn open(folder: &Path) -> io::Result<File> {
    let mut options = File::options();
    options.create(true).truncate(false).write(true);
    let file = options.open(folder.join(FILE))?;
    owner::give_to_owner_of(folder, &file)?;
    Ok(file)
}
