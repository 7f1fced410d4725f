//! Programs from PyPI, by pip, exactly as `xtask/python/*.txt` pins them, each list in an environment of its own.

use std::{fs, path::PathBuf, process::Command};

use anyhow::{Context, Result};

use super::apt;
use crate::{child, house::House, step::Step};

/// What was installed from: a copy beside it.
const INSTALLED: &str = "installed.txt";

/// A Python environment.
pub(crate) struct Python {
    /// Its list, and its folder under `target/tools`.
    list: &'static str,
    name: &'static str,
    usually: &'static str,
}

impl Python {
    /// DuckDB: the second opinion on every export and the rival of every report.
    pub(crate) const fn duckdb() -> Self {
        Self {
            list: "duckdb",
            name: "DuckDB",
            usually: "installing from PyPI, usually 15 s",
        }
    }

    /// ClickHouse's engine and Polars, for the recipes of the guide.
    pub(crate) const fn engines() -> Self {
        Self {
            list: "engines",
            name: "ClickHouse, Polars",
            usually: "installing 240 MB from PyPI, usually 30 s",
        }
    }

    /// Schemathesis, which sends what an OpenAPI document allows and what it forbids.
    pub(crate) const fn schemathesis() -> Self {
        Self {
            list: "schemathesis",
            name: "schemathesis",
            usually: "installing from PyPI, usually 15 s",
        }
    }

    /// One of its programs, such as `python`.
    pub(crate) fn program(&self, house: &House, name: &str) -> PathBuf {
        self.folder(house).join("bin").join(name)
    }

    fn folder(&self, house: &House) -> PathBuf {
        house.tools().join(self.list)
    }

    fn pinned(&self, house: &House) -> PathBuf {
        house
            .root
            .join("xtask/python")
            .join(self.list)
            .with_extension("txt")
    }
}

impl Step for Python {
    fn name(&self) -> String {
        self.name.into()
    }

    fn usually(&self) -> &'static str {
        self.usually
    }

    fn found(&self, house: &House) -> Result<Option<String>> {
        let pinned = self.pinned(house);
        let pinned =
            fs::read(&pinned).with_context(|| format!("cannot read `{}`", pinned.display()))?;
        let folder = self.folder(house);
        let installed = fs::read(folder.join(INSTALLED)).unwrap_or_default();
        Ok((installed == pinned).then(|| house.short(&folder)))
    }

    fn make(&self, house: &House) -> Result<()> {
        let folder = self.folder(house);
        let environment = || {
            let mut python = Command::new("python3");
            child::run(python.args(["-m", "venv", "--clear"]).arg(&folder))
        };
        // Debian's Python comes without what makes environments.
        if environment().is_err() {
            apt::install(&["python3-venv"])?;
            environment()?;
        }
        let pinned = self.pinned(house);
        child::run(
            Command::new(self.program(house, "python"))
                .args(["-m", "pip", "install", "--quiet", "--no-compile"])
                // The lists are complete; what else these packages ask for is not needed here.
                .args(["--disable-pip-version-check", "--no-deps", "--requirement"])
                .arg(&pinned),
        )?;
        // Last, so that half an installation is none.
        fs::copy(pinned, folder.join(INSTALLED))?;
        Ok(())
    }

    fn remedy(&self) -> &'static str {
        "install Python 3 with venv and pip, and make sure that PyPI can be reached, then run this again"
    }
}
