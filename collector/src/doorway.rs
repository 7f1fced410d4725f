//! The door of the dashboard and of the reading API: who may read what was answered.
//!
//! A request to the dashboard is read file after file: [`guard`] stands before all of it and asks
//! [`fetched`] which page it comes from, [`near`] whether it comes from this machine, and the [`Sessions`]
//! whether somebody is signed in; [`sign_in`] lets people in and [`attempts`] keeps them from trying often.
//! Programs say a token instead, which the reading API asks [`Doorway::knows`] about. Password and tokens
//! are files that [`Noticed`] reads anew when a command has changed them. Why it is so: docs/decisions/0093.

mod attempts;
mod cookie;
mod fetched;
mod files;
pub(crate) mod forms;
mod guard;
mod near;
mod notice;
mod noticed;
mod onward;
pub(crate) mod password;
mod secret;
mod sessions;
mod sign_in;
mod stay;
mod strict;
pub(crate) mod tokens;
mod until;

pub(crate) use files::AccessFiles;
pub(crate) use guard::guard;
pub(crate) use near::is_this_machine;
pub(crate) use sessions::Spans;
pub(crate) use sign_in::routes;

use attempts::Attempts;
use jiff::{SignedDuration, Timestamp};
use noticed::{Found, Noticed};
use password::Kept;
use sessions::Sessions;
use stay::Stay;
use std::io;
use std::path::Path;
use std::time::Instant;
use tokens::Tokens;
use tokio::sync::watch;

/// Everything that decides who may read.
pub(crate) struct Doorway {
    password: Noticed<Kept>,
    tokens: Noticed<Tokens>,
    sessions: Sessions,
    attempts: Attempts,
    /// In the place of a session's id for those who need none.
    near: String,
    /// Whether collector and shop are to be reached from this machine alone.
    stays_here: bool,
    speaks_tls: bool,
    clock: fn() -> Timestamp,
}

/// What the door needs to know of the rest.
pub(crate) struct Surroundings<'s> {
    pub(crate) data: &'s Path,
    pub(crate) spans: Spans,
    pub(crate) stays_here: bool,
    pub(crate) speaks_tls: bool,
    pub(crate) clock: fn() -> Timestamp,
}

/// Whether the browser speaks TLS, to the collector or to the proxy in front.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Secrecy(bool);

impl Doorway {
    /// # Errors
    /// When the system gives no random numbers.
    pub(crate) fn new(around: &Surroundings<'_>, now: Instant) -> io::Result<Self> {
        let files = AccessFiles::of(around.data);
        Ok(Self {
            password: Noticed::new(files.password(), Kept::read),
            tokens: Noticed::new(files.tokens(), Tokens::read),
            sessions: Sessions::new(around.spans),
            attempts: Attempts::new(now)?,
            near: secret::draw()?,
            stays_here: around.stays_here,
            speaks_tls: around.speaks_tls,
            clock: around.clock,
        })
    }

    /// Whether a program that says this may read.
    pub(crate) fn knows(&self, token: &str) -> bool {
        matches!(&*self.tokens.now().found, Found::Value(tokens) if tokens.know(token))
    }

    /// Takes notice of another password, so that what is open under the old one ends.
    pub(crate) fn look(&self) {
        self.sessions.end_those_before(self.password.now().edition);
    }

    /// Hears when somebody may have to leave before their time.
    fn endings(&self) -> watch::Receiver<()> {
        self.sessions.endings()
    }

    /// How long who is in may stay if nothing more is asked.
    fn time_left(&self, stay: &Stay) -> Option<SignedDuration> {
        let password = self.password.now();
        match stay {
            Stay::Near => matches!(*password.found, Found::Nothing).then_some(SignedDuration::MAX),
            Stay::SignedIn { id } => {
                let now = (self.clock)();
                self.sessions.time_left(id, password.edition, now)
            }
        }
    }
}
