//! `cargo xtask evaluate`: how well the report understands what people write.

use anyhow::Result;
use clap::{Args, Subcommand};

use crate::{child, house::House};

/// Measure what cannot be right or wrong, only better or worse
#[derive(Args)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    what: What,
}

#[derive(Subcommand)]
enum What {
    /// Hear the themes of 300 comments in four languages, and print precision and recall
    Themes {
        /// Print the comments heard wrongly, of the half that may be looked at
        #[arg(long)]
        misses: bool,
    },
}

/// Carries out `cargo xtask evaluate`.
pub(crate) fn run(house: &House, arguments: &Arguments) -> Result<()> {
    let What::Themes { misses } = arguments.what;
    let mut cargo = house.cargo();
    cargo.args(["run", "--quiet", "--package", "report"]);
    cargo.args(["--example", "evaluate_themes"]);
    if misses {
        cargo.args(["--", "--misses"]);
    }
    child::run(&mut cargo)
}
