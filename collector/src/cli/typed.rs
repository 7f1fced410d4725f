//! Where a typed value comes from: a flag, or the environment.

use super::Cli;
use clap::parser::ValueSource;
use clap::{ArgMatches, CommandFactory};

/// What was typed after the name of a command, as clap read it.
#[derive(Debug)]
pub(crate) struct Typed {
    command: &'static str,
    read: ArgMatches,
}

impl Typed {
    /// Of this command, whose matches these are.
    pub(crate) const fn of(command: &'static str, read: ArgMatches) -> Self {
        Self { command, read }
    }

    /// The flag or environment variable that the argument came by.
    pub(crate) fn origin(&self, name: &str) -> Option<String> {
        let by = self.read.value_source(name)?;
        let all = Cli::command();
        let command = all.find_subcommand(self.command)?;
        let argument = command
            .get_arguments()
            .find(|argument| argument.get_id() == name)?;
        match by {
            ValueSource::EnvVariable => Some(argument.get_env()?.to_string_lossy().into_owned()),
            ValueSource::CommandLine => Some(format!("--{}", argument.get_long()?)),
            _ => None,
        }
    }
}
