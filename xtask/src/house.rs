//! The checkout: its folders, and the programs found in it or on `PATH`.

use std::{
    env,
    ffi::OsString,
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context, Result};

use crate::child;

/// The checkout this xtask was built from.
pub(crate) struct House {
    /// Its top folder.
    pub(crate) root: PathBuf,
}

impl House {
    /// Finds the checkout.
    pub(crate) fn here() -> Result<Self> {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"))
            .parent()
            .context("xtask has no folder above it")?;
        Ok(Self {
            root: root.to_owned(),
        })
    }

    /// Cargo's output; `CARGO_TARGET_DIR` is not asked, so that every path printed is true.
    pub(crate) fn target(&self) -> PathBuf {
        self.root.join("target")
    }

    /// Tools installed for this checkout alone.
    pub(crate) fn tools(&self) -> PathBuf {
        self.target().join("tools")
    }

    /// Where `npm ci` installs.
    pub(crate) fn node_tools(&self) -> PathBuf {
        self.tools().join("node")
    }

    /// The release widget, as the collector embeds it.
    pub(crate) fn dist(&self) -> PathBuf {
        self.root.join("dist")
    }

    /// The release collector.
    pub(crate) fn collector(&self) -> PathBuf {
        self.target().join("release/hark")
    }

    /// The cargo that runs us, in the top folder.
    pub(crate) fn cargo(&self) -> Command {
        let mut cargo = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
        cargo
            .current_dir(&self.root)
            .env("CARGO_TARGET_DIR", self.target());
        cargo
    }

    /// A tool of exactly this version: ours, or the one on `PATH`.
    pub(crate) fn tool(&self, name: &str, version: &str) -> Option<PathBuf> {
        let ours = self.tools().join("bin").join(name);
        if says_version(&ours, version) {
            return Some(ours);
        }
        on_path_exactly(name, version)
    }

    /// `PATH` with our tools in front.
    pub(crate) fn path_with_tools(&self) -> Result<OsString> {
        let ours = [
            self.tools().join("bin"),
            self.node_tools().join("node_modules/.bin"),
        ];
        let path = env::var_os("PATH").unwrap_or_default();
        Ok(env::join_paths(
            ours.into_iter().chain(env::split_paths(&path)),
        )?)
    }

    /// A path as one would type it in the top folder.
    pub(crate) fn short(&self, path: &Path) -> String {
        path.strip_prefix(&self.root)
            .unwrap_or(path)
            .display()
            .to_string()
    }

    /// The version of a crate in `Cargo.lock`.
    pub(crate) fn locked_version(&self, crate_name: &str) -> Result<String> {
        let lock = self.root.join("Cargo.lock");
        let text = fs::read_to_string(&lock)
            .with_context(|| format!("cannot read `{}`", lock.display()))?;
        text.split("[[package]]")
            .find_map(|package| {
                let rest = package
                    .split_once(&format!("name = \"{crate_name}\"\nversion = \""))?
                    .1;
                Some(rest.split_once('"')?.0.to_owned())
            })
            .with_context(|| format!("`Cargo.lock` names no crate `{crate_name}`"))
    }
}

/// Where a program is on `PATH`.
pub(crate) fn on_path(name: &str) -> Option<PathBuf> {
    env::split_paths(&env::var_os("PATH")?)
        .map(|folder| folder.join(name))
        .find(|file| file.is_file())
}

/// Where a program of exactly this version is on `PATH`.
pub(crate) fn on_path_exactly(name: &str, version: &str) -> Option<PathBuf> {
    on_path(name).filter(|tool| says_version(tool, version))
}

fn says_version(tool: &Path, version: &str) -> bool {
    tool.is_file()
        && child::read(Command::new(tool).arg("--version"))
            .is_ok_and(|said| said.split_whitespace().any(|word| word == version))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_locked_version_is_that_of_the_crate_of_this_very_name() {
        let folder = tempfile::tempdir().unwrap();
        let house = House {
            root: folder.path().to_owned(),
        };
        let package =
            |name, version| format!("[[package]]\nname = \"{name}\"\nversion = \"{version}\"\n\n");
        let lock = package("wasm-bindgen-shared", "1.0.0") + &package("wasm-bindgen", "0.2.130");
        fs::write(house.root.join("Cargo.lock"), lock).unwrap();
        assert_eq!(house.locked_version("wasm-bindgen").unwrap(), "0.2.130");
        assert!(house.locked_version("wasm").is_err());
    }
}
