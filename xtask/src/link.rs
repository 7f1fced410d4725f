//! The Wasm linker, told to leave out what nobody calls.
//!
//! Leptos brings along a stream library whose exports keep a tenth of the widget alive, and rustc has no
//! way not to export them. So for the widget's build this program stands in for the linker: it drops
//! those names, and becomes the real one.

use std::{
    env,
    ffi::{OsStr, OsString},
    path::Path,
    process::Command,
};

use anyhow::Result;

use crate::child;

/// Names the real linker; where it is set, this program was started as one.
const REAL: &str = "HARK_XTASK_LINKER";

/// Makes a cargo command link with this program, and this program with the real linker.
pub(crate) fn stand_in(cargo: &mut Command, real: &Path) -> Result<()> {
    cargo
        .env(
            "CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER",
            env::current_exe()?,
        )
        .env(REAL, real);
    Ok(())
}

/// The real linker, if this program was started in its place.
pub(crate) fn asked() -> Option<OsString> {
    env::var_os(REAL)
}

/// Links.
pub(crate) fn run(real: &OsStr) -> Result<()> {
    let arguments = called(env::args_os().skip(1));
    child::become_it(Command::new(real).args(arguments).env_remove(REAL))
}

/// The linker's arguments without `--export NAME` for names that nobody calls.
fn called(arguments: impl Iterator<Item = OsString>) -> Vec<OsString> {
    let mut kept = Vec::new();
    for argument in arguments {
        let follows_export = kept.last().is_some_and(|last| last == "--export");
        if follows_export && argument.to_string_lossy().contains("intounderlying") {
            kept.pop();
        } else {
            kept.push(argument);
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_export_that_nobody_calls_is_left_out_and_nothing_else() {
        let given = "-flavor wasm --export start --export intounderlyingsink_close_1f \
                     --export __wbg_intounderlyingsink_free_2e intounderlying.o -o out.wasm";
        let kept = called(given.split_whitespace().map(OsString::from));
        let expected = "-flavor wasm --export start intounderlying.o -o out.wasm";
        assert_eq!(kept.join(OsStr::new(" ")), expected);
    }
}
