//! `cargo xtask bench widget`: bundles what the widget is weighed against, then weighs all in a browser.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context, Result};
use clap::Args;

use crate::{
    build, child,
    house::House,
    setup::{self, Browser, NodeTools, chromedriver},
    step::{self, Step},
};

const LOCK: &str = "package-lock.json";

/// Each with the guide's own lines for npm.
const BUNDLES: [&str; 4] = ["posthog.js", "sprig.js", "sentry.js", "form.js"];

/// What PostHog loads from its own address once a survey may be shown.
const LOADED_LATER: &str = "node_modules/posthog-js/dist/surveys.js";

/// Weigh the widget beside PostHog surveys, Sprig, Sentry feedback and a hand-written form
///
/// The demo shop's home page under 4× CPU throttle in Chromium, with and without a survey: bytes over the
/// wire, scripts on the main thread, long tasks, layout shift, heap with Wasm's memory, and the time from a
/// trigger to the first control of an answer. Fails if a promised ratio is broken. Takes some 10 minutes.
#[derive(Args)]
pub(crate) struct Arguments {
    /// How often each page is opened
    #[arg(long, default_value_t = 5)]
    rounds: u32,
}

/// Carries out `cargo xtask bench widget`.
pub(super) fn run(house: &House, arguments: &Arguments) -> Result<()> {
    let mut plan = setup::for_build(house)?;
    plan.push(Box::new(Browser));
    plan.extend(build::plan_of_build());
    plan.push(Box::new(Rivals));
    step::take(house, &plan)?;
    let mut bench = house.cargo();
    bench
        .args(["run", "--quiet", "--locked", "--package", "e2e"])
        .args(["--example", "widget_bench", "--"])
        .arg(arguments.rounds.to_string())
        .env("HARK_BIN", house.collector());
    if let Some(driver) = chromedriver() {
        bench.env("HARK_CHROMEDRIVER", driver);
    }
    child::run(&mut bench)
}

/// The others, bundled as a shop would and compressed as its server would.
struct Rivals;

impl Rivals {
    fn folder(house: &House) -> PathBuf {
        house.target().join("bench-widget")
    }
}

impl Step for Rivals {
    fn name(&self) -> String {
        "what one would use instead".into()
    }

    fn usually(&self) -> &'static str {
        "installing with npm, usually 20 s"
    }

    fn make(&self, house: &House) -> Result<()> {
        let folder = Self::folder(house);
        fs::create_dir_all(&folder)?;
        let source = house.root.join("xtask/bench-widget");
        for entry in fs::read_dir(&source).context("cannot read `xtask/bench-widget`")? {
            let file = entry?.path();
            fs::copy(&file, folder.join(file.file_name().unwrap_or_default()))?;
        }
        let lock = fs::read(folder.join(LOCK))?;
        if fs::read(folder.join("node_modules").join(LOCK))
            .ok()
            .as_ref()
            != Some(&lock)
        {
            let install = [
                "ci",
                "--ignore-scripts",
                "--no-audit",
                "--no-fund",
                "--loglevel=error",
            ];
            child::run(Command::new("npm").args(install).current_dir(&folder))?;
            fs::write(folder.join("node_modules").join(LOCK), &lock)?;
        }
        let out = folder.join("out");
        let _ = fs::remove_dir_all(&out);
        child::run(
            Command::new(NodeTools::program(house, "esbuild"))
                .args(BUNDLES)
                .args(["--bundle", "--minify", "--splitting", "--format=esm"])
                .args(["--outdir=out", "--log-level=warning"])
                .current_dir(&folder),
        )?;
        fs::copy(folder.join(LOADED_LATER), out.join("surveys.js"))?;
        compress(&out)
    }

    fn remedy(&self) -> &'static str {
        "see what npm or esbuild said above"
    }
}

/// Every file with brotli at its best, beside itself.
fn compress(folder: &Path) -> Result<()> {
    for entry in fs::read_dir(folder)? {
        let file = entry?.path();
        let mut packed = Vec::new();
        let parameters = brotli::enc::BrotliEncoderParams {
            quality: 11,
            ..Default::default()
        };
        brotli::BrotliCompress(&mut fs::read(&file)?.as_slice(), &mut packed, &parameters)?;
        let mut name = file.into_os_string();
        name.push(".br");
        fs::write(name, packed)?;
    }
    Ok(())
}
