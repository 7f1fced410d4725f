//! The long form of every scenario, with its figures: `cargo xtask torture`.

mod disks;
mod loads;
mod table;

use anyhow::{Context, Result};
use clap::Parser;
use std::io::{Write, stderr, stdout};
use std::time::Instant;
use table::SCENARIOS;

/// Kill, cut off, fill up and slow down the collector, and count what is lost
#[derive(Parser)]
struct Arguments {
    /// So many kills, two thirds as many SIGTERMs and power cuts, a third as many failing disks,
    /// 6,000 times as many events of mixed load, and 6 seconds of ordeal for each
    #[arg(long, default_value_t = 300)]
    rounds: u64,
    /// The same seed, the same moments
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Only scenarios whose name contains this
    #[arg(long, default_value = "")]
    only: String,
}

fn main() -> Result<()> {
    let arguments = Arguments::parse();
    for (name, scenario) in SCENARIOS {
        if !name.contains(&arguments.only) {
            continue;
        }
        let begun = Instant::now();
        let figures = scenario(&arguments).with_context(|| format!("failed: {name}"))?;
        // Progress may stand on this line.
        write!(stderr(), "\r\x1b[K")?;
        writeln!(
            stdout(),
            "{name:<22} {figures} ({:.0} s)",
            begun.elapsed().as_secs_f64()
        )?;
    }
    Ok(())
}

fn progress(name: &'static str) -> impl FnMut(u64) {
    move |done| {
        // Nobody is left to tell when stderr is gone.
        let _ = write!(stderr(), "\r{name}: {done}");
    }
}
