//! A disk in memory that knows what has been synced: what a power cut leaves is only that, and of the
//! rest as much or as little as chance has it.
//!
//! Files and folders alike have what a program sees and what would survive. `fsync` of a file makes its
//! content survive, but not its name: that takes an `fsync` of its folder, as POSIX has it.

use fastrand::Rng;
use std::collections::BTreeMap;
use std::ffi::{OsStr, OsString};

/// The number of a file or folder.
pub(super) type Number = u64;
/// The topmost folder.
pub(super) const ROOT: Number = 1;
/// What a disk writes whole or not at all.
const SECTOR: usize = 512;

/// All files and folders.
pub(super) struct Medium {
    nodes: BTreeMap<Number, Node>,
    next: Number,
}

/// A file or a folder.
pub(super) enum Node {
    File(File),
    Folder(Folder),
}

/// A file's bytes.
#[derive(Default)]
pub(super) struct File {
    /// As a program reads them.
    pub(super) content: Vec<u8>,
    durable: Vec<u8>,
    unsynced: Vec<Change>,
}

#[derive(Clone)]
enum Change {
    Written { offset: usize, bytes: Vec<u8> },
    Cut(usize),
}

/// A folder's entries.
#[derive(Default)]
pub(super) struct Folder {
    /// As a program lists them.
    pub(super) entries: BTreeMap<OsString, Number>,
    durable: BTreeMap<OsString, Number>,
    unsynced: Vec<EntryChange>,
}

#[derive(Clone)]
enum EntryChange {
    Added(OsString, Number),
    Removed(OsString),
    /// One step: never both names, never neither.
    Renamed(OsString, OsString, Number),
}

/// How kind a power cut is to what was not synced.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cut {
    /// All of it is gone.
    Strict,
    /// Some of it got through, in the order of writing, the last piece torn at any byte.
    Torn,
    /// Any of its sectors got through, in any order; where one did not, there are zeroes or what was
    /// there before.
    Scattered,
}

impl Medium {
    pub(super) fn new() -> Self {
        let root = Node::Folder(Folder::default());
        Self {
            nodes: BTreeMap::from([(ROOT, root)]),
            next: ROOT + 1,
        }
    }

    pub(super) fn node(&self, number: Number) -> Option<&Node> {
        self.nodes.get(&number)
    }

    pub(super) fn file(&mut self, number: Number) -> Option<&mut File> {
        match self.nodes.get_mut(&number)? {
            Node::File(file) => Some(file),
            Node::Folder(_) => None,
        }
    }

    pub(super) fn folder(&mut self, number: Number) -> Option<&mut Folder> {
        match self.nodes.get_mut(&number)? {
            Node::Folder(folder) => Some(folder),
            Node::File(_) => None,
        }
    }

    /// Puts something new into a folder.
    pub(super) fn add(&mut self, folder: Number, name: &OsStr, node: Node) -> Option<Number> {
        let number = self.next;
        self.folder(folder)?.add(name, number);
        self.nodes.insert(number, node);
        self.next += 1;
        Some(number)
    }

    /// The bytes of all files together.
    pub(super) fn used(&self) -> u64 {
        let size = |node: &Node| match node {
            Node::File(file) => file.content.len() as u64,
            Node::Folder(_) => 0,
        };
        self.nodes.values().map(size).sum()
    }

    /// Loses power: what programs see from now on is what survived.
    pub(super) fn lose_power(&mut self, cut: Cut, rng: &mut Rng) {
        for node in self.nodes.values_mut() {
            match node {
                Node::File(file) => file.lose_power(cut, rng),
                Node::Folder(folder) => folder.lose_power(cut, rng),
            }
        }
        self.forget_the_unnamed();
    }

    /// Frees what no folder holds any more.
    fn forget_the_unnamed(&mut self) {
        let mut named = vec![ROOT];
        let mut seen = 0;
        while let Some(&number) = named.get(seen) {
            seen += 1;
            if let Some(Node::Folder(folder)) = self.nodes.get(&number) {
                named.extend(folder.entries.values());
            }
        }
        self.nodes.retain(|number, _| named.contains(number));
    }
}

impl File {
    pub(super) fn write(&mut self, offset: usize, bytes: &[u8]) {
        overwrite(&mut self.content, offset, bytes);
        let bytes = bytes.to_vec();
        self.unsynced.push(Change::Written { offset, bytes });
    }

    pub(super) fn cut(&mut self, length: usize) {
        self.content.resize(length, 0);
        self.unsynced.push(Change::Cut(length));
    }

    /// Makes the content survive.
    pub(super) fn sync(&mut self) {
        for change in std::mem::take(&mut self.unsynced) {
            change.apply(&mut self.durable);
        }
    }

    /// Fails to sync as Linux does: what was to be written is marked clean, still read by everybody,
    /// and never written again, even if a later sync succeeds.
    pub(super) fn fail_to_sync(&mut self) {
        self.unsynced.clear();
    }

    fn lose_power(&mut self, cut: Cut, rng: &mut Rng) {
        let unsynced = std::mem::take(&mut self.unsynced);
        match cut {
            Cut::Strict => {}
            Cut::Torn => self.keep_some(&unsynced, rng),
            Cut::Scattered => unsynced
                .iter()
                .for_each(|change| change.scatter(&mut self.durable, rng)),
        }
        self.content.clone_from(&self.durable);
    }

    fn keep_some(&mut self, unsynced: &[Change], rng: &mut Rng) {
        let whole = rng.usize(..=unsynced.len());
        for change in &unsynced[..whole] {
            change.clone().apply(&mut self.durable);
        }
        if let Some(Change::Written { offset, bytes }) = unsynced.get(whole) {
            overwrite(
                &mut self.durable,
                *offset,
                &bytes[..rng.usize(..=bytes.len())],
            );
        }
    }
}

impl Change {
    fn apply(self, durable: &mut Vec<u8>) {
        match self {
            Self::Written { offset, bytes } => overwrite(durable, offset, &bytes),
            Self::Cut(length) => durable.resize(length, 0),
        }
    }

    fn scatter(&self, durable: &mut Vec<u8>, rng: &mut Rng) {
        match self {
            Self::Written { offset, bytes } => {
                for (index, sector) in bytes.chunks(SECTOR).enumerate() {
                    if rng.bool() {
                        overwrite(durable, offset + index * SECTOR, sector);
                    }
                }
            }
            Self::Cut(length) if rng.bool() => durable.resize(*length, 0),
            Self::Cut(_) => {}
        }
    }
}

impl Folder {
    pub(super) fn add(&mut self, name: &OsStr, number: Number) {
        self.change(EntryChange::Added(name.to_owned(), number));
    }

    pub(super) fn remove(&mut self, name: &OsStr) {
        self.change(EntryChange::Removed(name.to_owned()));
    }

    pub(super) fn rename(&mut self, old: &OsStr, new: &OsStr, number: Number) {
        let (old, new) = (old.to_owned(), new.to_owned());
        self.change(EntryChange::Renamed(old, new, number));
    }

    /// Makes the entries survive.
    pub(super) fn sync(&mut self) {
        self.durable.clone_from(&self.entries);
        self.unsynced.clear();
    }

    fn change(&mut self, change: EntryChange) {
        change.clone().apply(&mut self.entries);
        self.unsynced.push(change);
    }

    fn lose_power(&mut self, cut: Cut, rng: &mut Rng) {
        let unsynced = std::mem::take(&mut self.unsynced);
        let kept = match cut {
            Cut::Strict => 0,
            Cut::Torn | Cut::Scattered => rng.usize(..=unsynced.len()),
        };
        for change in unsynced.into_iter().take(kept) {
            change.apply(&mut self.durable);
        }
        self.entries.clone_from(&self.durable);
    }
}

impl EntryChange {
    fn apply(self, entries: &mut BTreeMap<OsString, Number>) {
        match self {
            Self::Added(name, number) => {
                entries.insert(name, number);
            }
            Self::Removed(name) => {
                entries.remove(&name);
            }
            Self::Renamed(old, new, number) => {
                entries.remove(&old);
                entries.insert(new, number);
            }
        }
    }
}

fn overwrite(content: &mut Vec<u8>, offset: usize, bytes: &[u8]) {
    let end = offset + bytes.len();
    if content.len() < end {
        content.resize(end, 0);
    }
    content[offset..end].copy_from_slice(bytes);
}
