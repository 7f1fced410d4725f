//! `cargo xtask bench`: how fast and how small, beside what one would use instead, in one run.

mod collector;
mod dashboard;
mod process;
mod report;
mod widget;

use anyhow::Result;
use clap::Subcommand;

use crate::house::House;

/// Measure, beside what one would use instead, in one run on this machine
#[derive(Subcommand)]
pub(crate) enum Bench {
    Collector(collector::Arguments),
    Dashboard(dashboard::Arguments),
    Report(report::Arguments),
    Widget(widget::Arguments),
    /// Measure a start with a million lines on disk, and the memory it keeps known ids in
    ///
    /// On lines alone, as after a restored backup; on what a start leaves; on packed segments. Fails
    /// if a budget is broken.
    Start {
        /// Measure `target/release/hark` as it is, and build nothing
        #[arg(long)]
        built: bool,
    },
}

/// Carries out `cargo xtask bench`.
pub(crate) fn run(house: &House, bench: &Bench) -> Result<()> {
    match bench {
        Bench::Collector(arguments) => collector::run(house, arguments),
        Bench::Dashboard(arguments) => dashboard::run(house, arguments),
        Bench::Report(arguments) => report::run(house, arguments),
        Bench::Widget(arguments) => widget::run(house, arguments),
        Bench::Start { built } => collector::run_start(house, *built),
    }
}
