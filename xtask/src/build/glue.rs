//! wasm-bindgen: the compiled widget becomes a module for browsers and the script that starts it.

use std::{path::PathBuf, process::Command};

use anyhow::{Context, Result};

use super::{stamp, wasm};
use crate::{child, house::House, setup::WasmBindgen, step::Step};

/// What wasm-bindgen leaves: `hark.js` and `hark_bg.wasm`.
pub(super) fn folder(house: &House) -> PathBuf {
    wasm::folder(house).join("bindgen")
}

/// The step.
pub(super) struct Glue;

impl Step for Glue {
    fn name(&self) -> String {
        "wasm-bindgen".into()
    }

    fn usually(&self) -> &'static str {
        "usually 2 s"
    }

    fn found(&self, house: &House) -> Result<Option<String>> {
        stamp::found(house)
    }

    fn make(&self, house: &House) -> Result<()> {
        let tool = WasmBindgen::locked(house)?.find(house);
        let tool = tool.context("there is no wasm-bindgen of the locked version")?;
        child::run(
            Command::new(tool)
                .args(["--target", "web", "--no-typescript", "--out-name", "hark"])
                .args(["--remove-name-section", "--remove-producers-section"])
                .arg("--omit-default-module-path")
                .arg("--out-dir")
                .arg(folder(house))
                .arg(wasm::compiled(house)),
        )
    }

    fn remedy(&self) -> &'static str {
        "run `cargo xtask setup`; it installs wasm-bindgen of the version in `Cargo.lock`"
    }
}
