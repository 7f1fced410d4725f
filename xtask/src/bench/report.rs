//! `cargo xtask bench report`: the report over millions of lines, beside DuckDB asked the same.

mod contender;

use std::{
    fs,
    io::{Write, stdout},
    path::Path,
    time::Duration,
};

use anyhow::{Context, Result, ensure};
use clap::Args;
use jiff::Timestamp;

use self::contender::{Answer, Run};
use crate::{
    build,
    house::House,
    seed,
    setup::{self, Python},
    step::{self, say},
};

/// Measure `hark report` beside DuckDB, asked the same question of the same lines
///
/// The lines are those of a made-up shop, always the same. Every round runs each contender once, so
/// that whatever else the machine does meets all of them; what is printed is the median. Fails if
/// the answers differ or a budget is broken.
#[derive(Args)]
pub(crate) struct Arguments {
    /// How many lines
    #[arg(long, value_name = "NUMBER", default_value_t = 10_000_000)]
    lines: u64,
    /// How often each contender is measured
    #[arg(long, value_name = "TIMES", default_value_t = 3)]
    rounds: usize,
}

/// The report takes at most this much of DuckDB's time.
const RATIO_MAX: f64 = 1.0;

/// The report needs at most so many bytes of memory.
const MEMORY_MAX: u64 = 200_000_000;

/// Where the lines end, so that they are the same every day.
const UNTIL: &str = "2026-11-27T12:00:00Z";

/// Carries out `cargo xtask bench report`.
pub(crate) fn run(house: &House, arguments: &Arguments) -> Result<()> {
    let mut plan = setup::for_build(house)?;
    plan.push(Box::new(Python::duckdb()));
    plan.extend(build::plan_of_build());
    step::take(house, &plan)?;
    let data = house.target().join("bench/report");
    remove(&data)?;
    say(&format!("writing {} lines", arguments.lines));
    let until: Timestamp = UNTIL.parse()?;
    let written = seed::write(&data, &seed::Plan::of_lines(arguments.lines, 30, until)?)?;
    let measured = measure(house, &data, arguments.rounds);
    // It holds gigabytes, and nothing anybody would read.
    remove(&data)?;
    let measured = measured?;
    print(&measured, written.lines, written.bytes)?;
    measured.hold_against_budgets()
}

/// The medians of all rounds.
struct Measured {
    cold: Outcome,
    again: Outcome,
    duckdb: Outcome,
}

#[derive(Clone, Copy)]
struct Outcome {
    took: Duration,
    peak: u64,
}

fn measure(house: &House, data: &Path, rounds: usize) -> Result<Measured> {
    let mut all: [Vec<Outcome>; 3] = Default::default();
    for round in 0..rounds.max(1) {
        say(&format!("round {} of {}", round + 1, rounds.max(1)));
        remove(&data.join("cache"))?;
        let runs = [
            contender::hark(house, data)?,
            contender::hark(house, data)?,
            contender::duckdb(house, data)?,
        ];
        let [cold, again, duckdb] = &runs;
        ensure_same(&cold.answers, &again.answers)?;
        ensure_same(&cold.answers, &duckdb.answers)?;
        for (outcomes, run) in all.iter_mut().zip(&runs) {
            outcomes.push(Outcome::of(run));
        }
    }
    let [cold, again, duckdb] = all.map(|outcomes| median(&outcomes));
    let nothing = "no round was measured";
    Ok(Measured {
        cold: cold.context(nothing)?,
        again: again.context(nothing)?,
        duckdb: duckdb.context(nothing)?,
    })
}

fn ensure_same(these: &[Answer], those: &[Answer]) -> Result<()> {
    let same = these.len() == those.len()
        && these.iter().zip(those).all(|(this, that)| {
            let close = (this.figure - that.figure).abs() < 1e-6;
            let figure = this.figure;
            close
                && *this
                    == Answer {
                        figure,
                        ..that.clone()
                    }
        });
    ensure!(same, "the answers differ: {these:?} and {those:?}");
    Ok(())
}

impl Outcome {
    const fn of(run: &Run) -> Self {
        Self {
            took: run.took,
            peak: run.peak,
        }
    }
}

/// The middle time, and the largest size of all rounds.
fn median(outcomes: &[Outcome]) -> Option<Outcome> {
    let mut times: Vec<Duration> = outcomes.iter().map(|outcome| outcome.took).collect();
    times.sort_unstable();
    Some(Outcome {
        took: *times.get(times.len() / 2)?,
        peak: outcomes.iter().map(|outcome| outcome.peak).max()?,
    })
}

impl Measured {
    fn ratio(&self) -> f64 {
        self.cold.took.as_secs_f64() / self.duckdb.took.as_secs_f64()
    }

    fn hold_against_budgets(&self) -> Result<()> {
        let ratio = self.ratio();
        ensure!(
            ratio <= RATIO_MAX,
            "the report took {ratio:.2} of DuckDB's time, at most {RATIO_MAX}"
        );
        let peak = self.cold.peak.max(self.again.peak);
        ensure!(
            peak <= MEMORY_MAX,
            "the report needed {peak} bytes of memory, at most {MEMORY_MAX}"
        );
        Ok(())
    }
}

/// Markdown, so that it can stand in a document as it is.
fn print(measured: &Measured, lines: u64, bytes: u64) -> Result<()> {
    let mut out = stdout().lock();
    writeln!(
        out,
        "\n{lines} lines, {} MB; equal answers\n",
        bytes / 1_000_000
    )?;
    writeln!(out, "| | seconds | ÷ DuckDB | memory at most |")?;
    writeln!(out, "| --- | --: | --: | --: |")?;
    for (name, outcome) in [
        ("`hark report`, the first time", measured.cold),
        ("`hark report`, again", measured.again),
        ("DuckDB, without its start", measured.duckdb),
    ] {
        writeln!(
            out,
            "| {name} | {:.2} | {:.2} | {} MB |",
            outcome.took.as_secs_f64(),
            outcome.took.as_secs_f64() / measured.duckdb.took.as_secs_f64(),
            outcome.peak / 1_000_000,
        )?;
    }
    writeln!(out)?;
    Ok(())
}

fn remove(folder: &Path) -> Result<()> {
    if folder.exists() {
        fs::remove_dir_all(folder)
            .with_context(|| format!("cannot remove `{}`", folder.display()))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answer(n: u64, figure: f64) -> Vec<Answer> {
        vec![Answer {
            survey: "recommend".into(),
            impressions: 9,
            responses: 5,
            n,
            figure,
        }]
    }

    #[test]
    fn answers_that_differ_are_not_taken_for_the_same() {
        assert!(ensure_same(&answer(4, 25.0), &answer(4, 25.000_000_1)).is_ok());
        assert!(ensure_same(&answer(4, 25.0), &answer(5, 25.0)).is_err());
        assert!(ensure_same(&answer(4, 25.0), &answer(4, 25.1)).is_err());
        assert!(ensure_same(&answer(4, 25.0), &[]).is_err());
    }

    #[test]
    fn the_median_is_the_middle_time_and_the_largest_size() {
        let outcome = |took, peak| Outcome {
            took: Duration::from_secs(took),
            peak,
        };
        let found = median(&[outcome(9, 1), outcome(2, 7), outcome(3, 3)]).unwrap();
        assert_eq!((found.took.as_secs(), found.peak), (3, 7));
    }
}
