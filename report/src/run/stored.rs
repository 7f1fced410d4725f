//! A run as bytes, in memory or in a file: blocks of impressions, each found by its first id, so that
//! a merge holds one block of it at a time and may begin anywhere. After them come blocks of events, which
//! only shop figures read.

use std::collections::HashMap;
use std::fs::File;
use std::io;
use std::os::unix::fs::FileExt;
use std::path::PathBuf;

use foldhash::fast::FixedState;
use serde::{Deserialize, Serialize};

use super::Counted;
use super::record::{self, Wanted};
use super::varint::Reader;
use crate::cases::StoredDeed;
use crate::erasure::Erasures;
use crate::fold::{Folded, Key};
use crate::names::{ContextKey, Names, SubjectKey};

/// A block is closed once it has so many bytes.
const BLOCK_BYTES: u64 = 32 << 10;

/// What was folded, in the order of keys.
pub(super) type Sorted<'f> = Vec<(&'f Key, &'f Folded)>;

/// A run whose impressions are bytes.
#[derive(Debug)]
pub(crate) struct StoredRun {
    pub(crate) place: BytesAt,
    pub(crate) index: Index,
}

/// Where the bytes of the blocks are.
#[derive(Debug)]
pub(crate) enum BytesAt {
    Memory(Vec<u8>),
    /// From the start of the file.
    File {
        path: PathBuf,
        /// Once it is held: it can be read though it is removed.
        open: Option<File>,
    },
}

impl BytesAt {
    /// In this file, which is opened when it is looked at.
    pub(crate) const fn file(path: PathBuf) -> Self {
        Self::File { path, open: None }
    }

    /// Sees that what is there now is what will be read.
    pub(crate) fn hold(&mut self) -> io::Result<()> {
        if let Self::File { path, open } = self {
            *open = Some(File::open(path)?);
        }
        Ok(())
    }
}

/// What is known of a run without reading its blocks.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(crate) struct Index {
    pub(crate) names: Names,
    pub(crate) erasures: Erasures,
    pub(crate) lines: Counted,
    /// Of impressions.
    pub(crate) blocks: Vec<Block>,
    /// Of events.
    pub(super) told: Vec<Block>,
    subjects: Vec<SubjectKey>,
    contexts: Vec<ContextKey>,
    /// What staff did, after the blocks.
    deeds: Stretch,
}

/// Some of the bytes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Stretch {
    offset: u64,
    length: u64,
}

/// Where a block is, and the id it begins with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Block {
    /// In two halves: JSON has no number of 128 bits.
    first: (u64, u64),
    bytes: Stretch,
}

impl Block {
    pub(crate) fn first_id(&self) -> u128 {
        u128::from(self.first.0) << 64 | u128::from(self.first.1)
    }
}

/// Keys in the order of their first appearance.
#[derive(Default)]
struct Table {
    keys: Vec<u64>,
    places: HashMap<u64, u64, FixedState>,
}

impl Table {
    fn place(&mut self, key: u64) -> u64 {
        *self.places.entry(key).or_insert_with(|| {
            self.keys.push(key);
            self.keys.len() as u64 - 1
        })
    }
}

/// Survey and circumstances by their places.
#[derive(Default)]
struct Tables {
    subjects: Table,
    contexts: Table,
}

impl Tables {
    /// Appends what was folded, in blocks.
    fn write(&mut self, sorted: Sorted<'_>, bytes: &mut Vec<u8>) -> Vec<Block> {
        let mut blocks: Vec<Block> = Vec::new();
        for (key, folded) in sorted {
            let start = bytes.len() as u64;
            match blocks.last() {
                Some(block) if block.bytes.length < BLOCK_BYTES => {}
                _ => blocks.push(Block {
                    first: ((key.id >> 64) as u64, key.id as u64),
                    bytes: Stretch {
                        offset: start,
                        length: 0,
                    },
                }),
            }
            let subject = self.subjects.place(key.subject.0);
            let context = self.contexts.place(folded.asked.context.0);
            record::write(bytes, key, folded, subject, context);
            if let Some(block) = blocks.last_mut() {
                block.bytes.length = bytes.len() as u64 - block.bytes.offset;
            }
        }
        blocks
    }
}

impl StoredRun {
    /// Turns impressions and events into bytes in memory.
    pub(super) fn of<'f>(
        [folded, told]: [Sorted<'_>; 2],
        deeds: impl Iterator<Item = &'f StoredDeed>,
        names: Names,
        erasures: Erasures,
        lines: Counted,
    ) -> Self {
        let mut tables = Tables::default();
        let mut bytes = Vec::new();
        let blocks = tables.write(folded, &mut bytes);
        let told = tables.write(told, &mut bytes);
        let offset = bytes.len() as u64;
        for deed in deeds {
            // Texts and numbers: serialising them cannot fail.
            let _ = serde_json::to_writer(&mut bytes, deed);
            bytes.push(b'\n');
        }
        let index = Index {
            deeds: Stretch {
                offset,
                length: bytes.len() as u64 - offset,
            },
            names,
            erasures,
            lines,
            blocks,
            told,
            subjects: tables.subjects.keys.into_iter().map(SubjectKey).collect(),
            contexts: tables.contexts.keys.into_iter().map(ContextKey).collect(),
        };
        Self {
            place: BytesAt::Memory(bytes),
            index,
        }
    }

    /// Its impressions from the one with this id on, in the order of keys.
    pub(crate) fn from(&self, id: u128, wanted: Wanted) -> Cursor<'_> {
        self.cursor(&self.index.blocks, id, wanted)
    }

    /// Its events, likewise.
    pub(crate) fn told_from(&self, id: u128, wanted: Wanted) -> Cursor<'_> {
        self.cursor(&self.index.told, id, wanted)
    }

    fn cursor<'r>(&'r self, blocks: &'r [Block], id: u128, wanted: Wanted) -> Cursor<'r> {
        let later = blocks.partition_point(|block| block.first_id() <= id);
        // Those before `id` are passed over; a block may end with the very id the next begins with.
        let earlier = blocks.get(..later).unwrap_or_default();
        let same = earlier
            .iter()
            .rev()
            .take_while(|block| block.first_id() == id);
        let next_block = later.saturating_sub(1 + same.count());
        Cursor {
            run: self,
            blocks,
            wanted,
            from: id,
            next_block,
            block: Vec::new(),
            at: 0,
        }
    }

    /// What staff did, in the order of the lines that say so.
    pub(crate) fn deeds(&self) -> io::Result<Vec<StoredDeed>> {
        let mut bytes = Vec::new();
        if self.index.deeds.length > 0 {
            self.read_bytes(self.index.deeds, &mut bytes)?;
        }
        let deeds = serde_json::Deserializer::from_slice(&bytes).into_iter();
        deeds.collect::<Result<_, _>>().map_err(|_| torn())
    }

    fn read_bytes(&self, stretch: Stretch, into: &mut Vec<u8>) -> io::Result<()> {
        into.resize(stretch.length as usize, 0);
        match &self.place {
            BytesAt::Memory(bytes) => {
                let start = stretch.offset as usize;
                let found = bytes.get(start..start + into.len()).ok_or_else(torn)?;
                into.copy_from_slice(found);
                Ok(())
            }
            BytesAt::File {
                open: Some(file), ..
            } => file.read_exact_at(into, stretch.offset),
            // Opened for each block: there may be more runs than a process may have files open.
            BytesAt::File { path, open: None } => {
                File::open(path)?.read_exact_at(into, stretch.offset)
            }
        }
    }
}

/// Where the reading of a run's impressions or events is. It holds one block.
pub(crate) struct Cursor<'r> {
    run: &'r StoredRun,
    blocks: &'r [Block],
    wanted: Wanted,
    from: u128,
    next_block: usize,
    block: Vec<u8>,
    at: usize,
}

impl Cursor<'_> {
    /// The id of the next impression is this or a later one; `None` when there is none.
    pub(crate) fn soonest(&self) -> Option<u128> {
        let block = self.blocks.get(self.next_block)?;
        Some(block.first_id().max(self.from))
    }

    /// The next impression.
    pub(crate) fn next(&mut self) -> io::Result<Option<(Key, Folded)>> {
        loop {
            let Some(rest) = self.block.get(self.at..).filter(|rest| !rest.is_empty()) else {
                let Some(block) = self.blocks.get(self.next_block) else {
                    self.block = Vec::new();
                    return Ok(None);
                };
                self.run.read_bytes(block.bytes, &mut self.block)?;
                self.next_block += 1;
                self.at = 0;
                continue;
            };
            let mut reader = Reader { bytes: rest };
            let index = &self.run.index;
            let found = record::read(&mut reader, self.wanted, &index.subjects, &index.contexts)
                .ok_or_else(torn)?;
            self.at = self.block.len() - reader.bytes.len();
            if found.0.id >= self.from {
                return Ok(Some(found));
            }
        }
    }
}

fn torn() -> io::Error {
    io::Error::new(
        io::ErrorKind::InvalidData,
        "it is not what it was when this report began",
    )
}
