//! wasm-bindgen: its version must be the library's, to the last digit, so both come from `Cargo.lock`.

use std::{env::consts::EXE_SUFFIX, fs, path::PathBuf};

use anyhow::{Context, Result};

use crate::{
    child,
    house::{House, on_path_exactly},
    step::Step,
};

const PROGRAM: &str = "wasm-bindgen";

/// Ours, and what it was built from: another text is another program of the same version.
const SOURCE: &str = include_str!("../bindgen.rs");

fn source_copy(house: &House) -> PathBuf {
    house.tools().join("bindgen.rs")
}

/// The program that turns a compiled module into one for browsers.
pub(crate) struct WasmBindgen {
    version: String,
}

impl WasmBindgen {
    /// Of the version in `Cargo.lock`.
    pub(crate) fn locked(house: &House) -> Result<Self> {
        let version = house.locked_version(PROGRAM)?;
        Ok(Self { version })
    }

    /// Where it is.
    pub(crate) fn find(&self, house: &House) -> Option<PathBuf> {
        let built_from = fs::read_to_string(source_copy(house)).unwrap_or_default();
        if built_from == SOURCE {
            house.tool(PROGRAM, &self.version)
        } else {
            on_path_exactly(PROGRAM, &self.version)
        }
    }
}

impl Step for WasmBindgen {
    fn name(&self) -> String {
        format!("{PROGRAM} {}", self.version)
    }

    fn usually(&self) -> &'static str {
        "compiling, usually 1 min"
    }

    fn found(&self, house: &House) -> Result<Option<String>> {
        Ok(self.find(house).map(|tool| house.short(&tool)))
    }

    fn make(&self, house: &House) -> Result<()> {
        child::run(
            house
                .cargo()
                .args(["build", "--locked", "--package", "xtask"])
                .args(["--features", "bindgen", "--bin", "bindgen"]),
        )?;
        let tools = house.tools().join("bin");
        fs::create_dir_all(&tools)?;
        let tool = tools.join(format!("{PROGRAM}{EXE_SUFFIX}"));
        // Removed first: a program that runs cannot be written over.
        let _ = fs::remove_file(&tool);
        let built = house
            .target()
            .join("debug")
            .join(format!("bindgen{EXE_SUFFIX}"));
        fs::copy(built, tool).context("cannot copy `wasm-bindgen` into `target/tools/bin`")?;
        Ok(fs::write(source_copy(house), SOURCE)?)
    }

    fn remedy(&self) -> &'static str {
        "see what cargo said above; it needs crates.io and a C compiler (`apt-get install gcc`)"
    }
}
