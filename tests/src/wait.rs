//! Waiting for something to become true, and saying what was there instead when it does not.

use std::fmt::Debug;
use std::future::Future;
use std::time::Duration;
use tokio::time::{Instant, MissedTickBehavior, interval};

const PATIENCE: Duration = Duration::from_secs(20);
const EVERY: Duration = Duration::from_millis(50);

/// Looks again and again until `look` finds something; panics with what it saw last otherwise.
///
/// # Panics
/// After 20 seconds.
pub async fn until<T, S: Debug, F: Future<Output = Result<T, S>>>(
    what: &str,
    look: impl FnMut() -> F,
) -> T {
    until_within(PATIENCE, what, look).await
}

/// The same with a patience of its own.
///
/// # Panics
/// When the patience is over.
pub async fn until_within<T, S: Debug, F: Future<Output = Result<T, S>>>(
    patience: Duration,
    what: &str,
    mut look: impl FnMut() -> F,
) -> T {
    let end = Instant::now() + patience;
    let mut ticks = interval(EVERY);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        ticks.tick().await;
        match look().await {
            Ok(found) => return found,
            Err(seen) if Instant::now() > end => panic!("waited for {what}; saw {seen:#?}"),
            Err(_) => {}
        }
    }
}
