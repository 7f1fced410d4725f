//! What is typed after `hark serve`.

use super::{Config, Data, Limits, Sessions, Surveys};
use clap::{Args, ValueEnum};
use std::net::SocketAddr;
use std::path::PathBuf;

/// Serve the widget and the surveys, and store what visitors answer
///
/// An answer is acknowledged only once it is on disk, so a crash or a power cut loses none. Stop with
/// Ctrl-C or SIGTERM: what was accepted is stored first.
#[derive(Debug, Args)]
#[command(after_long_help = "\
Examples:
  hark serve --demo                      a shop to try it in, without any settings
  hark serve                             settings from hark.toml in this folder
  hark serve --config /etc/hark.toml --data /var/lib/hark
  HARK_LISTEN=0.0.0.0:8080 hark serve
  hark serve --check                     what would be served, and whether it can be

A hark.toml needs one site:
  [[site]]
  key = \"shop\"                          as in the tag's data-site
  brand = \"Fernlight\"                   as the survey names the shop
  origins = [\"https://shop.example\"]    the pages that may send; \":*\" at the end is any port

A flag wins over the environment, the environment over hark.toml, that over the default.")]
pub(crate) struct Serve {
    #[command(flatten)]
    pub(crate) config: Config,
    /// Address and port to listen on [default: 127.0.0.1:7700]
    #[arg(
        long,
        env = "HARK_LISTEN",
        value_name = "ADDRESS",
        hide_env_values = true
    )]
    pub(crate) listen: Option<SocketAddr>,
    #[command(flatten)]
    pub(crate) data: Data,
    #[command(flatten)]
    pub(crate) surveys: Surveys,
    /// Serve the built widget from this folder, read anew at each request, and not from the program
    #[arg(
        long,
        env = "HARK_ASSETS",
        value_name = "FOLDER",
        hide_env_values = true
    )]
    pub(crate) assets: Option<PathBuf>,
    /// Remove lines received more days ago than this [default: 395]
    #[arg(
        long,
        env = "HARK_RETAIN_DAYS",
        value_name = "DAYS",
        value_parser = clap::value_parser!(u32).range(1..=36_500),
        hide_env_values = true
    )]
    pub(crate) retain_days: Option<u32>,
    /// Remove contacts left more days ago than this [default: 90]
    #[arg(
        long,
        env = "HARK_CONTACT_RETAIN_DAYS",
        value_name = "DAYS",
        value_parser = clap::value_parser!(u32).range(1..=36_500),
        hide_env_values = true
    )]
    pub(crate) contact_retain_days: Option<u32>,
    /// Serve the demo shop as well, with its own site and surveys; hark.toml is not read
    #[arg(long)]
    pub(crate) demo: bool,
    /// PEM file of a certificate with its chain: speak TLS, with --tls-key
    #[arg(
        long,
        env = "HARK_TLS_CERTIFICATE",
        value_name = "FILE",
        hide_env_values = true
    )]
    pub(crate) tls_certificate: Option<PathBuf>,
    /// PEM file of the certificate's key; both files are read anew when they change
    #[arg(
        long,
        env = "HARK_TLS_KEY",
        value_name = "FILE",
        hide_env_values = true
    )]
    pub(crate) tls_key: Option<PathBuf>,
    /// How the log on standard error is written [default: text]
    #[arg(
        long,
        env = "HARK_LOG_FORMAT",
        value_enum,
        value_name = "FORMAT",
        hide_env_values = true
    )]
    pub(crate) log_format: Option<LogFormat>,
    /// What is worth a line in the log [default: info]
    #[arg(
        long,
        env = "HARK_LOG",
        value_enum,
        ignore_case = true,
        value_name = "LEVEL",
        hide_env_values = true
    )]
    pub(crate) log: Option<LogLevel>,
    /// Say every setting and where it comes from, check what serving needs, and end
    #[arg(long)]
    pub(crate) check: bool,
    #[command(flatten)]
    pub(crate) limits: Limits,
    #[command(flatten)]
    pub(crate) sessions: Sessions,
}

/// What is worth a line in the log, each with what is worse.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum LogLevel {
    /// What went wrong
    Error,
    /// What may do so
    Warn,
    /// What happens now and then
    #[default]
    Info,
    /// What helps to find a fault
    Debug,
    /// All there is
    Trace,
}

/// How the log is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum LogFormat {
    /// For people
    #[default]
    Text,
    /// One object a line, for programs
    Json,
}
