//! `hark check`: every fault of the settings and surveys at once, without starting anything.

use crate::catalog::Catalog;
use crate::cli;
use crate::command::tag;
use crate::console::say;
use crate::failure::Failure;
use crate::faults::Faults;
use crate::settings;

pub(crate) fn run(typed: cli::Check) -> Result<(), Failure> {
    let mut faults = Faults::default();
    let files = settings::surveys(&typed, &mut faults)?;
    let catalog = Catalog::load(files, &mut faults)?;
    faults.none().map_err(Failure::Faults)?;
    say(format_args!("no fault: {}", catalog.current().summary()));
    if typed.tag { tag::print(typed) } else { Ok(()) }
}
