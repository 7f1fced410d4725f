//! `cargo xtask demo`: from a fresh machine to the demo shop with a running collector.

use std::{net::TcpListener, process::Command};

use anyhow::{Result, bail};
use clap::Args;

use crate::{build, child, house::House, setup, step};

/// Build everything and run the demo shop with its collector
///
/// Sets up what is missing, builds the widget and the collector for release, then serves the demo
/// shop. From nothing this takes up to 10 minutes, with nothing changed under 3 seconds.
#[derive(Args)]
pub(crate) struct Arguments {
    /// Where the collector listens
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:7700")]
    listen: String,
}

/// Where the demo keeps its lines, from the top folder.
const DATA: &str = "target/demo";

/// Carries out `cargo xtask demo`.
pub(crate) fn run(house: &House, arguments: &Arguments) -> Result<()> {
    // Asked first: one would rather know before ten minutes of building.
    ensure_free(&arguments.listen)?;
    let mut plan = setup::for_build(house)?;
    plan.extend(build::plan_of_build());
    step::take(house, &plan)?;
    step::say(&invitation(&arguments.listen));
    serve(house, &arguments.listen)
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

fn invitation(listen: &str) -> String {
    format!(
        "
  Open      http://{listen}/demo/
  Surveys   in the checkout: leave the page with the pointer through its top (effort, CES)
            after the order: wait two seconds (satisfaction, CSAT)
            home, category, product: read for 45 seconds, or far down (recommendation, NPS)
  Answers   {DATA}/events/date=*/*.jsonl
  Read      target/release/hark report --data {DATA}
  Stop      Ctrl-C
"
    )
}

/// Becomes the collector, so that Ctrl-C and every other signal reach it.
fn serve(house: &House, listen: &str) -> Result<()> {
    let mut hark = Command::new(house.collector());
    hark.current_dir(&house.root)
        .args(["serve", "--demo", "--listen", listen, "--data", DATA]);
    child::become_it(&mut hark)
}
