//! geckodriver, which Debian has no package of: compiled from crates.io.

use std::path::PathBuf;

use anyhow::Result;

use crate::{child, house::House, step::Step};

const VERSION: &str = "0.37.1";

/// The program that drives Firefox.
pub(crate) struct Geckodriver;

impl Geckodriver {
    /// Where it is.
    pub(crate) fn find(house: &House) -> Option<PathBuf> {
        house.tool("geckodriver", VERSION)
    }
}

impl Step for Geckodriver {
    fn name(&self) -> String {
        format!("geckodriver {VERSION}")
    }

    fn usually(&self) -> &'static str {
        "compiling, usually 2 min"
    }

    fn found(&self, house: &House) -> Result<Option<String>> {
        Ok(Self::find(house).map(|tool| house.short(&tool)))
    }

    fn make(&self, house: &House) -> Result<()> {
        child::run(
            house
                .cargo()
                .args(["install", "geckodriver", "--version", VERSION])
                .args(["--locked", "--force", "--root"])
                .arg(house.tools())
                // It passes messages on: minutes of optimising would never be earned back.
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
