//! What is wrong with the disk at the moment.

use std::time::Duration;

/// Everything that can be wrong at once.
#[derive(Clone, Debug, PartialEq)]
pub struct Troubles {
    /// Without power nothing works.
    pub(super) has_power: bool,
    /// Nothing may be changed, as after `mount -o remount,ro`.
    pub read_only: bool,
    /// So many bytes fit.
    pub capacity: u64,
    /// A sync takes so long.
    pub sync_takes: Duration,
    /// Of writes, so many in a thousand fail with `EIO`.
    pub failing_writes: u32,
    /// Of writes, so many in a thousand take only a part of what they were given.
    pub short_writes: u32,
    /// Of syncs of files, so many in a thousand fail with `EIO` and lose what they were to write.
    pub failing_syncs: u32,
    /// Of cuts of files, so many in a thousand fail with `EIO`.
    pub failing_cuts: u32,
    /// Of syncs of folders, so many in a thousand fail with `EIO`.
    pub failing_folder_syncs: u32,
}

/// No trouble at all.
impl Default for Troubles {
    fn default() -> Self {
        Self {
            has_power: true,
            read_only: false,
            capacity: 64 << 30,
            sync_takes: Duration::ZERO,
            failing_writes: 0,
            short_writes: 0,
            failing_syncs: 0,
            failing_cuts: 0,
            failing_folder_syncs: 0,
        }
    }
}
