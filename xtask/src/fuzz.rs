//! `cargo xtask fuzz`: hostile input, found by machine.

use std::{fs, path::Path, process::Command};

use anyhow::Result;
use clap::Args;

use crate::{
    child,
    house::House,
    step::{self, Step, say},
};

const VERSION: &str = "0.13.2";

/// Each target, and its share of the runs in a hundred: an event is read in a tenth of the time that
/// the others take.
const TARGETS: [(&str, u64); 3] = [("event", 76), ("survey_file", 12), ("segment", 12)];

/// Throw hostile input at what reads events, survey files and segments
///
/// Ends at the first input that panics, takes longer than ten seconds or more than 1 GB, and keeps
/// it in `fuzz/artifacts`. Starts from the inputs in `fuzz/corpus`; what it finds on its way stays in
/// `target/fuzz`. Ten million runs take about 10 minutes.
#[derive(Args)]
pub(crate) struct Arguments {
    /// How many inputs to try, over all targets
    #[arg(long, value_name = "NUMBER", default_value_t = 10_000_000)]
    runs: u64,
}

/// Carries out `cargo xtask fuzz`.
pub(crate) fn run(house: &House, arguments: &Arguments) -> Result<()> {
    step::take(house, &vec![Box::new(CargoFuzz)])?;
    for (target, share) in TARGETS {
        let runs = arguments.runs * share / 100;
        say(&format!("{target}: {runs} runs"));
        fuzz(house, target, runs)?;
    }
    Ok(())
}

fn fuzz(house: &House, target: &str, runs: u64) -> Result<()> {
    let found = house.target().join("fuzz").join(target);
    fs::create_dir_all(&found)?;
    let mut cargo = Command::new(house.cargo().get_program());
    cargo
        .args(["fuzz", "run", "--sanitizer", "none", target])
        .arg(&found)
        .arg(Path::new("corpus").join(target))
        .arg("--")
        .arg(format!("-runs={runs}"))
        .args(["-timeout=10", "-rss_limit_mb=1024", "-print_final_stats=1"])
        .current_dir(house.root.join("fuzz"))
        .env("PATH", house.path_with_tools()?)
        // Counting which branches an input takes is not stable yet.
        .env("RUSTC_BOOTSTRAP", "1");
    child::run(&mut cargo)
}

/// cargo-fuzz, of one version.
struct CargoFuzz;

impl Step for CargoFuzz {
    fn name(&self) -> String {
        format!("cargo-fuzz {VERSION}")
    }

    fn usually(&self) -> &'static str {
        "compiling, usually 1 min"
    }

    fn found(&self, house: &House) -> Result<Option<String>> {
        let tool = house.tool("cargo-fuzz", VERSION);
        Ok(tool.map(|tool| house.short(&tool)))
    }

    fn make(&self, house: &House) -> Result<()> {
        let mut cargo = house.cargo();
        cargo
            .args(["install", "cargo-fuzz", "--version", VERSION, "--locked"])
            .args(["--force", "--root"])
            .arg(house.tools())
            .env_remove("CARGO_TARGET_DIR");
        child::run(&mut cargo)
    }

    fn remedy(&self) -> &'static str {
        "see what cargo said above; it needs crates.io"
    }
}
