//! `hark report` and DuckDB, each run as its user would run it.

use std::{
    io::Read,
    path::Path,
    process::{Child, Command, Stdio},
    thread,
    time::{Duration, Instant},
};

use anyhow::{Context, Result, bail};
use serde_json::Value;

use crate::{bench::process, child, house::House, setup::Python};

/// The answers of a contender, one a survey.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Answer {
    pub(super) survey: String,
    pub(super) impressions: u64,
    pub(super) responses: u64,
    pub(super) n: u64,
    /// The headline figure.
    pub(super) figure: f64,
}

/// One run.
pub(super) struct Run {
    pub(super) answers: Vec<Answer>,
    pub(super) took: Duration,
    /// The most memory it had, in bytes.
    pub(super) peak: u64,
}

/// `hark report` from start to end, printing included.
pub(super) fn hark(house: &House, data: &Path) -> Result<Run> {
    let mut hark = Command::new(house.collector());
    hark.args(["report", "--no-comments", "--format", "json", "--data"])
        .arg(data);
    let (printed, took, peak) = watched(&mut hark)?;
    let answers = printed["surveys"].as_array().context("no surveys")?.iter();
    Ok(Run {
        answers: answers
            .map(|survey| answer(survey, &survey["figures"][0]["value"]))
            .collect::<Result<_>>()?,
        took,
        peak,
    })
}

/// DuckDB's own time for the question, without its start; on as many threads.
pub(super) fn duckdb(house: &House, data: &Path) -> Result<Run> {
    let threads = thread::available_parallelism()?;
    let mut python = Command::new(Python::duckdb().program(house, "python"));
    python
        .arg(house.root.join("xtask/src/bench/report/question.py"))
        .arg(data.join("events/date=*/*.jsonl"))
        .arg(threads.to_string());
    let (printed, _, peak) = watched(&mut python)?;
    let answers = printed["surveys"].as_array().context("no surveys")?.iter();
    Ok(Run {
        answers: answers
            .map(|survey| answer(survey, &survey["figure"]))
            .collect::<Result<_>>()?,
        took: Duration::from_secs_f64(printed["seconds"].as_f64().context("no seconds")?),
        peak,
    })
}

fn answer(survey: &Value, figure: &Value) -> Result<Answer> {
    let number = |key: &str| survey[key].as_u64().with_context(|| format!("no `{key}`"));
    Ok(Answer {
        survey: survey["survey"].as_str().context("no `survey`")?.to_owned(),
        impressions: number("impressions")?,
        responses: number("responses")?,
        n: number("n")?,
        figure: figure.as_f64().context("no figure")?,
    })
}

/// Runs a program to its end: what it prints, how long it took and how large it grew.
fn watched(command: &mut Command) -> Result<(Value, Duration, u64)> {
    let began = Instant::now();
    let mut running = command
        .stdout(Stdio::piped())
        .spawn()
        .with_context(|| child::unstartable(command))?;
    let reading = running.stdout.take().map(|mut out| {
        thread::spawn(move || {
            let mut text = String::new();
            out.read_to_string(&mut text).map(|_| text)
        })
    });
    let (took, peak) = until_it_ends(&mut running, began)?;
    let Some(Ok(text)) = reading.map(thread::JoinHandle::join) else {
        bail!("`{}` cannot be read", child::line(command));
    };
    let printed = serde_json::from_str(&text?)
        .with_context(|| format!("`{}` printed no JSON", child::line(command)))?;
    Ok((printed, took, peak))
}

/// The largest size is looked at a hundred times a second; the system itself keeps the maximum.
fn until_it_ends(running: &mut Child, began: Instant) -> Result<(Duration, u64)> {
    let mut peak = 0;
    loop {
        if let Some(status) = running.try_wait()? {
            anyhow::ensure!(status.success(), "it ended with {status}");
            return Ok((began.elapsed(), peak));
        }
        if let Ok(usage) = process::usage(running.id()) {
            peak = peak.max(usage.peak);
        }
        thread::sleep(Duration::from_millis(10));
    }
}
