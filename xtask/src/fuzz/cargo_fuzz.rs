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

/// Tries so many inputs; what it says goes on to the person.
pub(super) fn run(house: &House, target: &str, runs: u64) -> Result<Figures> {
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
        // Long inputs are slow, and say the same again; tests hold what is long.
        .arg("-max_len=1024")
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
