//! A shop's folder: settings, one survey, a loader to serve, and where its lines go.

use crate::collector::Collector;
use anyhow::Result;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};
use tempfile::TempDir;

const SETTINGS: &str = "listen = \"127.0.0.1:0\"\n\n[[site]]\nkey = \"demo\"\n\
                        origins = [\"https://shop.example\"]\n";
const SURVEY: &str = "metric = \"ces\"\nstatus = \"live\"\n";

/// Everything a collector needs, in a folder of its own.
pub struct Shop {
    folder: TempDir,
    data: PathBuf,
}

impl Shop {
    /// A shop that keeps its lines beside its settings.
    ///
    /// # Errors
    /// When the folder cannot be made.
    pub fn new() -> Result<Self> {
        let folder = tempfile::tempdir()?;
        let data = folder.path().join("data");
        Self::furnish(folder, data)
    }

    /// A shop that keeps its lines in `data` under this folder, which may be a disk of ours.
    ///
    /// # Errors
    /// When its own folder cannot be made.
    pub fn storing_on(disk: &Path) -> Result<Self> {
        Self::furnish(tempfile::tempdir()?, disk.join("data"))
    }

    fn furnish(folder: TempDir, data: PathBuf) -> Result<Self> {
        let path = |name: &str| folder.path().join(name);
        fs::create_dir(path("surveys"))?;
        fs::create_dir(path("dist"))?;
        fs::write(path("hark.toml"), SETTINGS)?;
        fs::write(path("surveys/checkout-effort.toml"), SURVEY)?;
        // Long enough that a few of them fill every buffer between a server and a client who does not read.
        let loader = "console.log('the loader');".repeat(10_000);
        fs::write(path("dist/hark.js"), loader)?;
        Ok(Self { folder, data })
    }

    /// Its own folder, with `hark.toml` and `surveys`.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// Where its lines go.
    pub fn data(&self) -> &Path {
        &self.data
    }

    /// Adds to its settings.
    ///
    /// # Errors
    /// When they cannot be written.
    pub fn sets(&self, more: &str) -> Result<()> {
        let settings = format!("{more}\n{SETTINGS}");
        Ok(fs::write(self.folder.path().join("hark.toml"), settings)?)
    }

    /// Starts its collector and waits until it listens.
    ///
    /// # Errors
    /// When it ends before it listens.
    pub fn opens(&self) -> Result<Collector> {
        self.opens_through(&[])
    }

    /// The same through another program, such as `["strace", "-f"]`.
    ///
    /// # Errors
    /// When it ends before it listens.
    pub fn opens_through(&self, through: &[&str]) -> Result<Collector> {
        Collector::start(&mut self.command(through))
    }

    /// How its collector is started.
    #[must_use]
    pub fn command(&self, through: &[&str]) -> Command {
        let hark = binary();
        let words: Vec<&OsStr> = through
            .iter()
            .map(OsStr::new)
            .chain([hark.as_os_str()])
            .collect();
        let mut command = self.run(words[0]);
        command
            .args(&words[1..])
            .args(["serve", "--assets", "dist", "--data"])
            .arg(&self.data);
        command
    }

    /// `hark` with these arguments, in the shop's folder.
    #[must_use]
    pub fn hark(&self, arguments: &[&str]) -> Command {
        let mut command = self.run(binary().as_os_str());
        command.args(arguments);
        command
    }

    /// A program in the shop's folder, free of the tester's environment.
    fn run(&self, program: &OsStr) -> Command {
        let mut command = Command::new(program);
        command.current_dir(self.folder.path());
        for (name, _) in env::vars().filter(|(name, _)| name.starts_with("HARK_")) {
            command.env_remove(name);
        }
        command
    }
}

/// The release build, unless `HARK_BIN` names another.
pub(crate) fn binary() -> PathBuf {
    let release = concat!(env!("CARGO_MANIFEST_DIR"), "/../../target/release/hark");
    env::var_os("HARK_BIN").map_or_else(|| release.into(), PathBuf::from)
}
