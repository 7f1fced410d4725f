//! A line in the log, once a minute at most, on what was refused and why: how often, and nothing of whom.

use crate::http::App;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::time::{MissedTickBehavior, interval};

const BETWEEN_LINES: Duration = Duration::from_secs(60);

/// Remembers what was told.
pub(crate) struct Tally {
    app: Arc<App>,
    told: Mutex<BTreeMap<&'static str, u64>>,
}

impl Tally {
    pub(crate) fn of(app: Arc<App>) -> Arc<Self> {
        Arc::new(Self {
            app,
            told: Mutex::default(),
        })
    }

    /// Writes those lines until it is dropped.
    pub(crate) async fn goes_on(self: Arc<Self>) {
        let mut minutes = interval(BETWEEN_LINES);
        minutes.set_missed_tick_behavior(MissedTickBehavior::Delay);
        loop {
            minutes.tick().await;
            self.tell();
        }
    }

    /// Tells what was refused since it was told last, if anything was.
    pub(crate) fn tell(&self) {
        let now: BTreeMap<_, _> = self.app.measures.refusals().collect();
        let mut told = self.told.lock().unwrap_or_else(PoisonError::into_inner);
        let more = |(reason, count): (&&'static str, &u64)| {
            let more = count.saturating_sub(*told.get(*reason).unwrap_or(&0));
            (more > 0).then(|| format!("{reason} {more}"))
        };
        let refused: Vec<String> = now.iter().filter_map(more).collect();
        if !refused.is_empty() {
            tracing::warn!("refused since this was last said: {}", refused.join(", "));
        }
        *told = now;
    }
}
