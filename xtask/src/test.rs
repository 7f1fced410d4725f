//! `cargo xtask test`: everything a change must pass, in the order in which it fails soonest.

mod cargo;
mod engine;
mod package;
mod tally;

use anyhow::Result;
use clap::{Args, ValueEnum};

use self::{
    cargo::{Cargo, FuzzTargets, WidgetLints},
    engine::{Browsers, Engine},
    package::Package,
    tally::{CargoTest, Tally},
};
use crate::{
    budget::Budgets,
    build,
    house::House,
    setup,
    step::{self, Plan},
    trunk::TrunkBuild,
};

/// Run every check: lints, tests, budgets, browsers, Trunk
///
/// Sets up what is missing (Chromium and its driver, DuckDB, ClickHouse, Polars, Trunk), then runs rustfmt, clippy, the native
/// tests, the release build, the fault tests, the byte budgets, the end-to-end tests in a real browser, and Trunk's
/// build of the demo shop. From nothing this takes up to 30 minutes.
#[derive(Args)]
pub(crate) struct Arguments {
    /// Run one part only
    #[arg(long, value_name = "PART")]
    only: Option<Part>,
    /// Where to run the end-to-end tests
    ///
    /// Tests that need Chromium's own protocol (a network that fails, a finger, a script before the
    /// page's) end in `_in_chromium` and are run there alone.
    #[arg(long, value_name = "ENGINES", value_enum, default_value_t)]
    browsers: Browsers,
    /// Run only the tests whose name contains this
    #[arg(last = true, value_name = "FILTER")]
    filter: Option<String>,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Part {
    /// rustfmt and clippy, and whether the fuzz targets compile
    Lint,
    /// The tests that need no browser
    Native,
    /// The release build, then kills, power cuts and failing disks around it
    Faults,
    /// The release build, then the tests in a real browser
    E2e,
}

/// Carries out `cargo xtask test`.
pub(crate) fn run(house: &House, arguments: &Arguments) -> Result<()> {
    let tally = Tally::default();
    let plan = plan(house, arguments, &tally)?;
    let taken = step::take(house, &plan);
    tally.print()?;
    taken
}

fn plan(house: &House, arguments: &Arguments, tally: &Tally) -> Result<Plan> {
    let wants = |part| arguments.only.is_none_or(|only| only == part);
    let filter = arguments.filter.as_deref();
    let mut plan = setup::for_build(house)?;
    if wants(Part::E2e) {
        plan.extend(setup_of(arguments.browsers));
        plan.extend(setup::for_guides());
        plan.push(Box::new(setup::Debian::deploy()));
        plan.push(Box::new(setup::Debian::fonts()));
    }
    if wants(Part::Lint) {
        plan.push(Box::new(Cargo::format()));
        plan.push(Box::new(Cargo::lints()));
        plan.push(Box::new(WidgetLints));
        plan.push(Box::new(FuzzTargets));
    }
    if wants(Part::Native) {
        plan.push(Box::new(CargoTest::native(filter, tally)));
    }
    if wants(Part::Faults) || wants(Part::E2e) {
        plan.extend(build::plan_of_build());
    }
    if wants(Part::Faults) {
        plan.extend(setup::for_faults());
        plan.push(Box::new(CargoTest::faults(filter, tally)));
    }
    if wants(Part::E2e) {
        plan.push(Box::new(Budgets));
        plan.push(Box::new(Package));
        for (engine, is_core) in arguments.browsers.runs() {
            let tests = CargoTest::end_to_end(*engine, *is_core, filter, tally);
            plan.push(Box::new(tests));
        }
    }
    if arguments.only.is_none() {
        plan.push(Box::new(setup::Program::TRUNK));
        plan.push(Box::new(TrunkBuild));
    }
    Ok(plan)
}

fn setup_of(browsers: Browsers) -> Plan {
    let mut plan: Plan = Vec::new();
    if browsers.includes(Engine::Chromium) {
        plan.push(Box::new(setup::Browser));
    }
    if browsers.includes(Engine::Firefox) {
        plan.extend(setup::for_firefox());
    }
    if browsers.includes(Engine::WebKit) {
        plan.push(Box::new(setup::Debian::webkit()));
    }
    plan
}
