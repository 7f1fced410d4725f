//! What is typed after `hark check`.

use super::{Config, Surveys};
use clap::Args;
use std::path::PathBuf;

/// Check hark.toml and every survey file, and name each fault with its place
///
/// `serve` checks the same before it starts. With --surveys and without a hark.toml, only the surveys
/// are checked.
#[derive(Debug, Args)]
#[command(after_long_help = "\
Examples:
  hark check                             before a restart
  hark check --surveys surveys           in the CI of the repository that holds the surveys
  hark check --tag --url https://feedback.example.com

Each fault is printed as `file:line:column: what is wrong`. Exit code 1 if there is one.")]
pub(crate) struct Check {
    #[command(flatten)]
    pub(crate) config: Config,
    #[command(flatten)]
    pub(crate) surveys: Surveys,
    /// Print the tag of each site as it is pasted, with the hash of the loader, and the line that a
    /// Content-Security-Policy needs
    #[arg(long)]
    pub(crate) tag: bool,
    /// Where pages find the collector [default: the address it listens on]
    #[arg(long, value_name = "ORIGIN", requires = "tag")]
    pub(crate) url: Option<String>,
    /// Take the loader's hash from this folder, and not from the program
    #[arg(
        long,
        env = "HARK_ASSETS",
        value_name = "FOLDER",
        hide_env_values = true
    )]
    pub(crate) assets: Option<PathBuf>,
}
