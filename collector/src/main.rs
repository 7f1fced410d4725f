//! `hark`: the shop's side of Hark. One program that serves the widget, stores answers and reports.
//!
//! A response is read file after file: `http::routes` → `http::events` → `survey::accept` → `journal`.
//! The clock is asked for here and handed on.

mod alerts;
mod assets;
mod catalog;
mod certificate;
mod cli;
mod command;
mod console;
mod dashboard;
mod doorway;
mod failure;
mod faults;
mod http;
mod journal;
mod lookout;
mod measure;
mod random;
mod settings;

use clap::{CommandFactory, FromArgMatches};
use cli::{Cli, Command, Typed};
use command::{
    alert, cases, check, digest, erase, export, health, new, openapi, password, report, retain,
    serve, token,
};
use jiff::Timestamp;
use std::process::ExitCode;

/// Takes less of the processor for each event than the C library's: `docs/decisions/0059-the-allocator.md`.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    let mut read = Cli::command().get_matches();
    let typed = Cli::from_arg_matches_mut(&mut read.clone()).unwrap_or_else(|error| error.exit());
    let done = match typed.command {
        Command::Serve(typed) => {
            let read = read.remove_subcommand().map(|(_, read)| read);
            let origins = Typed::of("serve", read.unwrap_or_default());
            serve::run(typed, origins, Timestamp::now)
        }
        Command::Alert(typed) => alert::run(typed, Timestamp::now),
        Command::Cases(typed) => cases::run(typed, Timestamp::now),
        Command::Check(typed) => check::run(typed),
        Command::Digest(typed) => digest::run(typed, Timestamp::now()),
        Command::Erase(typed) => erase::run(typed, Timestamp::now),
        Command::Export(typed) => export::run(typed, Timestamp::now()),
        Command::Health(typed) => health::run(&typed),
        Command::New(typed) => new::run(typed),
        Command::Openapi => openapi::run(),
        Command::Password(typed) => password::run(typed),
        Command::Report(typed) => report::run(&typed, Timestamp::now),
        Command::Retain(typed) => retain::run(typed, Timestamp::now),
        Command::Token(typed) => token::run(typed, Timestamp::now()),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            console::fail(&failure);
            failure.exit_code()
        }
    }
}
