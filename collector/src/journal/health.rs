//! Whether the journal can store, and will be able to for a while: what `/readyz` answers.

use super::storage::{Room, Storage};
use std::io;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};

/// Below this, and below a share of the whole, space is short.
const LEAST_FREE: u64 = 256 << 20;
const LEAST_SHARE: u64 = 20;
/// As much as a probe writes: a page, so that it needs a place of its own on disk.
const PROBE: [u8; 4096] = [b'\n'; 4096];

/// Shared between the writer, the keeper and whoever asks.
#[derive(Debug, Default)]
pub(crate) struct Health {
    failing: AtomicBool,
    short_of_space: AtomicBool,
}

/// Why the journal is not ready.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Ailment {
    /// The last attempt to write or sync failed.
    Failing,
    /// Writing still works, but there is little space left: under 256 MiB, and under 5 % where the
    /// whole is small.
    ShortOfSpace,
}

impl Health {
    /// What is wrong, if anything is.
    pub(crate) fn ailment(&self) -> Option<Ailment> {
        if self.failing.load(Ordering::Relaxed) {
            Some(Ailment::Failing)
        } else if self.short_of_space.load(Ordering::Relaxed) {
            Some(Ailment::ShortOfSpace)
        } else {
            None
        }
    }

    /// Notes how the last attempt to store went; says whether that is a turn.
    pub(super) fn note(&self, stored: bool) -> bool {
        self.failing.swap(!stored, Ordering::Relaxed) == stored
    }

    /// Looks at the space that is left.
    pub(super) fn look_at(&self, room: Room) {
        let short = room.free < LEAST_FREE.min(room.all / LEAST_SHARE);
        let was_short = self.short_of_space.swap(short, Ordering::Relaxed);
        let megabytes = room.free >> 20;
        if short && !was_short {
            tracing::error!("little space is left for the data folder: {megabytes} MiB");
        } else if was_short && !short {
            tracing::info!("there is space again for the data folder: {megabytes} MiB");
        }
    }

    /// After a failure: tries whether the disk stores again, so that readiness needs no event to return.
    pub(super) fn probe(&self, storage: &dyn Storage, folder: &Path) {
        if self.failing.load(Ordering::Relaxed) && probe(storage, folder).is_ok() {
            self.failing.store(false, Ordering::Relaxed);
            tracing::info!("the data folder can be written to again");
        }
    }
}

fn probe(storage: &dyn Storage, folder: &Path) -> io::Result<()> {
    let path = folder.join("probe.tmp");
    let probed = super::storage::Sequential::create(storage, &path).and_then(|mut file| {
        io::Write::write_all(&mut file, &PROBE)?;
        file.sync()
    });
    let removed = storage.remove(&path);
    probed.and(removed)
}

#[cfg(test)]
mod tests {
    use super::super::memory::{Failure, Memory};
    use super::*;

    #[test]
    fn readiness_turns_red_before_the_wall_and_green_with_space() {
        let rows = [
            (255 << 20, 1 << 40, Some(Ailment::ShortOfSpace)),
            (256 << 20, 1 << 40, None),
            (49, 1_000, Some(Ailment::ShortOfSpace)),
            (50, 1_000, None),
        ];
        let health = Health::default();
        for (free, all, ailment) in rows {
            health.look_at(Room { free, all });
            assert_eq!(health.ailment(), ailment, "{free} of {all}");
        }
    }

    #[test]
    fn readiness_returns_without_an_event_once_the_disk_stores_again() {
        let memory = Memory::default();
        memory.put("data/keep", b"");
        let health = Health::default();
        assert!(health.note(false), "a turn");
        memory.fails(Failure::EverySync);
        health.probe(&memory, Path::new("data"));
        assert_eq!(health.ailment(), Some(Ailment::Failing));
        memory.fails(Failure::Never);
        health.probe(&memory, Path::new("data"));
        assert_eq!(health.ailment(), None);
        assert_eq!(memory.files().len(), 1, "a probe leaves nothing");
    }
}
