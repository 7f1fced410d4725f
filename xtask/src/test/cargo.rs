//! The checks that are one cargo command each.

use anyhow::Result;

use crate::{child, house::House, setup::Toolchain, step::Step};

/// A cargo command as a step.
pub(super) struct Cargo {
    name: &'static str,
    usually: &'static str,
    arguments: &'static [&'static str],
    remedy: &'static str,
}

impl Cargo {
    /// Every file is laid out as rustfmt does it.
    pub(super) fn format() -> Self {
        Self {
            name: "rustfmt",
            usually: "usually 1 s",
            arguments: &["fmt", "--all", "--check"],
            remedy: "run `cargo fmt --all`",
        }
    }

    /// Clippy has nothing to say of what runs on the machine itself.
    pub(super) fn lints() -> Self {
        Self {
            name: "clippy",
            usually: "usually 2 min from nothing, 10 s after a change",
            arguments: &[
                "clippy",
                "--locked",
                "--workspace",
                "--exclude",
                "hark-widget",
                "--all-targets",
                "--",
                "--deny",
                "warnings",
            ],
            remedy: "mend what clippy names above",
        }
    }
}

impl Step for Cargo {
    fn name(&self) -> String {
        self.name.into()
    }

    fn usually(&self) -> &'static str {
        self.usually
    }

    fn make(&self, house: &House) -> Result<()> {
        child::run(house.cargo().args(self.arguments))
    }

    fn remedy(&self) -> &'static str {
        self.remedy
    }
}

/// Clippy has nothing to say of the widget.
pub(super) struct WidgetLints;

impl Step for WidgetLints {
    fn name(&self) -> String {
        "clippy for the widget".into()
    }

    fn usually(&self) -> &'static str {
        "usually 1 min from nothing, 5 s after a change"
    }

    fn make(&self, house: &House) -> Result<()> {
        let mut cargo = house.cargo();
        cargo.args(["clippy", "--locked", "--package", "hark-widget"]);
        // Else as a native library: Debian's compiler for Wasm comes without a clippy of its version.
        if Toolchain::find() == Some(Toolchain::InUse) {
            cargo.args(["--target", "wasm32-unknown-unknown"]);
        }
        child::run(cargo.args(["--", "--deny", "warnings"]))
    }

    fn remedy(&self) -> &'static str {
        "mend what clippy names above"
    }
}

/// The fuzz targets compile against the code of today: they are a workspace of their own, and else nobody
/// would notice before the next `cargo xtask fuzz`.
///
/// The usual compiler does for that; only running them takes an unstable flag.
pub(super) struct FuzzTargets;

impl Step for FuzzTargets {
    fn name(&self) -> String {
        "cargo check for the fuzz targets".into()
    }

    fn usually(&self) -> &'static str {
        "usually 1 min from nothing, 5 s after a change"
    }

    fn make(&self, house: &House) -> Result<()> {
        let manifest = house.root.join("fuzz/Cargo.toml");
        let target = house.root.join("target/fuzz-check");
        let mut cargo = house.cargo();
        cargo
            .args(["check", "--quiet", "--locked", "--manifest-path"])
            .arg(&manifest)
            .arg("--target-dir")
            .arg(target)
            // Nothing is linked, so that the fuzzer's own C++ need not be compiled.
            .env("CUSTOM_LIBFUZZER_PATH", manifest);
        child::run(&mut cargo)
    }

    fn remedy(&self) -> &'static str {
        "mend what the compiler names above"
    }
}
