//! Where password and tokens are kept, `<data>/access`, and how they are replaced: whole or not at all, and
//! readable for the collector alone.

use report::owner;
use std::fs::{self, DirBuilder, File};
use std::io::{self, Write};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Path, PathBuf};

/// The folder that holds them.
#[derive(Clone, Debug)]
pub(crate) struct AccessFiles {
    data: PathBuf,
}

/// Held while a file is read, changed and replaced, so that two commands do not undo each other's work.
pub(crate) struct Turn {
    _lock: File,
}

impl AccessFiles {
    /// Of this data folder.
    pub(crate) fn of(data: &Path) -> Self {
        Self {
            data: data.to_owned(),
        }
    }

    pub(crate) fn password(&self) -> PathBuf {
        self.folder().join("password")
    }

    pub(crate) fn tokens(&self) -> PathBuf {
        self.folder().join("tokens")
    }

    /// Waits until no other command changes them.
    pub(crate) fn turn(&self) -> io::Result<Turn> {
        fs::create_dir_all(&self.data)?;
        match DirBuilder::new().mode(0o700).create(self.folder()) {
            Ok(()) => owner::give_to_owner_of(&self.data, &File::open(self.folder())?)?,
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
            Err(error) => return Err(error),
        }
        let lock = private(&self.folder().join("lock"), false)?;
        owner::give_to_owner_of(&self.data, &lock)?;
        lock.lock()?;
        Ok(Turn { _lock: lock })
    }

    /// Replaces one of them.
    pub(crate) fn replace(&self, _: &Turn, path: &Path, text: &str) -> io::Result<()> {
        let unfinished = path.with_extension("tmp");
        let mut file = private(&unfinished, true)?;
        file.write_all(text.as_bytes())?;
        owner::give_to_owner_of(&self.data, &file)?;
        file.sync_all()?;
        fs::rename(&unfinished, path)?;
        self.sync()
    }

    /// Removes one of them; says whether it was there.
    pub(crate) fn remove(&self, _: &Turn, path: &Path) -> io::Result<bool> {
        match fs::remove_file(path) {
            Ok(()) => self.sync().map(|()| true),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
            Err(error) => Err(error),
        }
    }

    fn sync(&self) -> io::Result<()> {
        File::open(self.folder())?.sync_all()
    }

    fn folder(&self) -> PathBuf {
        self.data.join("access")
    }
}

/// A file that only its owner may read.
fn private(path: &Path, is_new: bool) -> io::Result<File> {
    let mut options = File::options();
    options.create(true).write(true).truncate(is_new);
    options.mode(0o600).open(path)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::fs::PermissionsExt;

    #[test]
    fn what_is_replaced_is_whole_and_nobody_elses_to_read() {
        let folder = tempfile::tempdir().expect("a folder");
        let files = AccessFiles::of(&folder.path().join("data"));
        let mode = |path: &Path| fs::metadata(path).expect("there").permissions().mode() & 0o777;
        for text in ["one", "another"] {
            let turn = files.turn().expect("a turn");
            files
                .replace(&turn, &files.password(), text)
                .expect("replaced");
            assert_eq!(fs::read_to_string(files.password()).expect("text"), text);
        }
        assert_eq!(mode(&files.password()), 0o600);
        assert_eq!(mode(&files.folder()), 0o700);
        let turn = files.turn().expect("a turn");
        let removed = || files.remove(&turn, &files.password()).expect("possible");
        assert!(removed() && !removed());
    }
}
