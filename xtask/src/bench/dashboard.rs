//! `cargo xtask bench dashboard`: how fresh an open page of the dashboard is.

use anyhow::{Context, Result};
use clap::Args;
use jiff::Timestamp;

use crate::{
    build, child,
    house::House,
    seed,
    setup::{self, Browser, chromedriver},
    step::{self, say},
};

/// Measure how long after its `200` an answer is painted on an open page of the dashboard
///
/// In Chromium, over a month of a made-up shop. Fails if 95 in 100 answers are not there within a second;
/// over millions of lines, where reading alone takes longer, they are not.
#[derive(Args)]
pub(crate) struct Arguments {
    /// How many answers are sent
    #[arg(long, value_name = "NUMBER", default_value_t = 40)]
    answers: u32,
    /// How many lines there are before [default: a month of a shop with 2,400 visits a day]
    #[arg(long, value_name = "NUMBER")]
    lines: Option<u64>,
    /// Measure `target/release/hark` as it is, and build nothing
    #[arg(long)]
    built: bool,
}

/// Carries out `cargo xtask bench dashboard`.
pub(super) fn run(house: &House, arguments: &Arguments) -> Result<()> {
    if !arguments.built {
        let mut plan = setup::for_build(house)?;
        plan.push(Box::new(Browser));
        plan.extend(build::plan_of_build());
        step::take(house, &plan)?;
    }
    let data = house.target().join("bench/dashboard");
    let _ = std::fs::remove_dir_all(&data);
    let now = Timestamp::now();
    let plan = match arguments.lines {
        Some(lines) => seed::Plan::of_lines(lines, 30, now)?,
        None => seed::Plan::month(now),
    };
    let written = seed::write(&data, &plan)?;
    say(&format!("over {} lines:", written.lines));
    let mut bench = house.cargo();
    bench
        .args(["run", "--quiet", "--locked", "--package", "e2e"])
        .args(["--example", "dashboard_bench", "--"])
        .arg(&data)
        .arg(arguments.answers.to_string())
        .env("HARK_BIN", house.collector());
    if let Some(driver) = chromedriver() {
        bench.env("HARK_CHROMEDRIVER", driver);
    }
    let measured = child::run(&mut bench);
    std::fs::remove_dir_all(&data)
        .with_context(|| format!("cannot remove `{}`", data.display()))?;
    measured
}
