//! `cargo xtask trunk`: the demo shop with the widget, built by Trunk from the same sources.

mod stage;

use std::{fs, process::Command};

use anyhow::{Context, Result, ensure};
use clap::Args;

use crate::{
    child,
    house::House,
    setup::{self, Toolchain},
    step::{self, Step},
};

/// Prove that Trunk builds the demo shop with the widget, or serve it so
///
/// Installs the one version of Trunk that `Trunk.toml` is written for. Nothing is downloaded by Trunk
/// itself: it gets our wasm-bindgen.
#[derive(Args)]
pub(crate) struct Arguments {
    /// Serve the shop on http://127.0.0.1:8080/ and build it anew after each change; the surveys come
    /// from a collector that must be running (`cargo xtask demo` in another terminal)
    #[arg(long)]
    serve: bool,
    /// Called by Trunk, after it has built: put the widget where the loader looks for it
    #[arg(long, hide = true)]
    stage: bool,
}

/// Where `Trunk.toml` puts the shop.
const SHOP: &str = "target/trunk";

/// What a page of the shop loads, and how each file begins.
const FILES: [(&str, &[u8]); 4] = [
    ("index.html", b"<!"),
    ("hark.js", b""),
    ("assets/hark.js", b""),
    ("assets/hark.wasm", b"\0asm"),
];

/// Carries out `cargo xtask trunk`.
pub(crate) fn run(house: &House, arguments: &Arguments) -> Result<()> {
    if arguments.stage {
        return stage::put(house);
    }
    let mut plan = setup::for_build(house)?;
    plan.push(Box::new(setup::Program::TRUNK));
    if arguments.serve {
        step::take(house, &plan)?;
        return child::become_it(trunk(house)?.arg("serve"));
    }
    plan.push(Box::new(TrunkBuild));
    step::take(house, &plan)
}

/// Trunk's build as a step.
pub(crate) struct TrunkBuild;

impl Step for TrunkBuild {
    fn name(&self) -> String {
        "trunk build".into()
    }

    fn usually(&self) -> &'static str {
        "usually 1 min from nothing, 5 s after a change"
    }

    fn make(&self, house: &House) -> Result<()> {
        // Left over from an earlier build, it would prove nothing.
        let _ = fs::remove_dir_all(house.root.join(SHOP));
        child::run(house.cargo().args(["fetch", "--locked", "--quiet"]))?;
        child::run(trunk(house)?.args(["build", "--offline"]))?;
        FILES
            .iter()
            .try_for_each(|(name, beginning)| check(house, name, beginning))
    }

    fn remedy(&self) -> &'static str {
        "see what Trunk said above; it reads `Trunk.toml` and the first lines of `www/index.html`"
    }
}

fn trunk(house: &House) -> Result<Command> {
    let tool = setup::Program::TRUNK
        .find(house)
        .context("there is no Trunk")?;
    let toolchain = Toolchain::find().context("there is no Wasm target")?;
    let mut trunk = Command::new(tool);
    toolchain.apply(&mut trunk);
    trunk
        .current_dir(&house.root)
        .env("PATH", house.path_with_tools()?)
        .env("CARGO_TARGET_DIR", house.target());
    Ok(trunk)
}

fn check(house: &House, name: &str, beginning: &[u8]) -> Result<()> {
    let built = fs::read(house.root.join(SHOP).join(name))
        .with_context(|| format!("Trunk built no `{SHOP}/{name}`"))?;
    ensure!(
        !built.is_empty() && built.starts_with(beginning),
        "`{SHOP}/{name}` is not what it should be"
    );
    Ok(())
}
