//! DuckDB, the second opinion on every export and the rival of every report: from PyPI, by pip.

use std::{path::PathBuf, process::Command};

use anyhow::Result;

use super::apt;
use crate::{child, house::House, step::Step};

/// The release that tests and measurements were written with.
const VERSION: &str = "2.0.1";

/// DuckDB in a Python environment of its own.
pub(crate) struct DuckDb;

impl DuckDb {
    /// The Python that can `import duckdb`.
    pub(crate) fn python(house: &House) -> PathBuf {
        house.tools().join("duckdb/bin/python")
    }
}

impl Step for DuckDb {
    fn name(&self) -> String {
        format!("DuckDB {VERSION}")
    }

    fn usually(&self) -> &'static str {
        "installing from PyPI, usually 15 s"
    }

    fn found(&self, house: &House) -> Result<Option<String>> {
        let python = Self::python(house);
        let ask = ["-c", "import duckdb; print(duckdb.__version__)"];
        let version = child::read(Command::new(&python).args(ask)).unwrap_or_default();
        Ok((version == VERSION).then(|| house.short(&python)))
    }

    fn make(&self, house: &House) -> Result<()> {
        let folder = house.tools().join("duckdb");
        let make = || child::run(python3().args(["-m", "venv", "--clear"]).arg(&folder));
        // Debian's Python comes without what makes environments.
        if make().is_err() {
            apt::install(&["python3-venv"])?;
            make()?;
        }
        let package = format!("duckdb=={VERSION}");
        child::run(
            Command::new(Self::python(house))
                .args([
                    "-m",
                    "pip",
                    "install",
                    "--quiet",
                    "--disable-pip-version-check",
                ])
                .arg(package),
        )
    }

    fn remedy(&self) -> &'static str {
        "install Python 3 with venv and pip, and make sure that PyPI can be reached, then run this again"
    }
}

fn python3() -> Command {
    Command::new("python3")
}
