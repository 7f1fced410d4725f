//! Tests run by cargo, counted as they go by.

use std::{
    cell::Cell,
    io::{BufRead, BufReader, Write, stdout},
    path::Path,
    process::{Command, Stdio},
    rc::Rc,
};

use anyhow::{Context, Result, ensure};

use super::engine::Engine;
use crate::{
    child,
    house::House,
    setup::{Program, chromedriver},
    step::Step,
};

/// How many tests passed and failed so far.
#[derive(Clone, Default)]
pub(super) struct Tally(Rc<Cell<(u32, u32)>>);

impl Tally {
    /// The last line of a test run, if there was one.
    pub(super) fn print(&self) -> Result<()> {
        let (passed, failed) = self.0.get();
        if passed + failed == 0 {
            return Ok(());
        }
        Ok(writeln!(stdout(), "{passed} passed, {failed} failed")?)
    }

    fn add(&self, (passed, failed): (u32, u32)) {
        let so_far = self.0.get();
        self.0.set((so_far.0 + passed, so_far.1 + failed));
    }
}

/// A `cargo test` as a step.
pub(super) struct CargoTest {
    name: &'static str,
    usually: &'static str,
    packages: &'static [&'static str],
    /// The files of tests, if not all.
    files: &'static [&'static str],
    /// Parts of names of tests that cannot be run in this engine.
    skipped: &'static [&'static str],
    engine: Engine,
    filter: Option<String>,
    tally: Tally,
}

impl CargoTest {
    /// All that needs neither browser nor Wasm.
    pub(super) fn native(filter: Option<&str>, tally: &Tally) -> Self {
        Self {
            name: "native tests",
            usually: "usually 3 min from nothing, 20 s after a change",
            packages: &[
                "--workspace",
                "--exclude",
                "hark-widget",
                "--exclude",
                "e2e",
                "--exclude",
                "faults",
            ],
            files: &[],
            skipped: &[],
            engine: Engine::Chromium,
            filter: filter.map(str::to_owned),
            tally: tally.clone(),
        }
    }

    /// Kills, power cuts and failing disks around the release binary.
    pub(super) fn faults(filter: Option<&str>, tally: &Tally) -> Self {
        let (name, files): (_, &[_]) = if Path::new("/dev/fuse").exists() {
            ("fault tests", &[])
        } else {
            // All but `disk.rs`.
            (
                "fault tests, without /dev/fuse: no disks of our own",
                &["--lib", "--test", "faults"],
            )
        };
        Self {
            name,
            files,
            skipped: &[],
            engine: Engine::Chromium,
            usually: "usually 2 min from nothing, 1 min after a change",
            packages: &["--package", "faults"],
            filter: filter.map(str::to_owned),
            tally: tally.clone(),
        }
    }

    /// A person's side: the release binary, a real browser, the lines on disk.
    pub(super) fn end_to_end(
        engine: Engine,
        is_core: bool,
        filter: Option<&str>,
        tally: &Tally,
    ) -> Self {
        Self {
            name: engine.step(is_core),
            usually: "usually 3 min from nothing, 1 min after a change",
            packages: &["--package", "e2e"],
            files: Engine::files(is_core),
            skipped: engine.skipped(),
            engine,
            filter: filter.map(str::to_owned),
            tally: tally.clone(),
        }
    }
}

impl Step for CargoTest {
    fn name(&self) -> String {
        self.name.into()
    }

    fn usually(&self) -> &'static str {
        self.usually
    }

    fn make(&self, house: &House) -> Result<()> {
        let mut cargo = house.cargo();
        cargo
            .args(["test", "--locked", "--no-fail-fast"])
            .args(self.packages)
            .args(self.files)
            .arg("--")
            .args(&self.filter)
            .args(self.skipped.iter().flat_map(|part| ["--skip", part]))
            .env("HARK_BIN", house.collector());
        if let Some(driver) = chromedriver() {
            cargo.env("HARK_CHROMEDRIVER", driver);
        }
        if let Some(driver) = Program::GECKODRIVER.find(house) {
            cargo.env("HARK_GECKODRIVER", driver);
        }
        cargo.env("HARK_BROWSER", self.engine.name());
        run_and_count(&mut cargo, &self.tally)
    }

    fn remedy(&self) -> &'static str {
        "read the failed test's own words above; \
         run it alone with `cargo xtask test --only native -- NAME` (or `--only faults`, `--only e2e`)"
    }
}

/// Passes the tests' output on, line by line, and counts what their last lines say.
fn run_and_count(cargo: &mut Command, tally: &Tally) -> Result<()> {
    let mut tests = cargo
        .stdout(Stdio::piped())
        .spawn()
        .with_context(|| child::unstartable(cargo))?;
    let output = tests.stdout.take().context("cargo has no stdout")?;
    for line in BufReader::new(output).lines() {
        let line = line?;
        tally.add(counts(&line).unwrap_or_default());
        writeln!(stdout(), "{line}")?;
    }
    let status = tests.wait()?;
    ensure!(
        status.success(),
        "`{}` ended with {status}",
        child::line(cargo)
    );
    Ok(())
}

/// `test result: ok. 3 passed; 1 failed; …` → (3, 1).
fn counts(line: &str) -> Option<(u32, u32)> {
    let result = line.strip_prefix("test result: ")?;
    let before = |word: &str| {
        result
            .split_once(word)?
            .0
            .rsplit([' ', ';'])
            .next()?
            .parse()
            .ok()
    };
    Some((before(" passed")?, before(" failed")?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn passed_and_failed_tests_are_counted() {
        let line = "test result: FAILED. 31 passed; 2 failed; 0 ignored; 0 measured";
        assert_eq!(counts(line), Some((31, 2)));
        assert_eq!(counts("test a_detractor_is_heard ... ok"), None);
    }
}
