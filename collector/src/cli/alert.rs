//! What is typed after `hark alert`.

use super::{Config, Data};
use clap::{Args, Subcommand};

/// Try the webhooks of hark.toml, see what waits, make a secret
///
/// `serve` tells each `[[webhook]]` of low scores that left a contact, of figures that fall, of cases that
/// are overdue, and once a day what moved. Without one no address is ever contacted.
#[derive(Debug, Args)]
#[command(after_long_help = "\
Examples:
  hark alert secret                      a new secret for hark.toml and the receiver
  hark alert test                        a message to each webhook, and what it answered
  hark alert test --webhook team
  hark alert list                        what waits to be delivered, and what was given up

In hark.toml:
  [[webhook]]
  url = \"https://hooks.example.com/hark\"
  secret = \"whsec_…\"
  format = \"hark\"                        or \"slack\"
  events = [\"low_score\", \"alarm\", \"overdue\", \"digest\"]")]
pub(crate) struct Alert {
    #[command(subcommand)]
    pub(crate) asked: Asked,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Asked {
    /// Send a message to each webhook, now and once, and print what it answered
    ///
    /// One that had said that it wants no more (410) is told again once this arrives.
    Test {
        #[command(flatten)]
        config: Config,
        #[command(flatten)]
        data: Data,
        /// Only this one: its name, its number in hark.toml from 1, or its url
        #[arg(long, value_name = "WEBHOOK")]
        webhook: Option<String>,
    },
    /// List what waits to be delivered, and what was given up in the last seven days
    List {
        #[command(flatten)]
        config: Config,
        #[command(flatten)]
        data: Data,
    },
    /// Print a new secret
    Secret,
}
