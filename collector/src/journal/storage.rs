//! The file system as the journal needs it, behind a trait so that tests can let every step fail.

use std::fs::{self, File};
use std::io::{self, Read, Seek, SeekFrom};
use std::os::unix::fs::FileExt;
use std::path::Path;

/// Folders, and files by path.
pub(super) trait Storage: Send {
    /// Creates the folder; nothing happens if it is there.
    fn create_folder(&self, path: &Path) -> io::Result<()>;
    /// Makes the entries of the folder survive a power cut.
    fn sync_folder(&self, path: &Path) -> io::Result<()>;
    /// The names in the folder.
    fn names(&self, folder: &Path) -> io::Result<Vec<String>>;
    /// Creates a file that must not be there yet.
    fn create(&self, path: &Path) -> io::Result<Box<dyn StorageFile>>;
    /// Opens a file for cutting its end off.
    fn open(&self, path: &Path) -> io::Result<Box<dyn StorageFile>>;
    /// Reads a file from this offset.
    fn read(&self, path: &Path, offset: u64) -> io::Result<Box<dyn Read>>;
    /// Writes a whole file, in place of one that may be there, and syncs it.
    fn replace(&self, path: &Path, bytes: &[u8]) -> io::Result<()>;
}

/// An open file.
pub(super) trait StorageFile: Send {
    fn write_all_at(&self, bytes: &[u8], offset: u64) -> io::Result<()>;
    fn truncate(&self, length: u64) -> io::Result<()>;
    /// Makes the content survive a power cut.
    fn sync(&self) -> io::Result<()>;
}

/// The real file system.
#[derive(Clone, Copy)]
pub(super) struct Disk;

impl Storage for Disk {
    fn create_folder(&self, path: &Path) -> io::Result<()> {
        match fs::create_dir(path) {
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists && path.is_dir() => Ok(()),
            result => result,
        }
    }

    fn sync_folder(&self, path: &Path) -> io::Result<()> {
        File::open(path)?.sync_all()
    }

    fn names(&self, folder: &Path) -> io::Result<Vec<String>> {
        let name =
            |entry: io::Result<fs::DirEntry>| Ok(entry?.file_name().to_string_lossy().into());
        fs::read_dir(folder)?.map(name).collect()
    }

    fn create(&self, path: &Path) -> io::Result<Box<dyn StorageFile>> {
        Ok(Box::new(
            File::options().write(true).create_new(true).open(path)?,
        ))
    }

    fn open(&self, path: &Path) -> io::Result<Box<dyn StorageFile>> {
        Ok(Box::new(File::options().write(true).open(path)?))
    }

    fn read(&self, path: &Path, offset: u64) -> io::Result<Box<dyn Read>> {
        let mut file = File::open(path)?;
        file.seek(SeekFrom::Start(offset))?;
        Ok(Box::new(file))
    }

    fn replace(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        let file = File::create(path)?;
        FileExt::write_all_at(&file, bytes, 0)?;
        file.sync_all()
    }
}

impl StorageFile for File {
    fn write_all_at(&self, bytes: &[u8], offset: u64) -> io::Result<()> {
        FileExt::write_all_at(self, bytes, offset)
    }

    fn truncate(&self, length: u64) -> io::Result<()> {
        self.set_len(length)
    }

    fn sync(&self) -> io::Result<()> {
        self.sync_data()
    }
}
