//! How long people stay signed in to the dashboard.

use super::choices::Choices;
use crate::cli::{self, Lasting};
use crate::doorway::Spans;
use jiff::SignedDuration;
use survey::file::section::{Entry, Section, optional};

/// A day at work: who leaves in the evening signs in the next morning.
const IDLE: Lasting = Lasting(8 * 3_600);
const LIFETIME: Lasting = Lasting(7 * 86_400);

/// What `hark.toml` says of it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Written {
    idle: Option<Lasting>,
    lifetime: Option<Lasting>,
}

/// What was typed over what is written over the defaults.
pub(super) fn spans(typed: &cli::Sessions, written: Written, choices: &mut Choices) -> Spans {
    let mut of = |name, typed, written, usual| {
        let Lasting(seconds) = choices.of(name, typed, written, usual);
        SignedDuration::from_secs(seconds.into())
    };
    Spans {
        idle: of("session_idle", typed.session_idle, written.idle, IDLE),
        lifetime: of(
            "session_lifetime",
            typed.session_lifetime,
            written.lifetime,
            LIFETIME,
        ),
    }
}

// Every key is asked for before anything is given up, so that all faults are found at once.
pub(super) fn read(file: &Section<'_>) -> Option<Written> {
    let idle = optional(file, "session_idle", lasting);
    let lifetime = optional(file, "session_lifetime", lasting);
    Some(Written {
        idle: idle?,
        lifetime: lifetime?,
    })
}

fn lasting(entry: &Entry<'_>) -> Option<Lasting> {
    let text = entry.text()?;
    let lasting = cli::lasting(text);
    if lasting.is_err() {
        let hint = "write a whole number from 1 and `s`, `m`, `h` or `d`, for example \"8h\"";
        let fault = format!("`{}` cannot be `{text}`", entry.name());
        entry.fault(fault, Some(hint.to_owned()));
    }
    lasting.ok()
}
