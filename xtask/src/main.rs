//! `cargo xtask`: set-up, and everything that takes more than one cargo command.
//!
//! A command is a plan: a list of steps (`step`), each of which first looks whether it is needed.

mod bench;
mod budget;
mod build;
mod child;
mod demo;
mod evaluate;
mod fuzz;
mod house;
mod link;
mod seed;
mod setup;
mod step;
mod test;
mod torture;
mod trunk;

use std::process::ExitCode;

use anyhow::Result;
use clap::{Parser, Subcommand};
use house::House;

/// Set-up, builds and tests of Hark
///
/// Every command first installs what it needs and does not find: nothing has to be installed by
/// hand but rustup's stable toolchain, node and npm. Tools go to `target/tools`, nowhere else.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask", version)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    Demo(demo::Arguments),
    Seed(seed::Arguments),
    /// Build the widget for release into `dist/` and the collector that embeds it
    Build,
    Test(test::Arguments),
    /// Measure what a shopper downloads against the budgets of the design; fails if one is broken
    Budget,
    #[command(subcommand)]
    Bench(bench::Bench),
    Evaluate(evaluate::Arguments),
    Torture(torture::Arguments),
    Fuzz(fuzz::Arguments),
    Trunk(trunk::Arguments),
    Setup(setup::Arguments),
}

fn main() -> ExitCode {
    let done = match link::asked() {
        Some(linker) => link::run(&linker),
        None => run(Cli::parse().command),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            step::say(&format!("error: {error:#}"));
            ExitCode::FAILURE
        }
    }
}

fn run(command: Command) -> Result<()> {
    let house = House::here()?;
    match command {
        Command::Demo(arguments) => demo::run(&house, &arguments),
        Command::Seed(arguments) => seed::run(&arguments),
        Command::Build => build::run(&house),
        Command::Test(arguments) => test::run(&house, &arguments),
        Command::Budget => budget::run(&house),
        Command::Bench(bench) => bench::run(&house, &bench),
        Command::Evaluate(arguments) => evaluate::run(&house, &arguments),
        Command::Fuzz(arguments) => fuzz::run(&house, &arguments),
        Command::Torture(arguments) => torture::run(&house, &arguments),
        Command::Trunk(arguments) => trunk::run(&house, &arguments),
        Command::Setup(arguments) => setup::run(&house, &arguments),
    }
}
