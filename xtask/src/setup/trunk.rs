//! Trunk, of the one version that `Trunk.toml` is written for.

use std::path::PathBuf;

use anyhow::Result;

use crate::{child, house::House, step::Step};

const VERSION: &str = "0.21.14";

/// The program that serves the demo shop while one works on the widget.
pub(crate) struct Trunk;

impl Trunk {
    /// Where it is.
    pub(crate) fn find(house: &House) -> Option<PathBuf> {
        house.tool("trunk", VERSION)
    }
}

impl Step for Trunk {
    fn name(&self) -> String {
        format!("trunk {VERSION}")
    }

    fn usually(&self) -> &'static str {
        "compiling, usually 4 min"
    }

    fn found(&self, house: &House) -> Result<Option<String>> {
        Ok(Self::find(house).map(|tool| house.short(&tool)))
    }

    fn make(&self, house: &House) -> Result<()> {
        child::run(
            house
                .cargo()
                .args([
                    "install",
                    "trunk",
                    "--version",
                    VERSION,
                    "--locked",
                    "--force",
                ])
                // Without TLS, of use only for what it downloads; here it downloads nothing.
                .arg("--no-default-features")
                .arg("--root")
                .arg(house.tools())
                // It runs for seconds: minutes of optimising would never be earned back.
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
