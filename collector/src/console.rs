//! Talk on standard error, results on standard output. Colour only on a terminal.

use crate::cli::{LogFormat, LogLevel};
use crate::failure::Failure;
use std::fmt::Display;
use std::io::{self, IsTerminal, Write};
use tracing_subscriber::filter::{LevelFilter, filter_fn};
use tracing_subscriber::fmt::layer;
use tracing_subscriber::prelude::*;
use tracing_subscriber::registry;

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

/// Lets events of the running collector appear on standard error.
///
/// Of the collector itself only: others, such as the one that speaks HTTP/2, would tell of every header,
/// and nobody's address or browser belongs into a log.
pub(crate) fn log(format: LogFormat, level: LogLevel) {
    let level = match level {
        LogLevel::Error => LevelFilter::ERROR,
        LogLevel::Warn => LevelFilter::WARN,
        LogLevel::Info => LevelFilter::INFO,
        LogLevel::Debug => LevelFilter::DEBUG,
        LogLevel::Trace => LevelFilter::TRACE,
    };
    let ours = filter_fn(|event| event.target().split("::").next() == Some(env!("CARGO_BIN_NAME")));
    let lines = layer()
        .with_writer(io::stderr)
        .with_ansi(is_coloured())
        .with_target(false)
        // It would print, and so panic, when nobody reads standard error any more.
        .log_internal_errors(false);
    let lines = match format {
        LogFormat::Text => lines.boxed(),
        LogFormat::Json => lines
            .json()
            .flatten_event(true)
            .with_current_span(false)
            .boxed(),
    };
    registry()
        .with(lines.with_filter(ours).with_filter(level))
        .init();
}

fn is_coloured() -> bool {
    io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none()
}
