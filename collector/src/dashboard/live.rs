//! `GET /dashboard/live`: says when there is something new to show, as server-sent events: after each change of the
//! journal, and once a minute because time passes.
//!
//! An event holds no answer, only for how long the oldest change that it tells of has been on disk; the page
//! asks for itself anew. Events come no oftener than reading takes time, so that who watches a journal of
//! millions of lines does not keep the collector from taking answers.

use super::Dashboard;
use super::desk::OLDEST;
use crate::http::App;
use crate::journal::News;
use axum::extract::State;
use axum::response::IntoResponse;
use axum::response::sse::{Event, KeepAlive, Sse};
use futures_util::stream::{self, Stream};
use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::watch;
use tokio::time::{Instant, sleep_until};

/// Nobody reads faster than this.
const SHORTEST_PAUSE: Duration = Duration::from_millis(150);
const LONGEST_PAUSE: Duration = Duration::from_secs(30);
/// Between events passes at least so many times as long as reading takes.
const PARTS: u32 = 3;
/// Oftener than a connection is waited for that has nothing under way.
const STILL_HERE: Duration = Duration::from_secs(10);

pub(super) async fn events(State(app): State<Arc<App>>) -> impl IntoResponse {
    let listening = Listening {
        bell: Bell::new(app.journal.news(), OLDEST),
        closing: app.dashboard.closing.subscribe(),
        app,
    };
    let events = Sse::new(listening.events()).keep_alive(KeepAlive::new().interval(STILL_HERE));
    // nginx would wait for more of it before it passes on any.
    ([("x-accel-buffering", "no")], events)
}

/// One page that listens.
struct Listening {
    app: Arc<App>,
    bell: Bell,
    closing: watch::Receiver<bool>,
}

impl Listening {
    fn events(self) -> impl Stream<Item = Result<Event, Infallible>> {
        stream::unfold(self, |mut this| async move {
            let desk = &this.app.dashboard.desk;
            let cause = tokio::select! {
                cause = this.bell.rings(|| desk.last_took()) => cause?,
                _ = this.closing.wait_for(|closing| *closing) => return None,
            };
            Some((Ok(cause.event()), this))
        })
    }
}

/// Why a page should ask anew.
#[derive(Debug)]
enum Cause {
    /// Something is stored, the oldest of it for so long.
    Stored(Duration),
    /// Nothing is, but what a page shows is about a stretch of time that ends now.
    Time,
}

impl Cause {
    fn event(&self) -> Event {
        let data = match self {
            Self::Stored(age) => format!("{{\"age_ms\":{}}}", age.as_millis()),
            Self::Time => "{}".to_owned(),
        };
        Event::default().data(data)
    }
}

/// Rings for one page.
struct Bell {
    news: watch::Receiver<News>,
    /// So old a page may be.
    oldest: Duration,
    /// When it rang last.
    rang: Option<Instant>,
}

impl Bell {
    /// It rings at once: what came between making the page and listening is told then.
    fn new(mut news: watch::Receiver<News>, oldest: Duration) -> Self {
        news.mark_unchanged();
        Self {
            news,
            oldest,
            rang: None,
        }
    }

    /// Waits for a reason; `took` says how long the last reading took. `None` when the journal has ended.
    async fn rings(&mut self, took: impl Fn() -> Duration) -> Option<Cause> {
        let cause = match self.rang {
            None => Cause::Time,
            Some(rang) => self.waits(rang, took).await?,
        };
        self.news.mark_unchanged();
        self.rang = Some(Instant::now());
        Some(cause)
    }

    async fn waits(&mut self, rang: Instant, took: impl Fn() -> Duration) -> Option<Cause> {
        // A reading that is not too old yet would only be shown again.
        let at_latest = rang + pause(took()) + self.oldest;
        tokio::select! {
            told = self.news.changed() => told.ok()?,
            () = sleep_until(at_latest) => return Some(Cause::Time),
        }
        // Those that come while it waits are shown with it.
        let first = self.news.borrow().at;
        // The last reading is the one it rang for: a slow one long ago slows nothing down now.
        sleep_until(rang + pause(took())).await;
        Some(Cause::Stored(first.elapsed()))
    }
}

fn pause(took: Duration) -> Duration {
    (took * PARTS).clamp(SHORTEST_PAUSE, LONGEST_PAUSE)
}

impl Dashboard {
    /// Lets everybody who listens go, for the collector stops.
    pub(crate) fn close(&self) {
        self.closing.send_replace(true);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tokio::time::timeout;

    const NO_TIME: fn() -> Duration = || Duration::ZERO;

    fn news() -> (watch::Sender<News>, watch::Receiver<News>) {
        watch::channel(News {
            number: 0,
            at: std::time::Instant::now(),
        })
    }

    #[tokio::test]
    async fn a_page_hears_of_what_is_stored_and_of_time_that_passes() {
        let (crier, heard) = news();
        let mut bell = Bell::new(heard, Duration::from_secs(3_600));
        let cause = bell.rings(NO_TIME).await.expect("the beginning");
        assert!(matches!(cause, Cause::Time), "{cause:?}");
        crier.send_modify(|news| news.number += 1);
        let cause = bell.rings(NO_TIME).await.expect("a change");
        assert!(matches!(cause, Cause::Stored(_)), "{cause:?}");

        let (_crier, heard) = news();
        let mut bell = Bell::new(heard, Duration::from_millis(1));
        for _ in 0..3 {
            let rings = timeout(LONGEST_PAUSE, bell.rings(NO_TIME)).await;
            assert!(matches!(rings, Ok(Some(Cause::Time))), "{rings:?}");
        }
    }

    #[tokio::test]
    async fn one_slow_reading_does_not_slow_down_what_comes_after_a_quick_one() {
        let (crier, heard) = news();
        let mut bell = Bell::new(heard, Duration::from_secs(3_600));
        let slow = || Duration::from_secs(3_600);
        assert!(bell.rings(slow).await.is_some(), "the beginning");
        crier.send_modify(|news| news.number += 1);
        let rings = timeout(LONGEST_PAUSE / 2, bell.rings(NO_TIME)).await;
        assert!(matches!(rings, Ok(Some(Cause::Stored(_)))), "{rings:?}");
    }

    #[tokio::test]
    async fn no_bell_rings_when_the_journal_has_ended() {
        let (crier, heard) = news();
        let mut bell = Bell::new(heard, Duration::from_secs(3_600));
        assert!(bell.rings(NO_TIME).await.is_some(), "the beginning");
        drop(crier);
        assert!(bell.rings(NO_TIME).await.is_none());
    }
}
