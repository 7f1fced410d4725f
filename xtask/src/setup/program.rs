//! Programs that are compiled from crates.io, each of exactly one version.

use std::path::PathBuf;

use anyhow::Result;

use crate::{child, house::House, step::Step};

/// A program of crates.io, installed for this checkout alone.
pub(crate) struct Program {
    name: &'static str,
    version: &'static str,
    usually: &'static str,
    features: &'static [&'static str],
}

impl Program {
    /// Serves the demo shop while one works on the widget; `Trunk.toml` is written for this version.
    /// Without TLS, of use only for what it downloads: here it downloads nothing.
    pub(crate) const TRUNK: Self = Self {
        name: "trunk",
        version: "0.21.14",
        usually: "compiling, usually 4 min",
        features: &["--no-default-features"],
    };

    /// Drives Firefox; Debian has no package of it.
    pub(crate) const GECKODRIVER: Self = Self {
        name: "geckodriver",
        version: "0.37.1",
        usually: "compiling, usually 2 min",
        features: &[],
    };

    /// Builds and runs the fuzz targets.
    pub(crate) const CARGO_FUZZ: Self = Self {
        name: "cargo-fuzz",
        version: "0.13.2",
        usually: "compiling, usually 1 min",
        features: &[],
    };

    /// Where it is.
    pub(crate) fn find(&self, house: &House) -> Option<PathBuf> {
        house.tool(self.name, self.version)
    }
}

impl Step for Program {
    fn name(&self) -> String {
        format!("{} {}", self.name, self.version)
    }

    fn usually(&self) -> &'static str {
        self.usually
    }

    fn found(&self, house: &House) -> Result<Option<String>> {
        Ok(self.find(house).map(|tool| house.short(&tool)))
    }

    fn make(&self, house: &House) -> Result<()> {
        child::run(
            house
                .cargo()
                .args(["install", self.name, "--version", self.version])
                .args(["--locked", "--force"])
                .args(self.features)
                .arg("--root")
                .arg(house.tools())
                // It hands on to others what takes long: minutes of optimising would never be earned back.
                .env("CARGO_PROFILE_RELEASE_OPT_LEVEL", "0")
                .env("CARGO_PROFILE_RELEASE_LTO", "off")
                .env("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16")
                .env_remove("CARGO_TARGET_DIR"),
        )
    }

    fn remedy(&self) -> &'static str {
        "see what cargo said above; it needs crates.io and a C compiler (`apt-get install gcc`)"
    }
}
