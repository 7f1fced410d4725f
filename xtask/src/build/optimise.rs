//! wasm-opt: the same module in fewer bytes.

use std::{path::PathBuf, process::Command};

use anyhow::Result;

use super::{glue, stamp, wasm};
use crate::{child, house::House, setup::NodeTools, step::Step};

/// What every browser of the last years loads, by name: "all features" would mean types that none does.
const FEATURES: [&str; 7] = [
    "--enable-bulk-memory",
    "--enable-bulk-memory-opt",
    "--enable-multivalue",
    "--enable-mutable-globals",
    "--enable-nontrapping-float-to-int",
    "--enable-reference-types",
    "--enable-sign-ext",
];

/// The module after wasm-opt.
pub(super) fn optimised(house: &House) -> PathBuf {
    wasm::folder(house).join("hark.wasm")
}

/// The step.
pub(super) struct Optimise;

impl Step for Optimise {
    fn name(&self) -> String {
        "wasm-opt".into()
    }

    fn usually(&self) -> &'static str {
        "usually 5 s"
    }

    fn found(&self, house: &House) -> Result<Option<String>> {
        stamp::found(house)
    }

    fn make(&self, house: &House) -> Result<()> {
        child::run(
            Command::new(NodeTools::program(house, "wasm-opt"))
                .args([
                    "-Oz",
                    "--strip-debug",
                    "--strip-producers",
                    "--strip-target-features",
                ])
                .args(FEATURES)
                .arg(glue::folder(house).join("hark_bg.wasm"))
                .arg("--output")
                .arg(optimised(house)),
        )
    }

    fn remedy(&self) -> &'static str {
        "delete `target/tools/node` and run `cargo xtask setup`"
    }
}
