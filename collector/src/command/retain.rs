//! `hark retain`: removes what is older than so many days, now.

use crate::cli;
use crate::console::print;
use crate::failure::Failure;
use crate::journal::{self, Answer, Request};
use crate::settings;
use jiff::Timestamp;

pub(crate) fn run(typed: cli::Retain, clock: fn() -> Timestamp) -> Result<(), Failure> {
    let data = settings::data_folder(&typed.config, typed.data)?;
    let request = Request::Retain { days: typed.days };
    let segments = match journal::ask(&data, &request, clock)? {
        Answer::Retained { segments } => segments,
        _ => 0,
    };
    print(format_args!("segments removed: {segments}\n"))
}
