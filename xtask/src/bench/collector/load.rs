//! One load: `wrk` on a contender, and what came of it.

use std::{
    cell::Cell,
    fs,
    path::{Path, PathBuf},
    process::Command,
    time::Duration,
};

use anyhow::{Context, Result, ensure};

use super::contender::Running;
use crate::child;

const SCRIPT: &str = include_str!("load.lua");
/// Before anything is counted: connections, caches and memory settle.
const WARM_UP: Duration = Duration::from_secs(1);

/// What puts contenders under load.
pub(super) struct Load {
    script: PathBuf,
    duration: Duration,
    /// So many runs were begun: each sends ids of its own.
    runs: Cell<u32>,
}

/// What one run came to, or the median of several.
#[derive(Clone, Copy)]
pub(super) struct Outcome {
    /// Answers with a `2xx`.
    pub(super) answered: u64,
    pub(super) refused: u64,
    /// Answers with a `2xx` a second.
    pub(super) rate: f64,
    pub(super) p50: Duration,
    pub(super) p99: Duration,
    /// For each 100,000 answers.
    pub(super) cpu: Duration,
    /// Resident memory before the load, in bytes.
    pub(super) idle: u64,
    /// The most resident memory, in bytes.
    pub(super) peak: u64,
}

impl Load {
    pub(super) fn new(folder: &Path, duration: Duration) -> Result<Self> {
        let script = folder.join("load.lua");
        fs::write(&script, SCRIPT)?;
        Ok(Self {
            script,
            duration,
            runs: Cell::new(0),
        })
    }

    /// Loads a contender with so many connections.
    pub(super) fn on(&self, running: &Running, connections: u32) -> Result<Outcome> {
        let idle = running.usage()?.resident;
        self.wrk(running, connections, WARM_UP)?;
        let before = running.usage()?;
        let counted = self.wrk(running, connections, self.duration)?;
        let after = running.usage()?;
        let [requests, microseconds, p50, p99, refused, broken] = counted;
        ensure!(broken == 0, "{broken} connections broke");
        let answered = requests.saturating_sub(refused);
        ensure!(answered > 0, "not one of {requests} requests was answered");
        Ok(Outcome {
            answered,
            refused,
            rate: answered as f64 / Duration::from_micros(microseconds).as_secs_f64(),
            p50: Duration::from_micros(p50),
            p99: Duration::from_micros(p99),
            cpu: (after.cpu - before.cpu).mul_f64(100_000.0 / answered as f64),
            idle,
            peak: after.peak,
        })
    }

    /// The six numbers that the script prints.
    fn wrk(&self, running: &Running, connections: u32, duration: Duration) -> Result<[u64; 6]> {
        self.runs.set(self.runs.get() + 1);
        let mut wrk = Command::new("wrk");
        wrk.args(["--threads", "2", "--timeout", "30s"])
            .args(["--connections", &connections.to_string()])
            .args(["--duration", &format!("{}s", duration.as_secs())])
            .arg("--script")
            .arg(&self.script)
            .arg(format!("http://{}/", running.address))
            .arg("--")
            .arg(self.runs.get().to_string());
        let said = child::read(&mut wrk)?;
        numbers(&said).with_context(|| format!("wrk printed no measurement: {said}"))
    }
}

fn numbers(said: &str) -> Option<[u64; 6]> {
    let line = said
        .lines()
        .find_map(|line| line.strip_prefix("measured "))?;
    let numbers: Vec<u64> = line
        .split(' ')
        .map_while(|word| word.parse().ok())
        .collect();
    numbers.try_into().ok()
}

impl Outcome {
    /// Each figure's own median, of at least one outcome.
    pub(super) fn median(outcomes: &[Self]) -> Self {
        Self {
            answered: middle(outcomes, |outcome| outcome.answered),
            refused: middle(outcomes, |outcome| outcome.refused),
            rate: middle(outcomes, |outcome| outcome.rate),
            p50: middle(outcomes, |outcome| outcome.p50),
            p99: middle(outcomes, |outcome| outcome.p99),
            cpu: middle(outcomes, |outcome| outcome.cpu),
            idle: middle(outcomes, |outcome| outcome.idle),
            peak: middle(outcomes, |outcome| outcome.peak),
        }
    }
}

fn middle<T: PartialOrd + Copy>(outcomes: &[Outcome], figure: impl Fn(&Outcome) -> T) -> T {
    let mut figures: Vec<T> = outcomes.iter().map(figure).collect();
    figures.sort_by(|one, other| one.partial_cmp(other).unwrap_or(std::cmp::Ordering::Equal));
    figures[figures.len() / 2]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_scripts_last_line_is_found_among_what_wrk_prints() {
        let said = "Running 1s test\n  2 threads\n\nmeasured 120 1000000 250 900 2 0\nRequests/sec";
        assert_eq!(numbers(said), Some([120, 1_000_000, 250, 900, 2, 0]));
        assert_eq!(numbers("measured 120 nan"), None);
    }
}
