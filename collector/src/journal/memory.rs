//! A file system in memory that forgets what was not synced, and fails where a test says so.

use super::storage::{Room, Storage, StorageFile};
use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Cursor, Read};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard};

/// What goes wrong, counted in steps: every write, sync, creation, renaming, removal and cut is one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Failure {
    #[default]
    Never,
    /// This step alone fails: half of a write is done, and a failed sync loses its pages for good.
    At(usize),
    /// This step fails and the one after it: a failed sync, say, and the cut that was to take back its lines.
    TwiceAt(usize),
    /// The process is killed here: this step and all later ones do nothing.
    KilledAt(usize),
    /// Every sync of a file fails.
    EverySync,
    /// There is no room for a byte more, not even in place of another.
    Full,
}

#[derive(Clone, Default)]
pub(super) struct Memory(Arc<Mutex<State>>);

#[derive(Default)]
struct State {
    contents: Vec<Content>,
    /// By path, as a program finds them.
    names: BTreeMap<PathBuf, usize>,
    /// By path, as a power cut leaves them.
    durable_names: BTreeMap<PathBuf, usize>,
    folders: BTreeSet<PathBuf>,
    durable_folders: BTreeSet<PathBuf>,
    steps: usize,
    failure: Failure,
}

#[derive(Clone, Default)]
struct Content {
    bytes: Vec<u8>,
    durable: Vec<u8>,
    /// What the next sync stores. One that fails forgets it, and those after it claim success without it.
    unsynced: Vec<Change>,
}

#[derive(Clone)]
enum Change {
    Written(usize, Vec<u8>),
    Cut(usize),
}

impl Change {
    fn apply(&self, content: &mut Vec<u8>) {
        match self {
            Self::Written(offset, bytes) => {
                let end = offset + bytes.len();
                content.resize(content.len().max(end), 0);
                content[*offset..end].copy_from_slice(bytes);
            }
            Self::Cut(length) => content.resize(*length, 0),
        }
    }
}

impl Content {
    fn of(bytes: Vec<u8>) -> Self {
        Self {
            durable: bytes.clone(),
            bytes,
            unsynced: Vec::new(),
        }
    }

    fn change(&mut self, change: Change) {
        change.apply(&mut self.bytes);
        self.unsynced.push(change);
    }

    fn sync(&mut self) {
        for change in self.unsynced.drain(..) {
            change.apply(&mut self.durable);
        }
    }
}

struct MemoryFile {
    memory: Memory,
    content: usize,
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
        state.folders = state.durable_folders.clone();
        let folders = state.folders.clone();
        state
            .durable_names
            .retain(|path, _| path.parent().is_some_and(|folder| folders.contains(folder)));
        state.names = state.durable_names.clone();
        for content in &mut state.contents {
            let unsynced = content
                .bytes
                .strip_prefix(&content.durable[..])
                .unwrap_or_default();
            let kept = &unsynced[..kept.min(unsynced.len())];
            *content = Content::of([&content.durable[..], kept].concat());
        }
    }

    /// Every file, by path.
    pub(super) fn files(&self) -> BTreeMap<PathBuf, Vec<u8>> {
        let state = self.state();
        let names = state.names.iter();
        names
            .map(|(path, &content)| (path.clone(), state.contents[content].bytes.clone()))
            .collect()
    }

    /// A file that was there all along.
    pub(super) fn put(&self, path: &str, bytes: &[u8]) {
        let path = PathBuf::from(path);
        let mut state = self.state();
        let folders: Vec<_> = path.ancestors().skip(1).map(Path::to_owned).collect();
        state.durable_folders.extend(folders.iter().cloned());
        state.folders.extend(folders);
        let content = state.add(Content::of(bytes.to_owned()));
        state.names.insert(path.clone(), content);
        state.durable_names.insert(path, content);
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap()
    }

    /// Counts a step; `Err` if it fails.
    fn step(&self) -> io::Result<MutexGuard<'_, State>> {
        let mut state = self.state();
        state.steps += 1;
        let fails = match state.failure {
            Failure::Never | Failure::EverySync | Failure::Full => false,
            Failure::At(step) => state.steps == step,
            Failure::TwiceAt(step) => state.steps == step || state.steps == step + 1,
            Failure::KilledAt(step) => state.steps >= step,
        };
        if fails { Err(broken()) } else { Ok(state) }
    }

    fn file(&self, content: usize) -> Box<dyn StorageFile> {
        Box::new(MemoryFile {
            memory: self.clone(),
            content,
        })
    }
}

impl State {
    fn add(&mut self, content: Content) -> usize {
        self.contents.push(content);
        self.contents.len() - 1
    }

    fn find(&self, path: &Path) -> io::Result<usize> {
        self.names.get(path).copied().ok_or_else(missing)
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
        self.step()?.folders.insert(path.to_owned());
        Ok(())
    }

    fn sync_folder(&self, path: &Path) -> io::Result<()> {
        let mut guard = self.step()?;
        let state = &mut *guard;
        let is_inside = |entry: &Path| entry.parent() == Some(path);
        state.durable_folders.retain(|folder| !is_inside(folder));
        let folders = state.folders.iter().filter(|folder| is_inside(folder));
        state.durable_folders.extend(folders.cloned());
        state.durable_names.retain(|file, _| !is_inside(file));
        let names = state.names.iter().filter(|(file, _)| is_inside(file));
        let names = names.map(|(file, &content)| (file.clone(), content));
        state.durable_names.extend(names);
        Ok(())
    }

    fn names(&self, folder: &Path) -> io::Result<Vec<String>> {
        let state = self.state();
        let paths = state.names.keys().chain(&state.folders);
        let inside = paths.filter(|path| path.parent() == Some(folder));
        Ok(inside
            .map(|path| path.file_name().unwrap().to_str().unwrap().to_owned())
            .collect())
    }

    fn create(&self, path: &Path) -> io::Result<Box<dyn StorageFile>> {
        let mut state = self.step()?;
        if !path
            .parent()
            .is_some_and(|folder| state.folders.contains(folder))
        {
            return Err(missing());
        }
        if state.names.contains_key(path) {
            return Err(io::ErrorKind::AlreadyExists.into());
        }
        let content = state.add(Content::default());
        state.names.insert(path.to_owned(), content);
        Ok(self.file(content))
    }

    fn open(&self, path: &Path) -> io::Result<Box<dyn StorageFile>> {
        let content = self.state().find(path)?;
        Ok(self.file(content))
    }

    fn read(&self, path: &Path, offset: u64) -> io::Result<Box<dyn Read + Send>> {
        let state = self.state();
        let bytes = state.contents[state.find(path)?].bytes.clone();
        let mut reader = Cursor::new(bytes);
        reader.set_position(offset);
        Ok(Box::new(reader))
    }

    fn length(&self, path: &Path) -> io::Result<u64> {
        let state = self.state();
        Ok(state.contents[state.find(path)?].bytes.len() as u64)
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        let mut state = self.step()?;
        let content = state.names.remove(from).ok_or_else(missing)?;
        state.names.insert(to.to_owned(), content);
        Ok(())
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        let mut state = self.step()?;
        state.names.remove(path).map(drop).ok_or_else(missing)
    }

    fn remove_folder(&self, path: &Path) -> io::Result<()> {
        let mut state = self.step()?;
        if state.names.keys().any(|file| file.parent() == Some(path)) {
            return Err(io::ErrorKind::DirectoryNotEmpty.into());
        }
        state.folders.remove(path);
        Ok(())
    }

    fn room(&self, _: &Path) -> io::Result<Option<Room>> {
        Ok(None)
    }
}

impl StorageFile for MemoryFile {
    fn write_all_at(&self, bytes: &[u8], offset: u64) -> io::Result<()> {
        if self.memory.state().failure == Failure::Full {
            return Err(io::ErrorKind::StorageFull.into());
        }
        let done = self.memory.step().map(drop);
        let written = if done.is_ok() {
            bytes
        } else {
            &bytes[..bytes.len() / 2]
        };
        let change = Change::Written(offset as usize, written.to_owned());
        self.content(|content| content.change(change));
        done
    }

    fn read_exact_at(&self, bytes: &mut [u8], offset: u64) -> io::Result<()> {
        let state = self.memory.state();
        let content = &state.contents[self.content].bytes;
        let end = offset as usize + bytes.len();
        let found = content.get(offset as usize..end);
        bytes.copy_from_slice(found.ok_or(io::ErrorKind::UnexpectedEof)?);
        Ok(())
    }

    fn truncate(&self, length: u64) -> io::Result<()> {
        drop(self.memory.step()?);
        self.content(|content| content.change(Change::Cut(length as usize)));
        Ok(())
    }

    fn sync(&self) -> io::Result<()> {
        let failure = self.memory.state().failure;
        let done = match failure {
            Failure::EverySync => Err(broken()),
            _ => self.memory.step().map(drop),
        };
        let is_killed = matches!(failure, Failure::KilledAt(_));
        self.content(|content| match done {
            Ok(()) => content.sync(),
            Err(_) if is_killed => {}
            Err(_) => content.unsynced.clear(),
        });
        done
    }
}

impl MemoryFile {
    fn content(&self, change: impl FnOnce(&mut Content)) {
        change(&mut self.memory.state().contents[self.content]);
    }
}
