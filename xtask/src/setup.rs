//! `cargo xtask setup`: what the builds and the tests need and a new machine lacks.

mod apt;
mod browser;
mod debian;
mod node;
mod program;
mod python;
mod toolchain;
mod wasm_bindgen;

use anyhow::Result;
use clap::Args;

pub(crate) use self::{
    browser::{Browser, chromedriver},
    debian::Debian,
    node::NodeTools,
    program::Program,
    python::Python,
    toolchain::{Toolchain, WasmTarget},
    wasm_bindgen::WasmBindgen,
};
use crate::{
    house::House,
    step::{self, Plan},
};

/// Install what the other commands need, and do nothing else
///
/// The Wasm target (rustup's, or Debian's compiler where rustup cannot), wasm-bindgen of the
/// locked version, wasm-opt and esbuild.
#[derive(Args)]
pub(crate) struct Arguments {
    /// Also what only the tests need: Chromium, Firefox and WebKit with their drivers, DuckDB, ClickHouse, Polars, schemathesis, and Trunk
    #[arg(long)]
    tests: bool,
}

/// Carries out `cargo xtask setup`.
pub(crate) fn run(house: &House, arguments: &Arguments) -> Result<()> {
    let mut plan = for_build(house)?;
    if arguments.tests {
        plan.push(Box::new(Browser));
        plan.extend(for_firefox());
        plan.push(Box::new(Debian::webkit()));
        plan.extend(for_guides());
        plan.extend(for_faults());
        plan.push(Box::new(Program::TRUNK));
    }
    step::take(house, &plan)
}

/// What the release build needs.
pub(crate) fn for_build(house: &House) -> Result<Plan> {
    Ok(vec![
        Box::new(WasmTarget),
        Box::new(WasmBindgen::locked(house)?),
        Box::new(NodeTools),
    ])
}

/// Firefox and what drives it.
pub(crate) fn for_firefox() -> Plan {
    vec![Box::new(Debian::firefox()), Box::new(Program::GECKODRIVER)]
}

/// What the recipes of the guides are run with.
pub(crate) fn for_guides() -> Plan {
    vec![
        Box::new(Debian::guides()),
        Box::new(Python::duckdb()),
        Box::new(Python::engines()),
    ]
}

/// What the fault tests start the collector through, or send to it.
pub(crate) fn for_faults() -> Plan {
    vec![Box::new(Debian::faults()), Box::new(Python::schemathesis())]
}
