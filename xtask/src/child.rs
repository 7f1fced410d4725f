//! Programs we start: run to their end or read, and named in full when they fail.

use std::process::{Command, Stdio};

use anyhow::{Context, Result, ensure};

/// Runs a program to its end; what it prints goes where ours goes.
pub(crate) fn run(command: &mut Command) -> Result<()> {
    let status = command.status().with_context(|| unstartable(command))?;
    ensure!(status.success(), "`{}` ended with {status}", line(command));
    Ok(())
}

/// What a program prints on stdout, trimmed.
pub(crate) fn read(command: &mut Command) -> Result<String> {
    let output = command
        .stderr(Stdio::null())
        .output()
        .with_context(|| unstartable(command))?;
    ensure!(
        output.status.success(),
        "`{}` ended with {}",
        line(command),
        output.status
    );
    Ok(String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// Why a program that does not start does not.
pub(crate) fn unstartable(command: &Command) -> String {
    format!("cannot start `{}`", line(command))
}

/// The command as one would type it.
pub(crate) fn line(command: &Command) -> String {
    std::iter::once(command.get_program())
        .chain(command.get_args())
        .map(|word| word.to_string_lossy())
        .collect::<Vec<_>>()
        .join(" ")
}
