//! The file system as the journal needs it, behind a trait so that tests can let every step fail.

use report::owner;
use std::fs::{self, File};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::os::unix::fs::FileExt;
use std::path::Path;

/// Folders, and files by path.
pub(super) trait Storage: Send + Sync {
    /// Creates the folder; nothing happens if it is there.
    fn create_folder(&self, path: &Path) -> io::Result<()>;
    /// Makes the entries of the folder survive a power cut.
    fn sync_folder(&self, path: &Path) -> io::Result<()>;
    /// The names in the folder.
    fn names(&self, folder: &Path) -> io::Result<Vec<String>>;
    /// Creates a file that must not be there yet.
    fn create(&self, path: &Path) -> io::Result<Box<dyn StorageFile>>;
    /// Opens a file that is there.
    fn open(&self, path: &Path) -> io::Result<Box<dyn StorageFile>>;
    /// Reads a file from this offset.
    fn read(&self, path: &Path, offset: u64) -> io::Result<Box<dyn Read + Send>>;
    /// How many bytes the file holds.
    fn length(&self, path: &Path) -> io::Result<u64>;
    /// Gives a file another name, in place of a file that may have it.
    fn rename(&self, from: &Path, to: &Path) -> io::Result<()>;
    /// Removes a file.
    fn remove(&self, path: &Path) -> io::Result<()>;
    /// Removes an empty folder.
    fn remove_folder(&self, path: &Path) -> io::Result<()>;
    /// How much room there is where the folder lies; `None` where the system does not say.
    fn room(&self, folder: &Path) -> io::Result<Option<Room>>;
}

/// An open file.
pub(super) trait StorageFile: Send {
    fn write_all_at(&self, bytes: &[u8], offset: u64) -> io::Result<()>;
    fn read_exact_at(&self, bytes: &mut [u8], offset: u64) -> io::Result<()>;
    fn truncate(&self, length: u64) -> io::Result<()>;
    /// Makes the content survive a power cut.
    fn sync(&self) -> io::Result<()>;
}

/// How full a file system is, in bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Room {
    pub(super) free: u64,
    pub(super) all: u64,
}

/// Writes a file piece by piece, each after the one before.
pub(super) struct Sequential {
    file: Box<dyn StorageFile>,
    offset: u64,
}

impl Sequential {
    /// Begins a file in place of one that may have been left there.
    pub(super) fn create(storage: &dyn Storage, path: &Path) -> io::Result<Self> {
        match storage.remove(path) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
        let file = storage.create(path)?;
        Ok(Self { file, offset: 0 })
    }

    /// Goes on in a file from this offset.
    pub(super) fn from(file: Box<dyn StorageFile>, offset: u64) -> Self {
        Self { file, offset }
    }

    /// Makes all that was written survive a power cut.
    pub(super) fn sync(&self) -> io::Result<()> {
        self.file.sync()
    }

    pub(super) fn into_file(self) -> Box<dyn StorageFile> {
        self.file
    }
}

impl Write for Sequential {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.file.write_all_at(bytes, self.offset)?;
        self.offset += bytes.len() as u64;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Writes a whole file, in place of one that may be there, and makes it survive a power cut. Whatever
/// happens meanwhile, there is either the old file or the new one.
pub(super) fn replace(storage: &dyn Storage, path: &Path, bytes: &[u8]) -> io::Result<()> {
    let unfinished = path.with_added_extension("tmp");
    let mut file = Sequential::create(storage, &unfinished)?;
    file.write_all(bytes)?;
    file.sync()?;
    settle(storage, &unfinished, path)
}

/// Gives a finished and synced file its name for good.
pub(super) fn settle(storage: &dyn Storage, unfinished: &Path, path: &Path) -> io::Result<()> {
    storage.rename(unfinished, path)?;
    path.parent()
        .map_or(Ok(()), |folder| storage.sync_folder(folder))
}

/// The real file system.
#[derive(Clone, Copy)]
pub(super) struct Disk;

impl Storage for Disk {
    fn create_folder(&self, path: &Path) -> io::Result<()> {
        owner::create_folder(path)
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
        let mut options = File::options();
        let file = options.read(true).write(true).create_new(true).open(path)?;
        owner::give_to_owner_of(owner::above(path), &file)?;
        Ok(Box::new(file))
    }

    fn open(&self, path: &Path) -> io::Result<Box<dyn StorageFile>> {
        Ok(Box::new(File::options().read(true).write(true).open(path)?))
    }

    fn read(&self, path: &Path, offset: u64) -> io::Result<Box<dyn Read + Send>> {
        let mut file = File::open(path)?;
        file.seek(SeekFrom::Start(offset))?;
        Ok(Box::new(file))
    }

    fn length(&self, path: &Path) -> io::Result<u64> {
        Ok(fs::metadata(path)?.len())
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        fs::rename(from, to)
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        fs::remove_file(path)
    }

    fn remove_folder(&self, path: &Path) -> io::Result<()> {
        fs::remove_dir(path)
    }

    fn room(&self, folder: &Path) -> io::Result<Option<Room>> {
        let said = rustix::fs::statvfs(folder)?;
        let bytes = |blocks: u64| blocks.saturating_mul(said.f_frsize);
        let room = Room {
            free: bytes(said.f_bavail),
            all: bytes(said.f_blocks),
        };
        Ok((room.all > 0).then_some(room))
    }
}

impl StorageFile for File {
    fn write_all_at(&self, bytes: &[u8], offset: u64) -> io::Result<()> {
        FileExt::write_all_at(self, bytes, offset)
    }

    fn read_exact_at(&self, bytes: &mut [u8], offset: u64) -> io::Result<()> {
        FileExt::read_exact_at(self, bytes, offset)
    }

    fn truncate(&self, length: u64) -> io::Result<()> {
        self.set_len(length)
    }

    fn sync(&self) -> io::Result<()> {
        self.sync_data()
    }
}
