//! The machine is lost, and a backup is put back on another, by the very commands of `docs/operate.md`.

use crate::collector::Collector;
use crate::crowd::{Crowd, response};
use crate::guide;
use crate::scenario::keeping::Keeping;
use crate::shop::{Shop, binary};
use crate::stored::Stored;
use anyhow::{Context, Result, bail, ensure};
use std::fs::Permissions;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::Path;
use std::process::Command;
use std::{env, fs};

const CROWD: usize = 16;

/// `docker run --rm -v OUTSIDE:INSIDE -v OUTSIDE:INSIDE IMAGE sh -ec LINES`: the lines, outside.
const DOCKER: &str = r#"#!/bin/sh -e
lines=${10}
for mount in "$4" "$6"; do
    outside=${mount%%:*} inside=${mount#*:}
    [ "$outside" != hark ] || outside=$PWD/volume
    lines=$(printf %s "$lines" | sed "s|${inside%:ro}\b|$outside|g")
done
mkdir -p volume
exec sh -ec "$lines"
"#;

/// How the collector is installed, and so how it is backed up.
#[derive(Clone, Copy, Debug)]
pub enum Installed {
    /// Everything in the folder it is started in.
    InOneFolder,
    /// By the unit of systemd. Folders of the test stand for `/etc/hark` and `/var/lib/hark`.
    AsService,
    /// In a container with a volume. What would be typed in another container is typed here, with folders of the
    /// test in place of what is mounted: no Docker is wanted.
    InContainer,
}

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
pub fn elsewhere(installed: Installed, events: u64) -> Result<Figures> {
    let shop = Shop::new()?;
    let before = busy(&shop, 0, events)?;
    Keeping::default().a_day_passes(&shop)?;
    let collector = shop.opens()?;
    let crowd = Crowd::comes(collector.address, CROWD, 1 << 32)?;
    crowd.is_thanked(events)?;
    let mut before = [before, crowd.leaves()?.thanked].concat();
    before.sort_unstable();

    let crowd = Crowd::comes(collector.address, CROWD, 1 << 33)?;
    crowd.is_thanked(1)?;
    give_a_hark(shop.folder())?;
    installed.prepare(&shop)?;
    back_up(installed, shop.folder())?;
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
    let collector = restore(installed, elsewhere.path())?;
    let stored = Stored::read(&elsewhere.path().join(installed.data()))?;
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
    symlink(program, folder.join("bin/hark"))?;
    let docker = folder.join("bin/docker");
    fs::write(&docker, DOCKER)?;
    Ok(fs::set_permissions(docker, Permissions::from_mode(0o755))?)
}

impl Installed {
    /// Where its lines are, in the folder of the test.
    const fn data(self) -> &'static str {
        match self {
            Self::InOneFolder => "data",
            Self::AsService => "var/lib/hark",
            Self::InContainer => "volume",
        }
    }

    /// The guide's lines, with folders of the test in place of those of a machine.
    fn lines(self, what: &str) -> Result<String> {
        let (heading, kind) = match self {
            Self::InOneFolder if what == "backup" => ("Backup", String::from(what)),
            Self::InOneFolder => ("Restore", String::from(what)),
            Self::AsService => ("Of the service", format!("{what} service")),
            Self::InContainer => ("Of the container", format!("{what} container")),
        };
        let lines = guide::block("operate.md", heading, &format!("sh {kind}"))?;
        Ok(here(&lines))
    }

    /// Has settings and lines lie where they do when it is installed so.
    fn prepare(self, shop: &Shop) -> Result<()> {
        let folder = shop.folder();
        if matches!(self, Self::InOneFolder) {
            return Ok(());
        }
        // A link, as it is with systemd.
        let data = folder.join(self.data());
        fs::create_dir_all(data.parent().context("a folder above")?)?;
        symlink(shop.data(), data)?;
        if matches!(self, Self::AsService) {
            let etc = folder.join("etc/hark");
            fs::create_dir_all(etc.join("surveys"))?;
            for file in ["hark.toml", "surveys/checkout-effort.toml"] {
                fs::copy(folder.join(file), etc.join(file))?;
            }
        }
        Ok(())
    }

    /// What serves from what was restored, where the last line of the guide does not say it so.
    fn start(self, last: &str) -> Result<String> {
        Ok(match self {
            Self::InOneFolder => {
                ensure!(last == "hark serve", "the last line is `{last}`");
                last.to_owned()
            }
            Self::AsService => {
                ensure!(last == "systemctl start hark", "the last line is `{last}`");
                let unit = concat!(env!("CARGO_MANIFEST_DIR"), "/../../deploy/hark.service");
                let unit = fs::read_to_string(unit)?;
                let mut lines = unit.lines();
                let start = lines.find_map(|line| line.strip_prefix("ExecStart=/usr/local/bin/"));
                here(start.context("the unit starts nothing")?)
            }
            Self::InContainer => "hark serve --data volume".to_owned(),
        })
    }
}

/// With folders of the test in place of those of a machine.
fn here(lines: &str) -> String {
    lines
        .replace("/etc/hark", "etc/hark")
        .replace("/var/lib/hark", "var/lib/hark")
}

/// Types the guide's lines, and types them again where the guide says so.
fn back_up(installed: Installed, folder: &Path) -> Result<()> {
    let lines = format!("set -e\n{}", installed.lines("backup")?);
    loop {
        match typed(&lines, folder)?.status()?.code() {
            Some(0) => return Ok(()),
            Some(24) => {}
            // Of `cp`: it says no more.
            Some(1) if matches!(installed, Installed::InContainer) => {}
            code => bail!("the backup ended with {code:?}: {lines}"),
        }
    }
}

/// Types the guide's lines, of which the last one serves.
fn restore(installed: Installed, folder: &Path) -> Result<Collector> {
    let above = folder.join(installed.data());
    fs::create_dir_all(above.parent().context("a folder above")?)?;
    fs::create_dir_all(folder.join("etc"))?;
    let lines = installed.lines("restore")?;
    let (first, last) = lines
        .trim_end()
        .rsplit_once('\n')
        .context("one line only")?;
    let serve = installed.start(last)?;
    let first = match installed {
        Installed::InContainer => lines.trim_end(),
        Installed::InOneFolder | Installed::AsService => first,
    };
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
