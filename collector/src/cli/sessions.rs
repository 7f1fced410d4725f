//! What is typed about how long people stay signed in to the dashboard.

use clap::Args;
use survey::file::duration;

#[derive(Clone, Debug, Default, Args)]
#[command(next_help_heading = "Dashboard")]
pub(crate) struct Sessions {
    /// How long one stays signed in without opening a page [default: 8h]
    #[arg(long, env = "HARK_SESSION_IDLE", value_name = "SPAN", value_parser = lasting, hide_env_values = true)]
    pub(crate) session_idle: Option<Lasting>,
    /// How long one stays signed in at all [default: 7d]
    #[arg(long, env = "HARK_SESSION_LIFETIME", value_name = "SPAN", value_parser = lasting, hide_env_values = true)]
    pub(crate) session_lifetime: Option<Lasting>,
}

/// A span of time, in seconds; at least one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Lasting(pub(crate) u32);

/// A span as `8h` or `7d`.
pub(crate) fn lasting(text: &str) -> Result<Lasting, &'static str> {
    let seconds = duration::seconds(text).filter(|seconds| *seconds > 0);
    let wrong = "write a whole number from 1 and `s`, `m`, `h` or `d`, for example 8h";
    seconds.map(Lasting).ok_or(wrong)
}
