//! The widget, compiled: with its own standard library, in which a panic is one instruction.

use std::path::PathBuf;

use anyhow::{Context, Result};

use crate::{child, house::House, link, setup::Toolchain, step::Step};

/// The folder of everything the widget's build leaves behind.
pub(super) fn folder(house: &House) -> PathBuf {
    house.target().join("wasm")
}

/// What cargo makes of the widget.
pub(super) fn compiled(house: &House) -> PathBuf {
    folder(house).join("wasm32-unknown-unknown/wasm/hark_widget.wasm")
}

/// The step.
pub(super) struct Compile;

impl Step for Compile {
    fn name(&self) -> String {
        "widget for Wasm".into()
    }

    fn usually(&self) -> &'static str {
        "compiling, usually 3 min from nothing, 1 min after a change"
    }

    fn make(&self, house: &House) -> Result<()> {
        let toolchain = Toolchain::find().context("there is no Wasm target")?;
        let mut cargo = house.cargo();
        toolchain.apply(&mut cargo);
        link::stand_in(&mut cargo, &toolchain.linker()?)?;
        cargo
            .args([
                "build",
                "--locked",
                "--package",
                "hark-widget",
                "--profile",
                "wasm",
            ])
            .args([
                "--target",
                "wasm32-unknown-unknown",
                "-Zbuild-std=std,panic_abort",
            ])
            // Unstable on the stable compiler, for this one build: a quarter fewer bytes.
            .env("RUSTC_BOOTSTRAP", "1")
            .env(
                "RUSTFLAGS",
                "-Zunstable-options -Cpanic=immediate-abort -Clinker-flavor=wasm-lld",
            )
            .env("CARGO_TARGET_DIR", folder(house));
        child::run(&mut cargo)
    }

    fn remedy(&self) -> &'static str {
        "fix what the compiler names above; \
         if it misses the target or `std`, run `cargo xtask setup`"
    }
}
