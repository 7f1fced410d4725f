//! Who is signed in: a fingerprint of each session's id, in memory only.
//!
//! A restart ends them all, as docs/decisions/0093 says why. A session knows under which password it began, so that
//! it ends with that password, however the two come together.

use super::secret::{self, Print};
use jiff::{SignedDuration, Timestamp};
use std::collections::HashMap;
use std::io;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use tokio::sync::watch;

/// Sessions at once; the one that was used longest ago makes room.
const MOST: usize = 256;

/// How long a session lasts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Spans {
    /// Without a request.
    pub(crate) idle: SignedDuration,
    /// From its beginning, whatever is asked.
    pub(crate) lifetime: SignedDuration,
}

/// All that are signed in.
pub(super) struct Sessions {
    spans: Spans,
    open: Mutex<HashMap<Print, Session>>,
    /// The edition of the password that was last heard of.
    edition: AtomicU64,
    /// Told of whenever some have ended before their time.
    ended: watch::Sender<()>,
}

struct Session {
    began: Timestamp,
    used: Timestamp,
    /// The change of the password file under which it began.
    edition: u64,
}

impl Sessions {
    pub(super) fn new(spans: Spans) -> Self {
        Self {
            spans,
            open: Mutex::default(),
            edition: AtomicU64::default(),
            ended: watch::Sender::new(()),
        }
    }

    /// Begins one under this edition of the password; gives its id.
    ///
    /// # Errors
    /// When the system gives no random numbers.
    pub(super) fn begin(&self, edition: u64, now: Timestamp) -> io::Result<String> {
        let id = secret::draw()?;
        let mut open = self.open();
        open.retain(|_, session| session.time_left(self.spans, edition, now).is_some());
        if open.len() >= MOST {
            let oldest = open.iter().min_by_key(|(_, session)| session.used);
            if let Some(oldest) = oldest.map(|(print, _)| *print) {
                open.remove(&oldest);
                self.ended.send_replace(());
            }
        }
        let session = Session {
            began: now,
            used: now,
            edition,
        };
        open.insert(secret::print(&id), session);
        Ok(id)
    }

    /// Whether there is one of this id, which from now on is idle again.
    pub(super) fn visit(&self, id: &str, edition: u64, now: Timestamp) -> bool {
        let mut open = self.open();
        let print = secret::print(id);
        let Some(session) = open.get_mut(&print) else {
            return false;
        };
        if session.time_left(self.spans, edition, now).is_none() {
            open.remove(&print);
            return false;
        }
        session.used = session.used.max(now);
        true
    }

    /// How long it lasts if nothing more is asked, which is not counted as asking; `None` once it is over.
    pub(super) fn time_left(
        &self,
        id: &str,
        edition: u64,
        now: Timestamp,
    ) -> Option<SignedDuration> {
        let open = self.open();
        let session = open.get(&secret::print(id))?;
        session.time_left(self.spans, edition, now)
    }

    /// Ends one.
    pub(super) fn end(&self, id: &str) {
        self.open().remove(&secret::print(id));
        self.ended.send_replace(());
    }

    /// Ends those that began under an older edition of the password.
    pub(super) fn end_those_before(&self, edition: u64) {
        let mut open = self.open();
        let before = open.len();
        open.retain(|_, session| session.edition == edition);
        let is_new = self.edition.swap(edition, Ordering::Relaxed) != edition;
        if is_new || open.len() < before {
            self.ended.send_replace(());
        }
    }

    /// Hears when some end before their time.
    pub(super) fn endings(&self) -> watch::Receiver<()> {
        self.ended.subscribe()
    }

    fn open(&self) -> MutexGuard<'_, HashMap<Print, Session>> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Session {
    fn time_left(&self, spans: Spans, edition: u64, now: Timestamp) -> Option<SignedDuration> {
        let idle = spans.idle - now.duration_since(self.used);
        let life = spans.lifetime - now.duration_since(self.began);
        let left = idle.min(life);
        (edition == self.edition && left.is_positive()).then_some(left)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::ToSpan;

    const EDITION: u64 = 1;

    fn sessions() -> (Sessions, Timestamp) {
        let spans = Spans {
            idle: SignedDuration::from_hours(1),
            lifetime: SignedDuration::from_hours(3),
        };
        let now = "2026-11-21T10:00:00Z".parse().expect("a moment");
        (Sessions::new(spans), now)
    }

    #[test]
    fn a_session_ends_when_nothing_is_asked_and_at_last_anyway() {
        let (sessions, now) = sessions();
        let idle = sessions.begin(EDITION, now).expect("an id");
        let busy = sessions.begin(EDITION, now).expect("an id");
        assert!(sessions.visit(&busy, EDITION, now + 59.minutes()));
        let left = |id: &str, at| sessions.time_left(id, EDITION, at);
        assert_eq!(
            left(&idle, now + 59.minutes()),
            Some(SignedDuration::from_mins(1))
        );
        assert_eq!(left(&idle, now + 60.minutes()), None);
        assert!(!sessions.visit(&idle, EDITION, now + 60.minutes()));
        assert!(sessions.visit(&busy, EDITION, now + 118.minutes()));
        assert!(sessions.visit(&busy, EDITION, now + 177.minutes()));
        assert_eq!(
            left(&busy, now + 178.minutes()),
            Some(SignedDuration::from_mins(2))
        );
        assert!(!sessions.visit(&busy, EDITION, now + 180.minutes()));
        assert!(!sessions.visit(&busy, EDITION, now), "it is forgotten");
    }

    #[test]
    fn looking_how_long_it_lasts_is_no_use_of_it() {
        let (sessions, now) = sessions();
        let id = sessions.begin(EDITION, now).expect("an id");
        assert!(
            sessions
                .time_left(&id, EDITION, now + 50.minutes())
                .is_some()
        );
        assert!(!sessions.visit(&id, EDITION, now + 61.minutes()));
    }

    #[test]
    fn another_password_ends_it_and_so_does_signing_out() {
        let (sessions, now) = sessions();
        let id = sessions.begin(EDITION, now).expect("an id");
        assert!(!sessions.visit(&id, EDITION + 1, now));
        let [one, other] = [(); 2].map(|()| sessions.begin(EDITION, now).expect("an id"));
        let mut endings = sessions.endings();
        sessions.end(&one);
        assert!(endings.has_changed().expect("heard"));
        endings.mark_unchanged();
        assert!(!sessions.visit(&one, EDITION, now) && sessions.visit(&other, EDITION, now));
        sessions.end_those_before(EDITION + 1);
        assert!(endings.has_changed().expect("heard"));
        endings.mark_unchanged();
        sessions.end_those_before(EDITION + 1);
        assert!(!endings.has_changed().expect("heard"), "nothing is new");
        assert!(!sessions.visit(&other, EDITION, now));
    }

    #[test]
    fn a_guessed_id_opens_nothing() {
        let (sessions, now) = sessions();
        let id = sessions.begin(EDITION, now).expect("an id");
        for guess in ["", "x", &id[1..], &id.to_uppercase()] {
            assert!(!sessions.visit(guess, EDITION, now), "{guess}");
        }
    }

    #[test]
    fn there_are_only_so_many_and_the_longest_unused_makes_room() {
        let (sessions, now) = sessions();
        let first = sessions.begin(EDITION, now).expect("an id");
        let second = sessions.begin(EDITION, now + 1.second()).expect("an id");
        for _ in 2..MOST {
            sessions.begin(EDITION, now + 2.seconds()).expect("an id");
        }
        assert!(sessions.visit(&first, EDITION, now + 3.seconds()));
        sessions.begin(EDITION, now + 4.seconds()).expect("an id");
        assert_eq!(sessions.open().len(), MOST);
        assert!(sessions.visit(&first, EDITION, now + 5.seconds()));
        assert!(!sessions.visit(&second, EDITION, now + 5.seconds()));
        let later = now + 2.hours();
        let id = sessions.begin(EDITION, later).expect("an id");
        assert_eq!(
            sessions.open().len(),
            1,
            "those that are over are forgotten"
        );
        assert!(sessions.visit(&id, EDITION, later));
    }
}
