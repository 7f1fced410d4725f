//! A run of cargo-fuzz.

use std::{
    fs,
    io::{BufRead, BufReader},
    path::Path,
    process::{Command, Stdio},
};

use anyhow::{Context, Result, ensure};

use super::figures::Figures;
use crate::{child, house::House, step::say};

/// How long inputs are.
#[derive(Clone, Copy)]
pub(super) enum Length {
    /// Up to 1 KiB: long ones are slow, and mostly say the same again.
    Short,
    /// As a whole body may be: the inputs of the corpus, each repeated to 64 KiB, and what becomes of them.
    Body,
}

impl Length {
    const fn most(self) -> usize {
        match self {
            Self::Short => 1 << 10,
            Self::Body => 64 << 10,
        }
    }
}

/// Tries so many inputs; what it says goes on to the person.
pub(super) fn run(house: &House, target: &str, runs: u64, length: Length) -> Result<Figures> {
    let corpus = house.root.join("fuzz/corpus").join(target);
    let found = house.target().join("fuzz");
    let found = match length {
        Length::Short => found.join(target),
        Length::Body => found.join(format!("{target}-long")),
    };
    if matches!(length, Length::Body) {
        begin_with_long(&corpus, &found)?;
    }
    fs::create_dir_all(&found)?;
    let mut cargo = Command::new(house.cargo().get_program());
    cargo
        .args(["fuzz", "run", "--sanitizer", "none", target])
        .arg(&found)
        .args(matches!(length, Length::Short).then_some(&corpus))
        .arg("--")
        .arg(format!("-runs={runs}"))
        .args(["-timeout=10", "-rss_limit_mb=1024", "-print_final_stats=1"])
        .arg(format!("-max_len={}", length.most()))
        // Else it would begin with short ones all the same.
        .args(matches!(length, Length::Body).then_some("-len_control=0"))
        .current_dir(house.root.join("fuzz"))
        .env("PATH", house.path_with_tools()?)
        .env_remove("CARGO_TARGET_DIR")
        // Counting which branches an input takes is not stable yet.
        .env("RUSTC_BOOTSTRAP", "1")
        .stderr(Stdio::piped());
    let mut running = cargo.spawn().with_context(|| child::unstartable(&cargo))?;
    let mut figures = Figures::default();
    for line in BufReader::new(running.stderr.take().context("it says nothing")?).split(b'\n') {
        // An input that is printed need not be text.
        let line = line?;
        let line = String::from_utf8_lossy(&line);
        figures.hear(&line);
        say(&line);
    }
    let status = running.wait()?;
    ensure!(
        status.success(),
        "`{}` ended with {status}: the input is in fuzz/artifacts/{target}",
        child::line(&cargo)
    );
    Ok(figures)
}

/// Puts long inputs where those are that were found; what was found before would soon fill the disk.
fn begin_with_long(corpus: &Path, found: &Path) -> Result<()> {
    if found.exists() {
        fs::remove_dir_all(found)?;
    }
    fs::create_dir_all(found)?;
    for entry in fs::read_dir(corpus)? {
        let entry = entry?;
        let mut input = fs::read(entry.path())?;
        input.push(b'\n');
        let times = Length::Body.most() / input.len();
        fs::write(found.join(entry.file_name()), input.repeat(times))?;
    }
    Ok(())
}
