//! `cargo xtask fuzz`: hostile input, found by machine.

mod cargo_fuzz;
mod figures;

use anyhow::Result;
use clap::Args;

use self::{cargo_fuzz::Length, figures::Figures};
use crate::{
    house::House,
    setup::{Debian, Program},
    step::{self, Plan, say},
};

/// Each target, and its share of the runs in a hundred: what takes a tenth of the time is tried ten
/// times as often.
const TARGETS: [(&str, u64); 6] = [
    ("event", 62),
    ("submissions", 24),
    ("survey_file", 6),
    ("segment", 4),
    ("mask", 3),
    ("recovery", 1),
];

/// What takes a whole body, or all the text that one may hold: for so many runs there is one more with an input
/// as long as a body may be.
const BODIES: [&str; 2] = ["submissions", "mask"];
const RUNS_FOR_A_LONG_ONE: u64 = 1_000;

/// Throw hostile input at what reads bodies, events, what people type, survey files, segments and the journal
///
/// Ends at the first input that panics, takes longer than ten seconds or more than 1 GB, and keeps
/// it in `fuzz/artifacts`. Starts from the inputs in `fuzz/corpus`; what it finds on its way stays in
/// `target/fuzz`. Bodies and what people type are tried at their full 64 KiB as well. Prints how many inputs each target took. Ten million runs take about 10 minutes.
#[derive(Args)]
pub(crate) struct Arguments {
    /// How many inputs to try, over all targets
    #[arg(long, value_name = "NUMBER", default_value_t = 10_000_000)]
    runs: u64,
    /// One target only, with all the runs
    #[arg(long, value_name = "TARGET", value_parser = TARGETS.map(|(target, _)| target))]
    only: Option<String>,
}

/// Carries out `cargo xtask fuzz`.
pub(crate) fn run(house: &House, arguments: &Arguments) -> Result<()> {
    let plan: Plan = vec![Box::new(Debian::fuzz()), Box::new(Program::CARGO_FUZZ)];
    step::take(house, &plan)?;
    let mut figures = Vec::new();
    for (target, share) in TARGETS {
        let runs = match &arguments.only {
            Some(only) if only == target => arguments.runs,
            Some(_) => continue,
            None => (arguments.runs * share).div_ceil(100),
        };
        say(&format!("{target}: {runs} runs"));
        figures.push((target, cargo_fuzz::run(house, target, runs, Length::Short)?));
        if BODIES.contains(&target) {
            let runs = runs.div_ceil(RUNS_FOR_A_LONG_ONE);
            say(&format!("{target}: {runs} runs of up to 64 KiB"));
            figures.push((
                "of 64 KiB",
                cargo_fuzz::run(house, target, runs, Length::Body)?,
            ));
        }
    }
    Figures::print(&figures)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shares_are_a_hundred() {
        let shares = TARGETS.iter().map(|(_, share)| share);
        assert_eq!(shares.sum::<u64>(), 100);
    }
}
