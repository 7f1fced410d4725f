//! What is typed after `hark password` and `hark token`.

use super::{Config, Data};
use clap::{Args, Subcommand};

/// Set the password of the dashboard
///
/// Asked twice on a terminal, without showing it; otherwise the first line of standard input. Works beside
/// a running `serve`, which goes by it from the next request on: everybody is signed out. Without a
/// password the dashboard is shown on this machine alone, and not at all where a site has pages elsewhere.
#[derive(Debug, Args)]
#[command(after_long_help = "\
Examples:
  hark password                          asks for it
  hark password --data /var/lib/hark     of the collector that keeps its answers there
  pwgen 20 1 | tee /dev/tty | hark password
  hark password --remove                 none any more

At least 12 characters. Kept as a hash (argon2id) in `access/password` in the data folder, for the owner
of that folder to read and nobody else.")]
pub(crate) struct Password {
    #[command(flatten)]
    pub(crate) config: Config,
    #[command(flatten)]
    pub(crate) data: Data,
    /// Take the password away: the dashboard is shown on this machine at most
    #[arg(long)]
    pub(crate) remove: bool,
}

/// Make, list and remove tokens, with which programs read reports and responses over HTTP
///
/// A program says its token as `Authorization: Bearer …` to `/v1/sites/{site}/report` and
/// `/v1/sites/{site}/responses`. Works beside a running `serve`, which goes by it from the next request on.
#[derive(Debug, Args)]
#[command(after_long_help = "\
Examples:
  hark token new nightly-export          prints the token, this once
  hark token list
  hark token remove nightly-export
  curl -H \"Authorization: Bearer $TOKEN\" http://127.0.0.1:7700/v1/sites/shop/report?since=30d

A token opens every site, to be read and not to be changed. What is kept is its SHA-256, in `access/tokens`
in the data folder.")]
pub(crate) struct TokenCommand {
    #[command(subcommand)]
    pub(crate) deed: TokenDeed,
}

#[derive(Debug, Subcommand)]
pub(crate) enum TokenDeed {
    /// Make a token and print it, this once
    New(NamedToken),
    /// Print the names of all tokens, and when each was made
    List(TokenPlace),
    /// Remove a token: whoever says it is refused from now on
    Remove(NamedToken),
}

#[derive(Debug, Args)]
pub(crate) struct NamedToken {
    /// What it is for: letters, digits, `-`, `_` and `.`
    #[arg(value_name = "NAME")]
    pub(crate) name: String,
    #[command(flatten)]
    pub(crate) place: TokenPlace,
}

#[derive(Debug, Args)]
pub(crate) struct TokenPlace {
    #[command(flatten)]
    pub(crate) config: Config,
    #[command(flatten)]
    pub(crate) data: Data,
}
