//! Whose the files of a data folder are: its owner's, whoever makes them.
//!
//! A collector often runs as a user of its own, and commands as root beside it. What root keeps for itself
//! there the collector could not change any more, nor even start upon.

use std::fs::{self, File};
use std::io;
use std::os::unix::fs::{MetadataExt, fchown};
use std::path::Path;

/// Hands what was just made in a folder to whom the folder belongs.
///
/// # Errors
/// When the folder is gone, or the file system refuses.
pub fn give_to_owner_of(folder: &Path, made: &File) -> io::Result<()> {
    let owner = fs::metadata(folder)?;
    if made.metadata()?.uid() == owner.uid() {
        return Ok(());
    }
    match fchown(made, Some(owner.uid()), Some(owner.gid())) {
        // Who is not root gives nothing away.
        Err(error) if error.kind() == io::ErrorKind::PermissionDenied => Ok(()),
        given => given,
    }
}

/// Creates a folder in another one, and hands it to whom that one belongs; one that is there stays as it is.
///
/// # Errors
/// When it cannot be created.
pub fn create_folder(path: &Path) -> io::Result<()> {
    match fs::create_dir(path) {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists && path.is_dir() => Ok(()),
        Err(error) => Err(error),
        Ok(()) => give_to_owner_of(above(path), &File::open(path)?),
    }
}

/// The folder in which something lies.
pub fn above(path: &Path) -> &Path {
    let above = path.parent().filter(|above| *above != Path::new(""));
    above.unwrap_or(Path::new("."))
}
