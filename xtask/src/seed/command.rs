//! `cargo xtask seed`: invented lines for trying and measuring the report.

use std::path::PathBuf;

use anyhow::{Result, ensure};
use clap::Args;
use jiff::Timestamp;

use super::{Plan, write};
use crate::step;

/// Write a month of invented answers, of a shop whose checkout broke on phones, into a data folder
///
/// The same flags with the same --until make the same files, byte for byte. `cargo xtask demo
/// --seeded` does this and then serves the shop.
#[derive(Args)]
pub(crate) struct Arguments {
    /// Data folder; it must not exist yet
    folder: PathBuf,
    /// Exactly so many lines in place of those of a shop with 2,400 visits a day
    #[arg(long, value_name = "NUMBER")]
    lines: Option<u64>,
    /// Days before that of --until
    #[arg(long, value_name = "NUMBER", default_value_t = 30)]
    days: u16,
    /// The moment the lines end, such as 2026-11-27T12:00:00Z [default: now]
    #[arg(long, value_name = "MOMENT")]
    until: Option<Timestamp>,
}

/// Carries out `cargo xtask seed`.
pub(crate) fn run(arguments: &Arguments) -> Result<()> {
    let folder = &arguments.folder;
    ensure!(
        !folder.exists(),
        "`{}` exists already\n  hint: remove it, or name another folder",
        folder.display()
    );
    let until = arguments.until.unwrap_or_else(Timestamp::now);
    let plan = match arguments.lines {
        Some(lines) => Plan::of_lines(lines, arguments.days, until)?,
        None => Plan {
            days: arguments.days,
            ..Plan::month(until)
        },
    };
    let written = write(folder, &plan)?;
    step::say(&format!(
        "{} lines, {:.1} MB in `{}`; the pay button broke on phones at {}",
        written.lines,
        written.bytes as f64 / 1e6,
        folder.display(),
        written.broke
    ));
    Ok(())
}
