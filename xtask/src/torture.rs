//! `cargo xtask torture`: the long form of the fault tests, with its figures.

use anyhow::Result;
use clap::Args;

use crate::{build, child, house::House, setup, step};

/// Kill, cut off, fill up and slow down the collector for as long as it takes to believe in it
///
/// 300 kills, 200 SIGTERMs and 200 power cuts under load, failing, full and slow disks, attacks by slow
/// clients, overload, jumping clocks, 10 GB of lines, a restored backup, 1.8 million events of mixed load,
/// thousands of requests made from the OpenAPI document, and half an hour in which anything goes wrong at random; about
/// an hour and a quarter. Prints what each came to, and fails at the first acknowledged event that is lost.
#[derive(Args)]
pub(crate) struct Arguments {
    /// So many kills; everything else in proportion
    #[arg(long, value_name = "TIMES", default_value_t = 300)]
    rounds: u64,
    /// The same seed, the same moments
    #[arg(long, value_name = "NUMBER", default_value_t = 1)]
    seed: u64,
    /// Only scenarios whose name contains this
    #[arg(long, value_name = "NAME")]
    only: Option<String>,
}

/// Carries out `cargo xtask torture`.
pub(crate) fn run(house: &House, arguments: &Arguments) -> Result<()> {
    let mut plan = setup::for_build(house)?;
    plan.extend(setup::for_faults());
    plan.extend(build::plan_of_build());
    step::take(house, &plan)?;
    let mut cargo = house.cargo();
    cargo
        .args(["run", "--quiet", "--locked", "--release"])
        .args(["--package", "faults", "--bin", "torture", "--"])
        .args(["--rounds", &arguments.rounds.to_string()])
        .args(["--seed", &arguments.seed.to_string()])
        .env("HARK_BIN", house.collector());
    if let Some(only) = &arguments.only {
        cargo.args(["--only", only]);
    }
    child::run(&mut cargo)
}
