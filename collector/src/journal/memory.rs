//! A file system in memory that forgets what was not synced, and fails where a test says so.

use super::storage::{Storage, StorageFile};
use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Cursor, Read};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard};

/// What goes wrong, counted in steps: every write, sync, creation and cut is one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Failure {
    #[default]
    Never,
    /// This step alone fails: half of a write is done, and a failed sync loses its pages for good.
    At(usize),
    /// The process is killed here: this step and all later ones do nothing.
    KilledAt(usize),
    /// Every sync of a file fails.
    EverySync,
}

#[derive(Clone, Default)]
pub(super) struct Memory(Arc<Mutex<State>>);

#[derive(Clone, Default)]
struct State {
    files: BTreeMap<PathBuf, Content>,
    durable_folders: BTreeSet<PathBuf>,
    folders: BTreeSet<PathBuf>,
    steps: usize,
    failure: Failure,
}

#[derive(Clone, Default)]
struct Content {
    bytes: Vec<u8>,
    durable: Vec<u8>,
    name_is_durable: bool,
    /// A sync has failed: later ones claim success and store nothing.
    lost: bool,
}

struct MemoryFile {
    memory: Memory,
    path: PathBuf,
}

impl Memory {
    pub(super) fn fails(&self, failure: Failure) {
        let mut state = self.state();
        state.failure = failure;
        state.steps = 0;
    }

    pub(super) fn steps(&self) -> usize {
        self.state().steps
    }

    /// What was not synced is gone, but for the first `kept` bytes after what was.
    pub(super) fn loses_power(&self, kept: usize) {
        let mut state = self.state();
        let durable_folders = state.durable_folders.clone();
        state.folders = durable_folders.clone();
        state.files.retain(|path, content| {
            let folder_is_durable = path
                .parent()
                .is_some_and(|folder| durable_folders.contains(folder));
            content.name_is_durable && folder_is_durable
        });
        for content in state.files.values_mut() {
            let unsynced = content
                .bytes
                .strip_prefix(&content.durable[..])
                .unwrap_or_default();
            let kept = &unsynced[..kept.min(unsynced.len())];
            let after = [&content.durable[..], kept].concat();
            *content = Content {
                bytes: after.clone(),
                durable: after,
                name_is_durable: true,
                lost: false,
            };
        }
    }

    /// Every file, by path.
    pub(super) fn files(&self) -> BTreeMap<PathBuf, Vec<u8>> {
        let state = self.state();
        let files = state.files.iter();
        files
            .map(|(path, content)| (path.clone(), content.bytes.clone()))
            .collect()
    }

    /// A file that was there all along.
    pub(super) fn put(&self, path: &str, bytes: &[u8]) {
        let path = PathBuf::from(path);
        let mut state = self.state();
        state
            .durable_folders
            .extend(path.ancestors().skip(1).map(Path::to_owned));
        state.folders = state.durable_folders.clone();
        let content = Content {
            bytes: bytes.to_owned(),
            durable: bytes.to_owned(),
            name_is_durable: true,
            lost: false,
        };
        state.files.insert(path, content);
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap()
    }

    /// Counts a step; `Err` if it fails.
    fn step(&self) -> io::Result<()> {
        let mut state = self.state();
        state.steps += 1;
        let fails = match state.failure {
            Failure::Never | Failure::EverySync => false,
            Failure::At(step) => state.steps == step,
            Failure::KilledAt(step) => state.steps >= step,
        };
        if fails { Err(broken()) } else { Ok(()) }
    }
}

fn broken() -> io::Error {
    io::Error::other("the test broke this step")
}

fn missing() -> io::Error {
    io::ErrorKind::NotFound.into()
}

impl Storage for Memory {
    fn create_folder(&self, path: &Path) -> io::Result<()> {
        self.step()?;
        self.state().folders.insert(path.to_owned());
        Ok(())
    }

    fn sync_folder(&self, path: &Path) -> io::Result<()> {
        self.step()?;
        let mut state = self.state();
        let children: Vec<_> = state
            .folders
            .iter()
            .filter(|folder| folder.parent() == Some(path))
            .cloned()
            .collect();
        state.durable_folders.extend(children);
        for (_, content) in state
            .files
            .iter_mut()
            .filter(|(file, _)| file.parent() == Some(path))
        {
            content.name_is_durable = true;
        }
        Ok(())
    }

    fn names(&self, folder: &Path) -> io::Result<Vec<String>> {
        let state = self.state();
        let paths = state.files.keys().chain(&state.folders);
        let inside = paths.filter(|path| path.parent() == Some(folder));
        Ok(inside
            .map(|path| path.file_name().unwrap().to_str().unwrap().to_owned())
            .collect())
    }

    fn create(&self, path: &Path) -> io::Result<Box<dyn StorageFile>> {
        self.step()?;
        let mut state = self.state();
        if !path
            .parent()
            .is_some_and(|folder| state.folders.contains(folder))
        {
            return Err(missing());
        }
        if state.files.contains_key(path) {
            return Err(io::ErrorKind::AlreadyExists.into());
        }
        state.files.insert(path.to_owned(), Content::default());
        drop(state);
        self.open(path)
    }

    fn open(&self, path: &Path) -> io::Result<Box<dyn StorageFile>> {
        self.state().files.get(path).ok_or_else(missing)?;
        Ok(Box::new(MemoryFile {
            memory: self.clone(),
            path: path.to_owned(),
        }))
    }

    fn read(&self, path: &Path, offset: u64) -> io::Result<Box<dyn Read>> {
        let content = self
            .state()
            .files
            .get(path)
            .ok_or_else(missing)?
            .bytes
            .clone();
        let mut reader = Cursor::new(content);
        reader.set_position(offset);
        Ok(Box::new(reader))
    }

    fn replace(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        self.state()
            .files
            .entry(path.to_owned())
            .or_default()
            .bytes
            .clear();
        let file = self.open(path)?;
        file.write_all_at(bytes, 0)?;
        file.sync()
    }
}

impl StorageFile for MemoryFile {
    fn write_all_at(&self, bytes: &[u8], offset: u64) -> io::Result<()> {
        let done = self.memory.step();
        let written = if done.is_ok() {
            bytes
        } else {
            &bytes[..bytes.len() / 2]
        };
        let end = offset as usize + written.len();
        self.change(|content| {
            if content.bytes.len() < end {
                content.bytes.resize(end, 0);
            }
            content.bytes[offset as usize..end].copy_from_slice(written);
        });
        done
    }

    fn truncate(&self, length: u64) -> io::Result<()> {
        self.memory.step()?;
        self.change(|content| content.bytes.truncate(length as usize));
        Ok(())
    }

    fn sync(&self) -> io::Result<()> {
        let failure = self.memory.state().failure;
        let done = match failure {
            Failure::EverySync => Err(broken()),
            _ => self.memory.step(),
        };
        let is_killed = matches!(failure, Failure::KilledAt(_));
        self.change(|content| match done {
            Ok(()) if content.lost => {}
            Ok(()) => content.durable.clone_from(&content.bytes),
            Err(_) => content.lost |= !is_killed,
        });
        done
    }
}

impl MemoryFile {
    fn change(&self, change: impl FnOnce(&mut Content)) {
        change(self.memory.state().files.get_mut(&self.path).unwrap());
    }
}
