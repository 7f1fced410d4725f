//! Programs we start: run to their end or read, and named in full when they fail.

use std::process::{Command, Stdio};

#[cfg(unix)]
use anyhow::bail;
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

/// Becomes the program, so that Ctrl-C and every other signal reach it.
#[cfg(unix)]
pub(crate) fn become_it(command: &mut Command) -> Result<()> {
    use std::os::unix::process::CommandExt;

    let error = command.exec();
    bail!("{}: {error}", unstartable(command))
}

/// Runs the program in our place, as near as it gets here.
#[cfg(not(unix))]
pub(crate) fn become_it(command: &mut Command) -> Result<()> {
    run(command)
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
