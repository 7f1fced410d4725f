//! One process per data folder: two writers would number their segments over each other.

use report::owner;
use std::fs::{File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};

/// Why the folder could not be taken.
#[derive(Debug, thiserror::Error)]
pub(crate) enum LockError {
    #[error("another hark already writes to the data folder `{}`", .0.display())]
    Taken(PathBuf),
    #[error("cannot write to the data folder `{}`: {source}", folder.display())]
    Unwritable { folder: PathBuf, source: io::Error },
}

/// Holds the folder for this process until dropped; the system lets go of it even after a `kill -9`.
#[derive(Debug)]
pub(super) struct Lock {
    _file: File,
}

pub(super) fn take(folder: &Path) -> Result<Lock, LockError> {
    let unwritable = |source| LockError::Unwritable {
        folder: folder.to_owned(),
        source,
    };
    let mut options = File::options();
    options.create(true).truncate(false).write(true);
    let file = options.open(folder.join("lock")).map_err(unwritable)?;
    owner::give_to_owner_of(folder, &file).map_err(unwritable)?;
    match file.try_lock() {
        Ok(()) => Ok(Lock { _file: file }),
        Err(TryLockError::WouldBlock) => Err(LockError::Taken(folder.to_owned())),
        Err(TryLockError::Error(source)) => Err(unwritable(source)),
    }
}
