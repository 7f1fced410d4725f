//! `cargo xtask bench collector`: durable events a second, beside handlers that keep less.

mod budget;
mod contender;
mod disk;
mod load;
mod start;
mod table;

use std::{fs, path::PathBuf, time::Duration};

use anyhow::{Context, Result};
use clap::Args;

use self::{
    contender::Contender,
    load::{Load, Outcome},
    start::Start,
};
use crate::{
    build, child,
    house::House,
    setup::{self, Debian},
    step::{self, Plan, Step, say},
};

/// Measure the collector beside an axum handler that stores nothing, one that syncs each request,
/// and nginx writing a JSON log
///
/// One run, one machine, one client: `wrk` with a 400-byte event of a fresh id each time. Every
/// round measures each contender once, so that whatever else the machine does meets all of them;
/// what is printed is the median. Fails if a budget is broken.
#[derive(Args)]
pub(crate) struct Arguments {
    /// How long each contender is measured in each round
    #[arg(long, value_name = "SECONDS", default_value_t = 6)]
    seconds: u64,
    /// How often each contender is measured
    #[arg(long, value_name = "TIMES", default_value_t = 3)]
    rounds: usize,
    /// Measure `target/release/hark` and `target/release/rivals` as they are, and build nothing
    #[arg(long)]
    built: bool,
}

/// How many connections are open at once.
const CONNECTIONS: [u32; 2] = [16, 256];

/// Carries out `cargo xtask bench collector`.
pub(crate) fn run(house: &House, arguments: &Arguments) -> Result<()> {
    let plan = if arguments.built {
        tools()
    } else {
        plan(house)?
    };
    step::take(house, &plan)?;
    let folder = house.target().join("bench");
    let _ = fs::remove_dir_all(&folder);
    let measured = measure(house, arguments, &folder);
    // It holds gigabytes, and nothing anybody would read.
    let _ = fs::remove_dir_all(&folder);
    let measured = measured?;
    table::print(&measured)?;
    budget::check(house, &measured)
}

fn tools() -> Plan {
    vec![Box::new(Debian::bench())]
}

/// Carries out `cargo xtask bench start`.
pub(crate) fn run_start(house: &House, built: bool) -> Result<()> {
    let plan = if built { tools() } else { plan_of_ours(house)? };
    step::take(house, &plan)?;
    let folder = house.target().join("bench");
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder)?;
    let load = Load::new(&folder, Duration::from_secs(5))?;
    let measured = start::measure(house, &load, &folder);
    let _ = fs::remove_dir_all(&folder);
    start::check(&measured?)
}

fn plan(house: &House) -> Result<Plan> {
    let mut plan = plan_of_ours(house)?;
    plan.push(Box::new(Rivals));
    Ok(plan)
}

fn plan_of_ours(house: &House) -> Result<Plan> {
    let mut plan = setup::for_build(house)?;
    plan.extend(tools());
    plan.extend(build::plan_of_build());
    Ok(plan)
}

/// All that one run finds out.
struct Measured {
    disk: disk::Syncs,
    rows: Vec<Row>,
    starts: [Start; 2],
}

/// A contender at so many connections: the median of its rounds.
struct Row {
    contender: Contender,
    connections: u32,
    median: Outcome,
}

impl Measured {
    /// What this contender did at so many connections.
    fn find(&self, contender: Contender, connections: u32) -> Result<&Outcome> {
        let mut rows = self.rows.iter();
        rows.find(|row| row.contender == contender && row.connections == connections)
            .map(|row| &row.median)
            .context("a contender was not measured")
    }
}

fn measure(house: &House, arguments: &Arguments, folder: &PathBuf) -> Result<Measured> {
    fs::create_dir_all(folder)?;
    let duration = Duration::from_secs(arguments.seconds);
    let load = Load::new(folder, duration)?;
    let disk = disk::measure(folder)?;
    let mut rows = Vec::new();
    for connections in CONNECTIONS {
        let mut outcomes = Contender::ALL.map(|contender| (contender, Vec::new()));
        for round in 1..=arguments.rounds {
            for (contender, outcomes) in &mut outcomes {
                let name = contender.name();
                say(&format!(
                    "round {round} at {connections} connections: {name}"
                ));
                let outcome = contender::measure(house, *contender, &load, connections, folder);
                outcomes.push(outcome.with_context(|| format!("cannot measure {name}"))?);
            }
        }
        rows.extend(outcomes.map(|(contender, outcomes)| Row {
            contender,
            connections,
            median: Outcome::median(&outcomes),
        }));
    }
    say("a start with a million lines on disk");
    let starts = start::measure(house, &load, folder)?;
    Ok(Measured { disk, rows, starts })
}

/// The comparison's own servers.
struct Rivals;

impl Step for Rivals {
    fn name(&self) -> String {
        "rivals".into()
    }

    fn usually(&self) -> &'static str {
        "compiling, usually 1 min from nothing"
    }

    fn make(&self, house: &House) -> Result<()> {
        let arguments = ["build", "--locked", "--release", "--package", "rivals"];
        child::run(house.cargo().args(arguments))
    }

    fn remedy(&self) -> &'static str {
        "fix what the compiler names above"
    }
}
