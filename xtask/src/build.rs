//! `cargo xtask build`: the release widget in `dist/`, then the collector that embeds it.
//!
//! Cargo knows what to compile again; what comes after it is skipped by a stamp (`stamp`).

mod collector;
mod dist;
mod glue;
mod optimise;
mod shorten;
mod squeeze;
mod stamp;
mod wasm;

use anyhow::Result;

use crate::{
    house::House,
    setup,
    step::{self, Plan},
};

/// Carries out `cargo xtask build`.
pub(crate) fn run(house: &House) -> Result<()> {
    let mut plan = setup::for_build(house)?;
    plan.extend(plan_of_build());
    step::take(house, &plan)?;
    step::say("built `dist/` and `target/release/hark`");
    Ok(())
}

/// The build itself, set-up done.
pub(crate) fn plan_of_build() -> Plan {
    vec![
        Box::new(wasm::Compile),
        Box::new(glue::Glue),
        Box::new(optimise::Optimise),
        Box::new(dist::Dist),
        Box::new(collector::Collector),
    ]
}
