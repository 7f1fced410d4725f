//! The stamp: a hash of all that `dist/` is made of, so that a build with nothing to do does nothing.

use std::{fs, io::ErrorKind, path::PathBuf};

use anyhow::{Context, Result};
use xxhash_rust::xxh3::Xxh3;

use super::wasm;
use crate::house::House;

/// How it is made, as far as this program says so: a changed recipe makes a new `dist/`.
const RECIPE: [&str; 5] = [
    include_str!("glue.rs"),
    include_str!("optimise.rs"),
    include_str!("shorten.rs"),
    include_str!("dist.rs"),
    include_str!("squeeze.rs"),
];

/// Says that `dist/` is what would be built again.
pub(super) fn found(house: &House) -> Result<Option<String>> {
    let written = match fs::read_to_string(file(house)) {
        Ok(written) => written,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(error).context("cannot read the stamp"),
    };
    let same = written == of_inputs(house)? && house.dist().join("hark.js").is_file();
    Ok(same.then(|| "nothing changed".into()))
}

/// Remembers what `dist/` was made of.
pub(super) fn write(house: &House) -> Result<()> {
    fs::write(file(house), of_inputs(house)?).context("cannot write the stamp")
}

fn file(house: &House) -> PathBuf {
    wasm::folder(house).join("dist.stamp")
}

fn of_inputs(house: &House) -> Result<String> {
    let mut hash = Xxh3::new();
    for recipe in RECIPE {
        hash.update(recipe.as_bytes());
    }
    hash.update(house.locked_version("wasm-bindgen")?.as_bytes());
    for input in [
        wasm::compiled(house),
        house.root.join("widget/loader.js"),
        house.root.join("widget/begin.js"),
        house.root.join("xtask/node/package-lock.json"),
    ] {
        let content =
            fs::read(&input).with_context(|| format!("cannot read `{}`", input.display()))?;
        hash.update(&content);
    }
    Ok(format!("{:016x}", hash.digest()))
}
