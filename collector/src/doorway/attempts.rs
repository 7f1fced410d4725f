//! How often somebody may try to sign in, and how many are judged at a time.
//!
//! An attempt counts before it is judged, so that many at once do not slip through, and no longer once it
//! was right. Addresses are kept as everywhere: hashed, with a key of the day.

use super::noticed::Found;
use super::password::{self, Kept};
use crate::http::{Caller, Rates};
use std::io;
use std::net::{IpAddr, Ipv4Addr};
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::sync::Semaphore;

/// From one address: ten at once, then one a minute.
const EACH: (Duration, u32) = (Duration::from_secs(60), 10);
/// From all of them: a hundred at once, then one every three seconds.
const ALL: (Duration, u32) = (Duration::from_secs(3), 100);
/// Of eight addresses each that are remembered.
const GROUPS: usize = 512;
/// Under which all attempts count.
const EVERYBODY: IpAddr = IpAddr::V4(Ipv4Addr::UNSPECIFIED);
/// One takes 19 MiB, and tens of milliseconds of a processor that others want.
const JUDGED_AT_ONCE: usize = 1;

/// Judges attempts.
pub(super) struct Attempts {
    each: Rates,
    all: Rates,
    judges: Arc<Semaphore>,
}

/// What became of an attempt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    Right,
    Wrong,
    /// There were too many; so many seconds later one more may be made.
    TooMany(u64),
}

impl Attempts {
    pub(super) fn new(now: Instant) -> io::Result<Self> {
        Ok(Self {
            each: Rates::spaced(EACH.0, EACH.1, GROUPS, now)?,
            all: Rates::spaced(ALL.0, ALL.1, 1, now)?,
            judges: Arc::new(Semaphore::new(JUDGED_AT_ONCE)),
        })
    }

    /// Says whether this is the password that is kept, unless there were too many attempts.
    pub(super) async fn judge(
        &self,
        caller: Caller,
        password: String,
        found: Arc<Found<Kept>>,
        now: Instant,
    ) -> Verdict {
        if let Err(wait) = self.count(caller, now) {
            // Rounded up: whoever comes back then must not be too early.
            return Verdict::TooMany(wait.as_secs() + 1);
        }
        // Never closed. Who leaves meanwhile is judged all the same, and gives the place back then.
        let turn = Arc::clone(&self.judges).acquire_owned().await;
        let judging = tokio::task::spawn_blocking(move || {
            let fits = match &*found {
                Found::Value(kept) => password::fits(&password, kept),
                Found::Nothing | Found::Broken => false,
            };
            drop(turn);
            fits
        });
        if judging.await.unwrap_or(false) {
            self.forgive(caller);
            Verdict::Right
        } else {
            Verdict::Wrong
        }
    }

    fn count(&self, caller: Caller, now: Instant) -> Result<(), Duration> {
        if let Some(address) = caller.0 {
            self.each.count(address, 1, now)?;
        }
        let counted = self.all.count(EVERYBODY, 1, now);
        if let (Err(_), Some(address)) = (counted, caller.0) {
            self.each.forgive(address);
        }
        counted
    }

    fn forgive(&self, caller: Caller) {
        if let Some(address) = caller.0 {
            self.each.forgive(address);
        }
        self.all.forgive(EVERYBODY);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn caller(text: &str) -> Caller {
        Caller(text.parse().ok())
    }

    /// How many attempts pass at this moment, up to 1,000.
    fn passing(attempts: &Attempts, from: &str, now: Instant) -> usize {
        let passes = |_: &usize| attempts.count(caller(from), now).is_ok();
        (0..1_000).take_while(passes).count()
    }

    #[test]
    fn one_address_tries_ten_times_and_then_once_a_minute() {
        let now = Instant::now();
        let attempts = Attempts::new(now).expect("keys");
        assert_eq!(passing(&attempts, "192.0.2.1", now), 10);
        assert_eq!(passing(&attempts, "192.0.2.2", now), 10);
        let later = now + Duration::from_secs(120);
        assert_eq!(passing(&attempts, "192.0.2.1", later), 2);
    }

    #[test]
    fn many_addresses_together_try_a_hundred_times() {
        let now = Instant::now();
        let attempts = Attempts::new(now).expect("keys");
        let passed = (0..20).map(|last| passing(&attempts, &format!("192.0.2.{last}"), now));
        assert_eq!(passed.sum::<usize>(), 100);
        assert_eq!(passing(&attempts, "nobody in particular", now), 0);
        let later = now + Duration::from_secs(30);
        assert_eq!(
            passing(&attempts, "192.0.2.19", later),
            10,
            "what was refused for the others' sake did not count"
        );
        assert_eq!(passing(&attempts, "192.0.2.18", later), 0);
    }

    #[test]
    fn what_was_right_does_not_count() {
        let now = Instant::now();
        let attempts = Attempts::new(now).expect("keys");
        for _ in 0..1_000 {
            attempts.count(caller("192.0.2.1"), now).expect("counted");
            attempts.forgive(caller("192.0.2.1"));
        }
        assert_eq!(passing(&attempts, "192.0.2.1", now), 10);
    }
}
