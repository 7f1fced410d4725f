//! Small disks of the system's own that fill up: memory (tmpfs), and ext4 in a file, which puts off the
//! finding of space until it writes. Mounting takes root.

use crate::crowd::Crowd;
use crate::shop::Shop;
use crate::stored::Stored;
use anyhow::{Context, Result, bail, ensure};
use std::fs::{self, File};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// A refusal must come within this time, even though the disk is full.
const REFUSED_WITHIN: Duration = Duration::from_secs(1);
/// So soon after there is space events must be stored again.
const RESUMED_WITHIN: Duration = Duration::from_secs(2);
/// What is in the way until it is removed.
const BALLAST: u64 = 1 << 20;

/// What one disk came to.
#[derive(Debug)]
pub struct Figures {
    /// Its file system.
    pub name: &'static str,
    /// Events acknowledged, all found again.
    pub thanked: u64,
    /// Requests refused.
    pub refused: u64,
    /// The longest wait for any answer.
    pub slowest: Duration,
    /// From the moment there was space until the next event was stored.
    pub resumed_after: Duration,
}

/// Fills a tmpfs of 4 MiB and an ext4 of 16 MiB; `None` where this machine lets nobody mount one.
///
/// # Errors
/// When something acknowledged is lost, or a refusal or the return takes too long.
pub fn fill() -> Result<Option<Vec<Figures>>> {
    let mut all = Vec::new();
    for name in ["tmpfs", "ext4"] {
        let Some(disk) = Mounted::new(name)? else {
            return Ok(None);
        };
        all.push(fill_one(name, disk.0.path())?);
    }
    Ok(Some(all))
}

fn fill_one(name: &'static str, disk: &Path) -> Result<Figures> {
    let ballast = disk.join("ballast");
    fs::write(&ballast, vec![7; BALLAST as usize])?;
    File::open(&ballast)?.sync_all()?;
    let shop = Shop::storing_on(disk)?;
    let collector = shop.opens()?;
    let crowd = Crowd::comes(collector.address, 32, 0)?;
    crowd.is_refused(100)?;
    fs::remove_file(&ballast)?;
    let freed = Instant::now();
    crowd.is_thanked(1)?;
    let resumed_after = freed.elapsed();
    let heard = crowd.leaves()?;
    collector.is_killed()?;
    let stored = Stored::read(shop.data())?;
    stored.holds_all(&heard.thanked).context(name)?;
    stored.has_no_double()?;
    stored.is_readable()?;
    let figures = Figures {
        name,
        thanked: heard.thanked.len() as u64,
        refused: heard.refused.values().sum(),
        slowest: heard.slowest,
        resumed_after,
    };
    let is_only_503 = heard.refused.keys().all(|&status| status == 503);
    ensure!(is_only_503, "{:?}", heard.refused);
    ensure!(figures.slowest < REFUSED_WITHIN, "{figures:?}");
    ensure!(figures.resumed_after < RESUMED_WITHIN, "{figures:?}");
    Ok(figures)
}

/// A mounted file system; unmounted when dropped.
struct Mounted(TempDir);

impl Mounted {
    fn new(name: &str) -> Result<Option<Self>> {
        let (folder, image) = (tempfile::tempdir()?, tempfile::NamedTempFile::new()?);
        let mut mount = Command::new("mount");
        match name {
            "tmpfs" => mount.args(["-t", "tmpfs", "-o", "size=4m", "tmpfs"]),
            "ext4" => {
                image.as_file().set_len(16 << 20)?;
                let mut make = Command::new("mkfs.ext4");
                let made = make.args(["-q", "-F"]).arg(image.path()).status();
                ensure!(made.context("mkfs.ext4")?.success(), "{make:?} failed");
                mount.args(["-t", "ext4", "-o", "loop"]).arg(image.path())
            }
            _ => bail!("nobody knows how to make `{name}`"),
        };
        let mounted = mount.arg(folder.path()).stderr(Stdio::null()).status()?;
        Ok(mounted.success().then_some(Self(folder)))
    }
}

impl Drop for Mounted {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg(self.0.path()).status();
    }
}
