//! Talk on standard error, results on standard output. Colour only on a terminal.

use crate::failure::Failure;
use std::fmt::Display;
use std::io::{self, IsTerminal, Write};

/// Prints a line of talk.
pub(crate) fn say(line: impl Display) {
    // Talk that nobody can hear is no reason to stop.
    let _ = writeln!(io::stderr(), "{line}");
}

/// Prints a result. A reader that has left early, such as `head`, is no failure.
pub(crate) fn print(result: impl Display) -> Result<(), Failure> {
    let mut out = io::stdout().lock();
    match write!(out, "{result}").and_then(|()| out.flush()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(Failure::Output(error)),
        _ => Ok(()),
    }
}

/// Says what failed, and what to do about it.
pub(crate) fn fail(failure: &Failure) {
    if let Failure::Faults(faults) | Failure::FaultyThemes(faults) = failure {
        faults.lines().for_each(say);
    }
    let (red, plain) = if is_coloured() {
        ("\x1b[1;31m", "\x1b[0m")
    } else {
        ("", "")
    };
    say(format_args!("{red}error:{plain} {failure}"));
    if let Some(hint) = failure.hint() {
        say(format_args!("  hint: {hint}"));
    }
}

/// Lets events of the running collector appear on standard error; `HARK_LOG=debug` shows more.
pub(crate) fn log() {
    let filter = tracing_subscriber::EnvFilter::try_from_env("HARK_LOG");
    tracing_subscriber::fmt()
        .with_env_filter(filter.unwrap_or_else(|_| "info".into()))
        .with_writer(io::stderr)
        .with_ansi(is_coloured())
        .with_target(false)
        // It would print, and so panic, when nobody reads standard error any more.
        .log_internal_errors(false)
        .init();
}

fn is_coloured() -> bool {
    io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none()
}
