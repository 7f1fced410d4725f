//! Small disks of the system's own that fill up or turn read-only: memory (tmpfs), and ext4 in a file, which
//! puts off the finding of space until it writes. Mounting takes root.

use super::full::{REFUSED_WITHIN, RESUMED_WITHIN};
use crate::crowd::{Crowd, response};
use crate::shop::Shop;
use crate::stored::Stored;
use crate::wait;
use anyhow::{Context, Result, bail, ensure};
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::time::{Duration, Instant};
use tempfile::{NamedTempFile, TempDir};

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

/// What a scenario came to, or why it was not run: it says nothing then.
#[derive(Debug)]
pub enum Outcome<T> {
    /// It was run.
    Held(T),
    /// This machine lets nobody mount what it takes, and says so in these words.
    NotRun(String),
}

/// Fills a tmpfs of 4 MiB and an ext4 of 16 MiB. Where other things run as well, all may take so many times
/// as long.
///
/// # Errors
/// When something acknowledged is lost, or a refusal or the return takes too long.
pub fn fill(times: u32) -> Result<Outcome<Vec<Figures>>> {
    let mut all = Vec::new();
    for name in ["tmpfs", "ext4"] {
        match Mounted::new(name)? {
            Outcome::Held(disk) => all.push(fill_one(name, disk.path(), times)?),
            Outcome::NotRun(why) => return Ok(Outcome::NotRun(why)),
        }
    }
    Ok(Outcome::Held(all))
}

/// What an ext4 that turned read-only came to.
#[derive(Debug)]
pub struct ReadOnly {
    /// Events acknowledged before the fault was found, all found again.
    pub thanked: usize,
    /// Events acknowledged while it was being found, and lost: the kernel had called their sync done.
    pub lost_by_kernel: usize,
    /// Requests refused.
    pub refused: u64,
}

/// Visitors at once; each has one request under way.
const VISITORS: usize = 32;

/// Lets the kernel find a fault in an ext4 that is busy, upon which it makes it read-only; then has it mended
/// as an operator would.
///
/// ext4 gives its journal up before it refuses to sync. Who syncs between the two waits for a transaction
/// that is not there any more, and hears that all is well (`jbd2_complete_transaction`, Linux 6.18). Nothing
/// but waiting would show it, so that of what is acknowledged just then one sync's worth may be lost.
///
/// # Errors
/// When something acknowledged before is lost, or more than that, or the collector does not say that it cannot
/// store, ends, or does not serve again from the mended disk.
pub fn turns_read_only() -> Result<Outcome<ReadOnly>> {
    let mut disk = match Mounted::new("ext4")? {
        Outcome::Held(disk) => disk,
        Outcome::NotRun(why) => return Ok(Outcome::NotRun(why)),
    };
    let trigger = disk.trigger()?;
    if !trigger.exists() {
        let trigger = trigger.display();
        return Ok(Outcome::NotRun(format!("there is no `{trigger}`")));
    }
    let shop = Shop::storing_on(disk.path())?;
    let collector = shop.opens()?;
    let before = Crowd::comes(collector.address, VISITORS, 0)?;
    before.is_thanked(50)?;
    let before = before.leaves()?.thanked;
    let crowd = Crowd::comes(collector.address, VISITORS, 1 << 31)?;
    crowd.is_thanked(1)?;
    fs::write(trigger, "found by a test")?;
    crowd.is_refused(50)?;
    wait::until("readiness is red", || {
        Ok(collector.gets("/readyz")?.status == 503)
    })?;
    let alive = collector.gets("/healthz")?.status;
    ensure!(alive == 200, "alive is not ready: {alive}");
    let refused = shop.command(&[]).output()?;
    ensure!(!refused.status.success(), "a second one started");
    collector.is_killed()?;
    let heard = crowd.leaves()?;
    let is_only_503 = heard.refused.keys().all(|&status| status == 503);
    ensure!(is_only_503, "{:?}", heard.refused);
    let alone = shop.command(&[]).output()?;
    ensure!(alone.status.code() == Some(74), "it started: {alone:?}");

    disk.is_mended()?;
    let collector = shop.opens()?;
    let answer = collector.hears(&response(1 << 32))?;
    ensure!(answer.count("accepted") == 1, "{answer:?}");
    let ended = collector.stops()?;
    ensure!(ended.status.success(), "{ended:?}");
    let stored = Stored::read(shop.data())?;
    stored.holds_all(&before)?;
    stored.has_no_double()?;
    stored.is_readable()?;
    let is_lost = |number: &&u64| !stored.holds(**number);
    let lost_by_kernel = heard.thanked.iter().filter(is_lost).count();
    ensure!(lost_by_kernel <= VISITORS, "lost {lost_by_kernel}");
    Ok(Outcome::Held(ReadOnly {
        thanked: before.len(),
        lost_by_kernel,
        refused: heard.refused.values().sum(),
    }))
}

fn fill_one(name: &'static str, disk: &Path, times: u32) -> Result<Figures> {
    let ballast = disk.join("ballast");
    fs::write(&ballast, vec![7; BALLAST as usize])?;
    File::open(&ballast)?.sync_all()?;
    let shop = Shop::storing_on(disk)?;
    let collector = shop.opens()?;
    // Many events at once: else a busy machine takes minutes to fill it.
    let crowd = Crowd::comes_with(20, collector.address, 32, 0)?;
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
    ensure!(figures.slowest < times * REFUSED_WITHIN, "{figures:?}");
    ensure!(
        figures.resumed_after < times * RESUMED_WITHIN,
        "{figures:?}"
    );
    Ok(figures)
}

/// A mounted file system; unmounted when dropped.
struct Mounted {
    folder: TempDir,
    /// What it lies in, where that is a file.
    image: Option<NamedTempFile>,
}

impl Mounted {
    fn new(name: &str) -> Result<Outcome<Self>> {
        let image = match name {
            "tmpfs" => None,
            "ext4" => Some(NamedTempFile::new()?),
            _ => bail!("nobody knows how to make `{name}`"),
        };
        if let Some(image) = &image {
            image.as_file().set_len(16 << 20)?;
            let mut make = Command::new("mkfs.ext4");
            let made = make.args(["-q", "-F"]).arg(image.path()).status();
            ensure!(made.context("mkfs.ext4")?.success(), "{make:?} failed");
        }
        let folder = tempfile::tempdir()?;
        let tried = mount(folder.path(), image.as_ref())?;
        if tried.status.success() {
            return Ok(Outcome::Held(Self { folder, image }));
        }
        let why = String::from_utf8_lossy(&tried.stderr);
        Ok(Outcome::NotRun(format!("mounting {name}: {}", why.trim())))
    }

    fn path(&self) -> &Path {
        self.folder.path()
    }

    /// What is written to makes the kernel find a fault.
    fn trigger(&self) -> Result<PathBuf> {
        let mut find = Command::new("findmnt");
        let found = find
            .args(["-n", "-o", "SOURCE"])
            .arg(self.path())
            .output()?;
        let device = String::from_utf8(found.stdout)?;
        let device = device.trim().trim_start_matches("/dev/");
        Ok(Path::new("/sys/fs/ext4")
            .join(device)
            .join("trigger_fs_error"))
    }

    /// Unmounted, repaired and mounted again.
    fn is_mended(&mut self) -> Result<()> {
        let image = self.image.as_ref().context("nothing can be mended")?;
        let unmounted = Command::new("umount").arg(self.folder.path()).status()?;
        ensure!(unmounted.success(), "it is still in use");
        let mut mend = Command::new("e2fsck");
        let mended = mend.args(["-f", "-y"]).arg(image.path()).output()?;
        // 1 is: there were faults, and they are mended.
        let is_well = matches!(mended.status.code(), Some(0 | 1));
        ensure!(is_well, "{mended:?}");
        let mounted = mount(self.folder.path(), Some(image))?;
        ensure!(mounted.status.success(), "{mounted:?}");
        Ok(())
    }
}

fn mount(folder: &Path, image: Option<&NamedTempFile>) -> Result<Output> {
    let mut mount = Command::new("mount");
    match image {
        None => mount.args(["-t", "tmpfs", "-o", "size=4m", "tmpfs"]),
        Some(image) => mount
            .args(["-t", "ext4", "-o", "loop,errors=remount-ro"])
            .arg(image.path()),
    };
    Ok(mount.arg(folder).output()?)
}

impl Drop for Mounted {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg(self.path()).status();
    }
}
