//! wasm-opt: the same module in fewer bytes, and the glue that fits it.

use std::{fs, path::PathBuf, process::Command};

use anyhow::Result;

use super::{
    glue,
    shorten::{self, Names},
    stamp, wasm,
};
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

/// The second tier beside the glue it imports from; bundled, nothing stays that it does not call.
pub(super) fn entry(house: &House) -> PathBuf {
    wasm::folder(house).join("begin.js")
}

/// The step.
pub(super) struct Optimise;

impl Step for Optimise {
    fn name(&self) -> String {
        "wasm-opt".into()
    }

    fn usually(&self) -> &'static str {
        "usually 10 s"
    }

    fn found(&self, house: &House) -> Result<Option<String>> {
        stamp::found(house)
    }

    fn make(&self, house: &House) -> Result<()> {
        let file = |name| wasm::folder(house).join(name);
        let tool = |name| Command::new(NodeTools::program(house, name));
        let text = child::read(
            tool("wasm-dis")
                .args(FEATURES)
                .arg(glue::folder(house).join("hark_bg.wasm")),
        )?;
        fs::write(file("hark.wat"), shorten::module(&text))?;
        let names = child::read(
            tool("wasm-opt")
                .arg(file("hark.wat"))
                // Rust keeps nothing in the first kilobyte, which lets addresses be written shorter.
                .args(["-Oz", "--low-memory-unused", "-Oz"])
                // Longer ones are no shorter inside of their only caller, and compress worse there.
                .arg("--one-caller-inline-max-function-size=60")
                .args(["--strip-debug", "--strip-producers"])
                .args(["--strip-target-features", "--minify-imports-and-exports"])
                .args(FEATURES)
                .arg("--output")
                .arg(optimised(house)),
        )?;
        let script = fs::read_to_string(glue::folder(house).join("hark.js"))?;
        let script = shorten::glue(&script, &Names::read(&names)?)?;
        fs::write(file("glue.js"), script)?;
        fs::copy(house.root.join("widget/begin.js"), entry(house))?;
        Ok(())
    }

    fn remedy(&self) -> &'static str {
        "delete `target/tools/node` and run `cargo xtask setup`"
    }
}
