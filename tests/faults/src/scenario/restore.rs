//! The machine is lost, and a backup is put back on another, by the very commands of `docs/operate.md`.

use crate::collector::Collector;
use crate::crowd::{Crowd, response};
use crate::guide;
use crate::scenario::keeping::Keeping;
use crate::shop::{Shop, binary};
use crate::stored::Stored;
use anyhow::{Context, Result, bail, ensure};
use fastrand::Rng;
use std::path::Path;
use std::process::Command;
use std::{env, fs};

const CROWD: usize = 16;

/// What it came to.
#[derive(Debug)]
pub struct Figures {
    /// Events acknowledged before the backup began, all restored.
    pub before: usize,
    /// Events acknowledged while it was taken.
    pub meanwhile: usize,
    /// Of those, how many it holds.
    pub caught: usize,
}

/// Backs up a collector that is busy and has compressed an older day, loses its machine, restores elsewhere.
///
/// # Errors
/// When an event acknowledged before the backup is lost, stands there twice or is not recognised.
pub fn elsewhere(events: u64) -> Result<Figures> {
    let shop = Shop::new()?;
    let before = busy(&shop, 0, events)?;
    Keeping::default().a_day_passes(shop.data(), &mut Rng::with_seed(0))?;
    let collector = shop.opens()?;
    let crowd = Crowd::comes(collector.address, CROWD, 1 << 32)?;
    crowd.is_thanked(events)?;
    let mut before = [before, crowd.leaves()?.thanked].concat();
    before.sort_unstable();

    let crowd = Crowd::comes(collector.address, CROWD, 1 << 33)?;
    crowd.is_thanked(1)?;
    give_a_hark(shop.folder())?;
    back_up(shop.folder())?;
    crowd.is_thanked(1)?;
    let meanwhile = crowd.leaves()?.thanked;
    collector.is_killed()?;

    let elsewhere = tempfile::tempdir()?;
    give_a_hark(elsewhere.path())?;
    fs::rename(
        shop.folder().join("backup"),
        elsewhere.path().join("backup"),
    )?;
    drop(shop);
    let collector = restore(elsewhere.path())?;
    let stored = Stored::read(&elsewhere.path().join("data"))?;
    stored.holds_all(&before).context("after a restore")?;
    stored.has_no_double()?;
    stored.is_readable()?;
    for &number in &before {
        let answer = collector.hears(&response(number))?;
        ensure!(
            answer.count("duplicates") == 1,
            "{number} is not recognised: {answer:?}"
        );
    }
    let answer = collector.hears(&response(1 << 34))?;
    ensure!(answer.count("accepted") == 1, "{answer:?}");
    Ok(Figures {
        before: before.len(),
        caught: meanwhile
            .iter()
            .filter(|&&number| stored.holds(number))
            .count(),
        meanwhile: meanwhile.len(),
    })
}

/// So many events, and the end of the process.
fn busy(shop: &Shop, first: u64, events: u64) -> Result<Vec<u64>> {
    let collector = shop.opens()?;
    let crowd = Crowd::comes(collector.address, CROWD, first)?;
    crowd.is_thanked(events)?;
    let heard = crowd.leaves()?;
    let ended = collector.stops()?;
    ensure!(ended.status.success(), "{ended:?}");
    Ok(heard.thanked)
}

/// The program under test under the name that people type.
fn give_a_hark(folder: &Path) -> Result<()> {
    fs::create_dir(folder.join("bin"))?;
    let program = fs::canonicalize(binary()).context("`cargo xtask build` builds the collector")?;
    Ok(std::os::unix::fs::symlink(
        program,
        folder.join("bin/hark"),
    )?)
}

/// Types the guide's lines, and types them again where the guide says so.
fn back_up(folder: &Path) -> Result<()> {
    let lines = guide::block("operate.md", "Backup", "sh backup")?;
    loop {
        match typed(&lines, folder)?.status()?.code() {
            Some(0) => return Ok(()),
            Some(24) => {}
            code => bail!("the backup ended with {code:?}: {lines}"),
        }
    }
}

/// Types the guide's lines, of which the last one serves.
fn restore(folder: &Path) -> Result<Collector> {
    let lines = guide::block("operate.md", "Restore", "sh restore")?;
    let (first, serve) = lines
        .trim_end()
        .rsplit_once('\n')
        .context("one line only")?;
    ensure!(serve == "hark serve", "the last line is `{serve}`");
    let status = typed(&format!("set -e\n{first}"), folder)?.status()?;
    ensure!(status.success(), "the restore ended with {status}: {first}");
    Collector::start(&mut typed(&format!("exec {serve}"), folder)?)
}

fn typed(lines: &str, folder: &Path) -> Result<Command> {
    let path = env::var_os("PATH").unwrap_or_default();
    let path = env::join_paths(
        [folder.join("bin")]
            .into_iter()
            .chain(env::split_paths(&path)),
    )?;
    let mut shell = Command::new("sh");
    shell
        .args(["-c", lines])
        .current_dir(folder)
        .env("PATH", path);
    for (name, _) in env::vars().filter(|(name, _)| name.starts_with("HARK_")) {
        shell.env_remove(name);
    }
    Ok(shell)
}
