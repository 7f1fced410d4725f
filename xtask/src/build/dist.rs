//! `dist/`: the loader, and the glue and the module under names that change with their content.

use std::{fs, path::Path, process::Command};

use anyhow::{Context, Result, ensure};
use xxhash_rust::xxh3::xxh3_64;

use super::{optimise, squeeze, stamp, wasm};
use crate::{child, house::House, setup::NodeTools, step::Step};

/// Has Chromium compile the whole glue beside the page while it comes over the wire, and not each function
/// when it is first called, which is when somebody waits for the card.
const COMPILE_AT_ONCE: &str = "--banner:js=//# allFunctionsCalledOnLoad";

/// The step.
pub(super) struct Dist;

impl Step for Dist {
    fn name(&self) -> String {
        "dist".into()
    }

    fn usually(&self) -> &'static str {
        "minifying and compressing, usually 4 s"
    }

    fn found(&self, house: &House) -> Result<Option<String>> {
        stamp::found(house)
    }

    fn make(&self, house: &House) -> Result<()> {
        let fresh = wasm::folder(house).join("dist");
        // Left over from a build that was interrupted.
        let _ = fs::remove_dir_all(&fresh);
        fs::create_dir_all(fresh.join("assets"))?;
        fill(house, &fresh)?;
        replace(&house.dist(), &fresh)?;
        stamp::write(house)
    }

    fn remedy(&self) -> &'static str {
        "see that `widget/loader.js` and `widget/begin.js` are valid JavaScript and name \
         `assets/hark.js` and `assets/hark.wasm`, once each"
    }
}

fn fill(house: &House, dist: &Path) -> Result<()> {
    let module = fs::read(optimise::optimised(house))?;
    let glue = minified(
        house,
        &optimise::entry(house),
        &["--bundle", "--format=esm", COMPILE_AT_ONCE],
    )?;
    let loader = minified(house, &house.root.join("widget/loader.js"), &[])?;

    let module_name = hashed("wasm", &module);
    let glue = renamed(&String::from_utf8(glue)?, "assets/hark.wasm", &module_name)?;
    let glue_name = hashed("js", glue.as_bytes());
    let loader = renamed(&String::from_utf8(loader)?, "assets/hark.js", &glue_name)?;

    squeeze::write(&dist.join(module_name), &module)?;
    squeeze::write(&dist.join(glue_name), glue.as_bytes())?;
    squeeze::write(&dist.join("hark.js"), loader.as_bytes())
}

/// A script in fewer bytes, for browsers that also run our Wasm.
fn minified(house: &House, script: &Path, options: &[&str]) -> Result<Vec<u8>> {
    let smaller = wasm::folder(house).join("minified.js");
    child::run(
        Command::new(NodeTools::program(house, "esbuild"))
            .arg(script)
            .args([
                "--minify",
                "--target=es2020",
                "--legal-comments=none",
                "--log-level=warning",
            ])
            .args(options)
            .arg(format!("--outfile={}", smaller.display())),
    )?;
    Ok(fs::read(smaller)?)
}

fn hashed(extension: &str, content: &[u8]) -> String {
    let hash = xxh3_64(content) >> 32;
    format!("assets/hark-{hash:08x}.{extension}")
}

/// A script with one name put in the place of another.
fn renamed(script: &str, from: &str, to: &str) -> Result<String> {
    let times = script.matches(from).count();
    ensure!(
        times == 1,
        "a script of `widget/` names `{from}` {times} times, not once"
    );
    Ok(script.replace(from, to))
}

/// Puts a finished folder in the place of an old one.
fn replace(dist: &Path, fresh: &Path) -> Result<()> {
    if dist.exists() {
        fs::remove_dir_all(dist).with_context(|| format!("cannot remove `{}`", dist.display()))?;
    }
    fs::rename(fresh, dist).with_context(|| format!("cannot create `{}`", dist.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_loader_gets_the_name_that_changes_with_the_content() {
        let loader = renamed(
            "import('assets/hark.js')",
            "assets/hark.js",
            "assets/hark-1.js",
        );
        assert_eq!(loader.unwrap(), "import('assets/hark-1.js')");
    }

    #[test]
    fn a_loader_that_names_an_asset_twice_or_never_is_refused() {
        for loader in ["", "'assets/hark.js','assets/hark.js'"] {
            let refusal = renamed(loader, "assets/hark.js", "x")
                .unwrap_err()
                .to_string();
            assert!(refusal.contains("not once"), "{refusal}");
        }
    }

    #[test]
    fn another_content_has_another_name() {
        assert_ne!(hashed("js", b"a"), hashed("js", b"b"));
        assert_eq!(hashed("js", b"a").len(), "assets/hark-01234567.js".len());
    }
}
