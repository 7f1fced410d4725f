//! `cargo xtask bench`: how fast and how small, beside what one would use instead, in one run.

mod collector;
mod process;
mod report;

use anyhow::Result;
use clap::Subcommand;

use crate::house::House;

/// Measure, beside what one would use instead, in one run on this machine
#[derive(Subcommand)]
pub(crate) enum Bench {
    Collector(collector::Arguments),
    Report(report::Arguments),
}

/// Carries out `cargo xtask bench`.
pub(crate) fn run(house: &House, bench: &Bench) -> Result<()> {
    match bench {
        Bench::Collector(arguments) => collector::run(house, arguments),
        Bench::Report(arguments) => report::run(house, arguments),
    }
}
