//! A compiler for Wasm with the standard library's source: the toolchain in use, completed by
//! rustup; or Debian's, where there is no rustup or it cannot download.

use std::{
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context, Result, ensure};

use super::apt;
use crate::{
    child,
    house::{House, on_path},
    step::{Step, say},
};

const TARGET: &str = "wasm32-unknown-unknown";
const DEBIAN_RUSTC: &str = "/usr/bin/rustc";
const DEBIAN_LINKER: &str = "/usr/bin/wasm-ld-22";
const DEBIAN_PACKAGES: [&str; 3] = ["rustc-web", "rust-web-src", "lld-22"];

/// Which compiler builds for Wasm.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Toolchain {
    /// The one that builds everything else.
    InUse,
    /// Debian's, with no compiled standard library: it is always built along.
    Debian,
}

impl Toolchain {
    /// The first that is complete.
    pub(crate) fn find() -> Option<Self> {
        if rustc_in_use().is_some_and(|sysroot| has_target(&sysroot) && has_source(&sysroot)) {
            return Some(Self::InUse);
        }
        let debian = Path::new(DEBIAN_RUSTC).is_file()
            && Path::new(DEBIAN_LINKER).is_file()
            && has_source(Path::new("/usr"));
        debian.then_some(Self::Debian)
    }

    /// Makes a cargo command use it.
    pub(crate) fn apply(self, cargo: &mut Command) {
        if self == Self::Debian {
            cargo
                .env("RUSTC", DEBIAN_RUSTC)
                .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER", DEBIAN_LINKER)
                .env("RUSTC_BOOTSTRAP", "1")
                .env("CARGO_UNSTABLE_BUILD_STD", "std,panic_abort");
        }
    }

    /// Its linker for Wasm.
    pub(crate) fn linker(self) -> Result<PathBuf> {
        if self == Self::Debian {
            return Ok(PathBuf::from(DEBIAN_LINKER));
        }
        let sysroot = rustc_in_use().context("cannot ask rustc for its folder")?;
        let hosts = sysroot.join("lib/rustlib").read_dir()?.flatten();
        let mut linkers = hosts.map(|host| host.path().join("bin/rust-lld"));
        linkers
            .find(|linker| linker.is_file())
            .context("the toolchain in use has no `rust-lld`")
    }

    fn describe(self) -> String {
        match self {
            Self::InUse => "the toolchain in use".into(),
            Self::Debian => "Debian's rustc-web".into(),
        }
    }
}

/// The Wasm target and the standard library's source.
pub(crate) struct WasmTarget;

impl Step for WasmTarget {
    fn name(&self) -> String {
        "Wasm target".into()
    }

    fn usually(&self) -> &'static str {
        "installing, usually 10 s with rustup, 30 s from Debian"
    }

    fn found(&self, _: &House) -> Result<Option<String>> {
        Ok(Toolchain::find().map(Toolchain::describe))
    }

    fn make(&self, _: &House) -> Result<()> {
        if let Err(error) = ask_rustup() {
            say(&format!("{error:#}; taking Debian's compiler instead"));
            apt::install(&DEBIAN_PACKAGES)?;
        }
        let toolchain = Toolchain::find()
            .context("installed, but the target or the library's source is not where it belongs")?;
        say(&format!(
            "Wasm will be compiled by {}",
            toolchain.describe()
        ));
        Ok(())
    }

    fn remedy(&self) -> &'static str {
        "run `rustup target add wasm32-unknown-unknown && rustup component add rust-src`, \
         or on Debian `apt-get install rustc-web rust-web-src lld-22`"
    }
}

fn ask_rustup() -> Result<()> {
    ensure!(on_path("rustup").is_some(), "there is no `rustup` on PATH");
    child::run(Command::new("rustup").args(["target", "add", TARGET]))?;
    child::run(Command::new("rustup").args(["component", "add", "rust-src"]))
}

/// The folder the compiler that cargo uses lives in.
fn rustc_in_use() -> Option<PathBuf> {
    let sysroot = child::read(Command::new("rustc").args(["--print", "sysroot"])).ok()?;
    Some(PathBuf::from(sysroot))
}

fn has_target(sysroot: &Path) -> bool {
    sysroot
        .join("lib/rustlib")
        .join(TARGET)
        .join("lib")
        .is_dir()
}

fn has_source(sysroot: &Path) -> bool {
    sysroot
        .join("lib/rustlib/src/rust/library/Cargo.lock")
        .is_file()
}
