//! wasm-opt, esbuild and axe-core from npm, exactly as `xtask/node/package-lock.json` pins them.

use std::{fs, path::PathBuf, process::Command};

use anyhow::{Context, Result};

use crate::{child, house::House, step::Step};

/// The lock file: what is committed, and a copy beside what was installed from it.
const LOCK: &str = "package-lock.json";

/// The tools that come from npm.
pub(crate) struct NodeTools;

impl NodeTools {
    /// Where one of them is.
    pub(crate) fn program(house: &House, name: &str) -> PathBuf {
        house.node_tools().join("node_modules/.bin").join(name)
    }
}

impl Step for NodeTools {
    fn name(&self) -> String {
        "wasm-opt, esbuild, axe-core".into()
    }

    fn usually(&self) -> &'static str {
        "installing with npm, usually 10 s"
    }

    fn found(&self, house: &House) -> Result<Option<String>> {
        let installed = fs::read(house.node_tools().join(LOCK)).ok();
        let pinned = fs::read(house.root.join("xtask/node").join(LOCK))
            .context("cannot read `xtask/node/package-lock.json`")?;
        let complete = installed.is_some_and(|lock| lock == pinned)
            && Self::program(house, "wasm-opt").is_file()
            && Self::program(house, "esbuild").is_file()
            && house.node_tools().join("node_modules/axe-core").is_dir();
        Ok(complete.then(|| house.short(&house.node_tools())))
    }

    fn make(&self, house: &House) -> Result<()> {
        let tools = house.node_tools();
        fs::create_dir_all(&tools)?;
        let committed = house.root.join("xtask/node");
        fs::copy(committed.join("package.json"), tools.join("package.json"))?;
        // npm reads the lock file, so it has to be there first: gone again if npm fails half-way.
        fs::copy(committed.join(LOCK), tools.join(LOCK))?;
        child::run(
            Command::new("npm")
                .args(["ci", "--no-audit", "--no-fund", "--loglevel=error"])
                .current_dir(&tools),
        )
        .inspect_err(|_| drop(fs::remove_file(tools.join(LOCK))))
    }

    fn remedy(&self) -> &'static str {
        "install node (18 or newer) and npm, and see that npm reaches its registry"
    }
}
