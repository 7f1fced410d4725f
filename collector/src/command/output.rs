//! Files that appear under their name once everything is in them, or not at all.

use crate::failure::Failure;
use std::ffi::OsString;
use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

/// Lets `write` fill a file. When it fails, an older file of this name stays as it was.
pub(crate) fn whole<T, E: Into<Failure> + Broken>(
    path: &Path,
    write: impl FnOnce(&mut (dyn Write + Send)) -> Result<T, E>,
) -> Result<T, Failure> {
    let refused = |source| Failure::Unwritable {
        path: path.to_owned(),
        source,
    };
    let unfinished = unfinished(path);
    let mut output = BufWriter::new(File::create(&unfinished).map_err(refused)?);
    let written = write(&mut output).map_err(|error| match error.broken() {
        Ok(source) => refused(source),
        Err(error) => error.into(),
    });
    let kept = written.and_then(|value| {
        output.flush().map_err(refused)?;
        output.get_ref().sync_all().map_err(refused)?;
        std::fs::rename(&unfinished, path).map_err(refused)?;
        Ok(value)
    });
    if kept.is_err() {
        // What is left of it is of no use; the failure matters more than that it stays.
        let _ = std::fs::remove_file(&unfinished);
    }
    kept
}

/// An error that may be the file's own.
pub(crate) trait Broken: Sized {
    /// What the system said of the file, or the error itself where it is another's.
    fn broken(self) -> Result<io::Error, Self>;
}

impl Broken for io::Error {
    fn broken(self) -> Result<io::Error, Self> {
        Ok(self)
    }
}

impl Broken for report::export::ExportError {
    fn broken(self) -> Result<io::Error, Self> {
        match self {
            Self::Write(source) => Ok(source),
            other => Err(other),
        }
    }
}

fn unfinished(path: &Path) -> PathBuf {
    let mut name = OsString::from(path);
    name.push(".tmp");
    name.into()
}
