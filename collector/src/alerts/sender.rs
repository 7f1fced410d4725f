//! Sends what waits for one webhook, one delivery after the other, and again until it has arrived or is
//! given up. What it knows survives in the outbox; being stopped at any moment is no loss.

use super::delivery::{Delivery, Outcome};
use super::outbox::{Next, Outbox};
use super::post::{Answer, Post, PostError};
use super::schedule;
use super::webhook::Webhook;
use axum::http::StatusCode;
use jiff::{SignedDuration, Timestamp};
use std::io;
use std::sync::Arc;
use std::time::Duration;
use tokio::time::{sleep, timeout};

/// The clock may be set; so often it is asked again.
const LONGEST_WAIT: Duration = Duration::from_secs(30);
/// How long a disk is left alone that would not take note.
const AFTER_TROUBLE: Duration = Duration::from_secs(60);

pub(super) struct Sender {
    pub(super) webhook: Webhook,
    pub(super) outbox: Arc<Outbox>,
    pub(super) post: Arc<Post>,
    pub(super) clock: fn() -> Timestamp,
    /// From 0 to 1, another each time.
    pub(super) luck: fn() -> f64,
}

impl Sender {
    /// Goes on until it is dropped.
    pub(super) async fn goes_on(self) {
        let mut quiet_until = Timestamp::MIN;
        loop {
            let now = (self.clock)();
            let next = match self.outbox.next(now) {
                Next::Send(_) if is_ahead(quiet_until, now) => Next::At(quiet_until),
                next => next,
            };
            match next {
                Next::Send(delivery) => match self.attempt(&delivery).await {
                    Ok(asked) => quiet_until = asked.unwrap_or(quiet_until),
                    Err(error) => {
                        tracing::error!("cannot write to the outbox of alerts: {error}");
                        sleep(AFTER_TROUBLE).await;
                    }
                },
                Next::At(then) => self.wait(then.duration_since(now)).await,
                Next::Nothing => self.wait(SignedDuration::MAX).await,
            }
        }
    }

    async fn wait(&self, pause: SignedDuration) {
        let pause = Duration::try_from(pause).unwrap_or_default();
        // Either is a reason to look again.
        let _ = timeout(pause.min(LONGEST_WAIT), self.outbox.filled.notified()).await;
        if let Err(error) = self.outbox.sweep((self.clock)()) {
            tracing::error!("cannot clear the outbox of alerts: {error}");
        }
    }

    /// Sends one delivery once; gives until when the receiver wants to be left alone.
    async fn attempt(&self, delivery: &Delivery) -> io::Result<Option<Timestamp>> {
        let (id, name) = (&delivery.id, &self.webhook.name);
        let sent = self
            .post
            .send(&self.webhook, id, &delivery.body, (self.clock)());
        let outcome = judged(sent.await);
        let now = (self.clock)();
        match outcome {
            Outcome::Delivered => {
                tracing::debug!(webhook = name, id, "alert delivered");
                self.outbox.arrived(id)?;
                Ok(None)
            }
            Outcome::Gone => {
                self.outbox.counts.failed.add(1);
                tracing::error!(
                    webhook = name,
                    "the receiver wants no more alerts (410): none is sent until its address changes, or `hark alert test` arrives"
                );
                self.outbox.close(now)?;
                Ok(None)
            }
            Outcome::Failed { why, asked } => {
                self.outbox.counts.failed.add(1);
                let failed = delivery.attempts + 1;
                let next_at = schedule::next(failed, now, (self.luck)(), asked);
                match next_at {
                    Some(then) => tracing::warn!(
                        webhook = name,
                        id,
                        "alert not delivered: {why}; again at {then:.0}"
                    ),
                    None => tracing::error!(
                        webhook = name,
                        id,
                        "alert given up after {failed} attempts: {why}"
                    ),
                }
                self.outbox.failed(id, &why, now, next_at)?;
                Ok(asked.and(next_at))
            }
        }
    }
}

/// Whether a moment is still to come; one too far ahead was planned by a clock that has since been set back.
fn is_ahead(then: Timestamp, now: Timestamp) -> bool {
    then > now && then.duration_since(now) <= schedule::LONGEST
}

/// What an answer, or none, means.
fn judged(sent: Result<Answer, PostError>) -> Outcome {
    match sent {
        Ok(answer) if answer.status.is_success() => Outcome::Delivered,
        Ok(answer) if answer.status == StatusCode::GONE => Outcome::Gone,
        Ok(answer) => Outcome::Failed {
            why: answer.words(),
            asked: answer.asked,
        },
        Err(error) => Outcome::Failed {
            why: error.to_string(),
            asked: None,
        },
    }
}
