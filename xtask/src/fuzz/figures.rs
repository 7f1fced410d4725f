//! What libFuzzer says of a run when it ends: `stat::number_of_executed_units: 7600000`.

use std::io::{Write, stdout};

use anyhow::Result;

/// The figures of one target.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Figures {
    runs: u64,
    runs_per_second: u64,
    slowest_seconds: u64,
    peak_megabytes: u64,
    new_inputs: u64,
}

impl Figures {
    /// Takes a line of its talk.
    pub(super) fn hear(&mut self, line: &str) {
        let said = line.strip_prefix("stat::").and_then(|rest| {
            let (name, value) = rest.split_once(':')?;
            Some((name, value.trim().parse().ok()?))
        });
        match said {
            Some(("number_of_executed_units", value)) => self.runs = value,
            Some(("average_exec_per_sec", value)) => self.runs_per_second = value,
            Some(("slowest_unit_time_sec", value)) => self.slowest_seconds = value,
            Some(("peak_rss_mb", value)) => self.peak_megabytes = value,
            Some(("new_units_added", value)) => self.new_inputs = value,
            _ => {}
        }
    }

    /// One row a target, and their sum.
    pub(super) fn print(rows: &[(&str, Self)]) -> Result<()> {
        let mut out = stdout().lock();
        writeln!(
            out,
            "{:<12} {:>12} {:>10} {:>10} {:>10} {:>11}",
            "target", "runs", "runs/s", "slowest", "memory", "new inputs"
        )?;
        for (target, figures) in rows {
            writeln!(
                out,
                "{target:<12} {:>12} {:>10} {:>8} s {:>7} MB {:>11}",
                figures.runs,
                figures.runs_per_second,
                figures.slowest_seconds,
                figures.peak_megabytes,
                figures.new_inputs
            )?;
        }
        let runs: u64 = rows.iter().map(|(_, figures)| figures.runs).sum();
        writeln!(
            out,
            "{runs} runs without a panic, a slow input or one that takes much memory"
        )?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_said_at_the_end_is_heard() {
        let talk = "#8 DONE cov: 3 exec/s: 0 rss: 40Mb\n\
                    stat::number_of_executed_units: 10000\n\
                    stat::average_exec_per_sec:     5000\n\
                    stat::new_units_added:          12\n\
                    stat::slowest_unit_time_sec:    0\n\
                    stat::peak_rss_mb:              41\n";
        let mut figures = Figures::default();
        talk.lines().for_each(|line| figures.hear(line));
        let expected = Figures {
            runs: 10_000,
            runs_per_second: 5_000,
            slowest_seconds: 0,
            peak_megabytes: 41,
            new_inputs: 12,
        };
        assert_eq!(figures, expected);
    }
}
