//! `cargo xtask demo`: from a fresh machine to the demo shop with a running collector.

use std::{fs, net::TcpListener, process::Command};

use anyhow::{Context, Result, bail};
use clap::Args;
use jiff::Timestamp;

use crate::{build, child, house::House, seed, setup, step};

/// Build everything and run the demo shop with its collector
///
/// Sets up what is missing, builds the widget and the collector for release, then serves the demo
/// shop. From nothing this takes up to 10 minutes, with nothing changed under 3 seconds.
#[derive(Args)]
pub(crate) struct Arguments {
    /// Where the collector listens
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:7700")]
    listen: String,
    /// Begin with a month of invented answers, of a shop whose checkout broke on phones last Tuesday
    ///
    /// They are written anew each time, up to this minute; what was answered there before is gone.
    #[arg(long)]
    seeded: bool,
}

/// Where the demo keeps its lines, from the top folder.
const DATA: &str = "target/demo";

/// Where it keeps them when it begins with a month of answers.
const SEEDED_DATA: &str = "target/demo-seeded";

/// Carries out `cargo xtask demo`.
pub(crate) fn run(house: &House, arguments: &Arguments) -> Result<()> {
    // Asked first: one would rather know before ten minutes of building.
    ensure_free(&arguments.listen)?;
    let mut plan = setup::for_build(house)?;
    plan.extend(build::plan_of_build());
    step::take(house, &plan)?;
    let data = if arguments.seeded {
        step::say(&seed_month(house)?);
        SEEDED_DATA
    } else {
        DATA
    };
    step::say(&invitation(&arguments.listen, data));
    serve(house, &arguments.listen, data)
}

/// Writes the invented month, and says what it is and what to ask it.
fn seed_month(house: &House) -> Result<String> {
    let folder = house.root.join(SEEDED_DATA);
    if folder.exists() {
        fs::remove_dir_all(&folder)
            .with_context(|| format!("cannot empty `{}`", folder.display()))?;
    }
    let written = seed::write(&folder, &seed::Plan::month(Timestamp::now()))?;
    let (lines, megabytes) = (written.lines, written.bytes as f64 / 1e6);
    let broke = written.broke.strftime("%A %-d %B, %H:%M UTC");
    Ok(format!(
        "
  Seeded    {SEEDED_DATA}: {lines} lines of a month ({megabytes:.0} MB), six languages
            On {broke}, a release broke the pay button on phones
  Ask       target/release/hark report --data {SEEDED_DATA}
            target/release/hark report --data {SEEDED_DATA} --survey checkout-effort --by device
            target/release/hark report --data {SEEDED_DATA} --watch
            target/release/hark digest --data {SEEDED_DATA} --html target/digest.html
            target/release/hark export --data {SEEDED_DATA} --format csv --output target/answers.csv"
    ))
}

fn ensure_free(listen: &str) -> Result<()> {
    let Err(error) = TcpListener::bind(listen) else {
        return Ok(());
    };
    bail!(
        "cannot listen on `{listen}`: {error}\n  hint: stop what listens there, or choose another \
         address: `cargo xtask demo --listen 127.0.0.1:7701`"
    )
}

fn invitation(listen: &str, data: &str) -> String {
    format!(
        "
  Open      http://{listen}/demo/
  Surveys   in the checkout: leave the page with the pointer through its top (effort, CES)
            after the order: wait two seconds (satisfaction, CSAT)
            home, category, product: read for 45 seconds, or far down (recommendation, NPS)
  Dashboard http://{listen}/dashboard
  Answers   {data}/events/date=*/: lines of JSON in *.jsonl, days that are over in *.jsonl.zst
  Read      target/release/hark report --data {data}
  Stop      Ctrl-C
"
    )
}

/// Becomes the collector, so that Ctrl-C and every other signal reach it.
fn serve(house: &House, listen: &str, data: &str) -> Result<()> {
    let mut hark = Command::new(house.collector());
    hark.current_dir(&house.root)
        .args(["serve", "--demo", "--listen", listen, "--data", data]);
    child::become_it(&mut hark)
}
