//! `cargo xtask bench widget`: the same page of the demo shop without anything, with Hark, and with what a
//! shop would use instead, each in a browser of its own; medians and ratios in one table.
//!
//! Everything comes from loopback: the collector itself behind `site`, and stubs of the others' backends.

#![allow(
    clippy::expect_used,
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stderr,
    clippy::print_stdout
)]

mod contender;
mod measure;
mod site;
mod stubs;
mod table;
mod verdict;

use contender::Contender;
use measure::Sample;
use std::process::ExitCode;

/// A row of the table: whom, on which page, and every sample taken.
pub(crate) struct Row {
    pub(crate) contender: Contender,
    pub(crate) is_armed: bool,
    pub(crate) samples: Vec<Sample>,
}

#[tokio::main]
async fn main() -> ExitCode {
    let runs = std::env::args().nth(1).and_then(|runs| runs.parse().ok());
    let mut rows = Vec::new();
    for contender in Contender::ALL {
        for is_armed in [false, true] {
            rows.push(Row {
                contender,
                is_armed,
                samples: Vec::new(),
            });
        }
    }
    // Round after round, so that a slow minute of the machine is everybody's.
    for run in 0..runs.unwrap_or(5) {
        for row in &mut rows {
            eprintln!("round {}: {}", run + 1, row.contender.name());
            let sample = measure::take(row.contender, row.is_armed).await;
            row.samples.push(sample);
        }
    }
    table::print(&rows);
    verdict::pronounce(&rows)
}
