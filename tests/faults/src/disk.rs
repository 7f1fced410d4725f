//! A disk of our own, mounted through FUSE, that can lose power, fail, fill up and slow down.

mod filesystem;
mod medium;
mod operations;
mod troubles;

pub use medium::Cut;
pub use troubles::Troubles;

use anyhow::{Context, Result};
use fastrand::Rng;
use fuser::{BackgroundSession, Config, MountOption};
use medium::Medium;
use operations::{DiskFileSystem, Shared};
use std::path::Path;
use std::sync::{Arc, Mutex};
use tempfile::TempDir;

/// A mounted disk; gone once dropped, and everything on it.
pub struct Disk {
    files: DiskFileSystem,
    session: Option<BackgroundSession>,
    folder: TempDir,
}

impl Disk {
    /// An empty disk without troubles, mounted at a folder of its own.
    ///
    /// # Errors
    /// Where `/dev/fuse` is missing or may not be used.
    pub fn mount(seed: u64) -> Result<Self> {
        let shared = Shared {
            medium: Medium::new(),
            troubles: Troubles::default(),
            rng: Rng::with_seed(seed),
        };
        let mut disk = Self {
            files: DiskFileSystem(Arc::new(Mutex::new(shared))),
            session: None,
            folder: tempfile::tempdir()?,
        };
        disk.attach()?;
        Ok(disk)
    }

    /// Where it is mounted.
    pub fn path(&self) -> &Path {
        self.folder.path()
    }

    /// Changes what is wrong with it.
    pub fn trouble(&self, change: impl FnOnce(&mut Troubles)) {
        change(&mut self.files.lock().troubles);
    }

    /// From this moment so many bytes more than there are fit.
    pub fn grows_by(&self, bytes: u64) {
        let mut shared = self.files.lock();
        shared.troubles.capacity = shared.medium.used() + bytes;
    }

    /// From this moment nothing works, and nothing more is written.
    pub fn loses_power(&self) {
        self.trouble(|troubles| troubles.has_power = false);
    }

    /// The power is back: what survived is there, and no trouble is left. Whoever had files open must
    /// be gone by now.
    ///
    /// # Errors
    /// When it cannot be mounted anew.
    pub fn gets_power(&mut self, cut: Cut) -> Result<()> {
        self.detach()?;
        {
            let mut shared = self.files.lock();
            let mut rng = shared.rng.fork();
            shared.medium.lose_power(cut, &mut rng);
            shared.troubles = Troubles::default();
        }
        self.attach()
    }

    fn attach(&mut self) -> Result<()> {
        let mut config = Config::default();
        config.mount_options = vec![MountOption::FSName("hark-faults".to_owned())];
        config.n_threads = Some(2);
        let session = fuser::spawn_mount(self.files.clone(), self.folder.path(), &config);
        self.session = Some(session.context(
            "cannot mount a FUSE file system: it needs `/dev/fuse`, and root or Debian's `fuse3`",
        )?);
        Ok(())
    }

    fn detach(&mut self) -> Result<()> {
        let session = self.session.take();
        let detached = session.map_or(Ok(()), BackgroundSession::umount_and_join);
        detached.context("cannot unmount the disk")
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        // What is still mounted then stays visible to whoever looks for the reason.
        let _ = self.detach();
    }
}
