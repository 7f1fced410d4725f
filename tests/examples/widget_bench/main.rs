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
mod profile;
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

/// How often Hark and the hand-written form take turns beyond the rounds of all.
const TURNS: u32 = 2;

impl Row {
    async fn take(&mut self) {
        let sample = measure::take(self.contender, self.is_armed).await;
        self.samples.push(sample);
    }

    fn is_close(&self) -> bool {
        self.is_armed && matches!(self.contender, Contender::Hark | Contender::Form)
    }
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
            row.take().await;
        }
        // The closest race is run more often.
        for _ in 0..TURNS {
            for row in rows.iter_mut().filter(|row| row.is_close()) {
                eprintln!("round {}: {} again", run + 1, row.contender.name());
                row.take().await;
            }
        }
    }
    table::print(&rows);
    verdict::pronounce(&rows)
}
