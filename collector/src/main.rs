//! `hark`: the shop's side of Hark. One program that serves the widget, stores answers and reports.
//!
//! A response is read file after file: `http::routes` → `http::events` → `survey::accept` → `journal`.
//! The clock is asked for here and handed on.

mod assets;
mod catalog;
mod cli;
mod command;
mod console;
mod failure;
mod faults;
mod http;
mod journal;
mod lookout;
mod measure;
mod settings;

use clap::Parser;
use cli::{Cli, Command};
use command::{check, digest, erase, export, report, retain, serve};
use jiff::Timestamp;
use std::process::ExitCode;

fn main() -> ExitCode {
    let done = match Cli::parse().command {
        Command::Serve(typed) => serve::run(typed, Timestamp::now),
        Command::Check(typed) => check::run(typed),
        Command::Digest(typed) => digest::run(typed, Timestamp::now()),
        Command::Erase(typed) => erase::run(typed, Timestamp::now),
        Command::Export(typed) => export::run(typed, Timestamp::now()),
        Command::Report(typed) => report::run(&typed, Timestamp::now),
        Command::Retain(typed) => retain::run(typed, Timestamp::now),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            console::fail(&failure);
            failure.exit_code()
        }
    }
}
