//! What is typed after `hark check`.

use super::{Config, Surveys};
use clap::Args;

/// Check hark.toml and every survey file, and name each fault with its place
///
/// `serve` checks the same before it starts. With --surveys and without a hark.toml, only the surveys
/// are checked.
#[derive(Debug, Args)]
#[command(after_long_help = "\
Examples:
  hark check                             before a restart
  hark check --surveys surveys           in the CI of the repository that holds the surveys

Each fault is printed as `file:line:column: what is wrong`. Exit code 1 if there is one.")]
pub(crate) struct Check {
    #[command(flatten)]
    pub(crate) config: Config,
    #[command(flatten)]
    pub(crate) surveys: Surveys,
}
