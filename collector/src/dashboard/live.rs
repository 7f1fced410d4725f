//! `GET /dashboard/live`: says when there is something new to show, as server-sent events.
//!
//! An event holds no answer, only for how long the oldest change that it tells of has been on disk; the page
//! asks for itself anew. Events come no oftener than reading takes time, so that who watches a journal of
//! millions of lines does not keep the collector from taking answers.

use super::Dashboard;
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
        news: app.journal.news(),
        closing: app.dashboard.closing.subscribe(),
        is_new: true,
        not_before: Instant::now(),
        app,
    };
    Sse::new(listening.events()).keep_alive(KeepAlive::new().interval(STILL_HERE))
}

/// One page that listens.
struct Listening {
    app: Arc<App>,
    news: watch::Receiver<News>,
    closing: watch::Receiver<bool>,
    /// Nothing has been said yet: what came between making the page and listening is told at once.
    is_new: bool,
    not_before: Instant,
}

impl Listening {
    fn events(self) -> impl Stream<Item = Result<Event, Infallible>> {
        stream::unfold(self, |mut this| async move {
            let mut closing = this.closing.clone();
            let event = tokio::select! {
                event = this.next() => event?,
                _ = closing.wait_for(|closing| *closing) => return None,
            };
            Some((Ok(event), this))
        })
    }

    /// The next event; `None` when the journal has ended.
    async fn next(&mut self) -> Option<Event> {
        if std::mem::take(&mut self.is_new) {
            self.news.mark_unchanged();
            return Some(Event::default().data("{}"));
        }
        self.news.changed().await.ok()?;
        let oldest = self.news.borrow().at;
        sleep_until(self.not_before).await;
        self.news.mark_unchanged();
        self.not_before = Instant::now() + pause(self.app.dashboard.desk.last_took());
        let age = oldest.elapsed().as_millis();
        Some(Event::default().data(format!("{{\"age_ms\":{age}}}")))
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
