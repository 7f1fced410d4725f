//! When the second thread does what: requests are looked for all the time, the disk every second, and what
//! is due once a day or once segments have changed is tried again after a while if it fails.

use super::day_of;
use super::keeper::{Keeper, Retention};
use jiff::civil::Date;
use std::collections::BTreeSet;
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::time::{Duration, Instant};

/// How often it looks whether something was asked for.
const TICK: Duration = Duration::from_millis(250);
/// How often it looks at the disk and for sealed segments.
const ROUND: Duration = Duration::from_secs(1);
/// How long it waits before it tries again what has failed.
const AFTER_FAILURE: Duration = Duration::from_secs(30);

/// What is to be done once for each state of things.
struct Duty<State> {
    done_for: Option<State>,
    not_before: Instant,
}

impl<State: PartialEq> Duty<State> {
    fn new(now: Instant) -> Self {
        Self {
            done_for: None,
            not_before: now,
        }
    }

    /// Does it if it is due; what fails is due again after a while.
    fn keep(&mut self, state: State, now: Instant, is_done: impl FnOnce() -> bool) {
        if self.done_for.as_ref() == Some(&state) || now < self.not_before {
            return;
        }
        if is_done() {
            self.done_for = Some(state);
        } else {
            self.not_before = now + AFTER_FAILURE;
        }
    }
}

/// What was done so far.
struct Rounds {
    day: Option<Date>,
    /// How many segments this process has begun, and since when it is so many.
    begun: (u64, Instant),
    removing: Duty<Date>,
    tending: Duty<(Date, u64, u64)>,
}

impl Rounds {
    fn new(now: Instant) -> Self {
        Self {
            day: None,
            begun: (0, now),
            removing: Duty::new(now),
            tending: Duty::new(now),
        }
    }
}

impl Keeper {
    /// Keeps the folder until told to stop.
    pub(super) fn run(&self, stop: &Receiver<()>) {
        self.log("clean up the data folder", self.clean());
        let began = Instant::now();
        let mut rounds = Rounds::new(began);
        let (mut next_try, mut next_round) = (began, began);
        let mut failed = BTreeSet::new();
        loop {
            let now = Instant::now();
            if now >= next_try {
                next_try = now + AFTER_FAILURE;
                failed.clear();
            }
            self.answer_requests(&mut failed);
            if let Some(retention) = self.retention
                && now >= next_round
            {
                next_round = now + ROUND;
                self.look_at_disk();
                self.goes_round(&mut rounds, now, retention);
            }
            match stop.recv_timeout(TICK) {
                Err(RecvTimeoutError::Timeout) => {}
                Ok(()) | Err(RecvTimeoutError::Disconnected) => return,
            }
        }
    }

    fn goes_round(&self, rounds: &mut Rounds, now: Instant, retention: Retention) {
        let today = day_of((self.clock)());
        let begun = self.gauges.segments.get();
        if rounds.begun.0 != begun {
            rounds.begun = (begun, now);
        }
        if rounds.day.replace(today) != Some(today) {
            self.queue.seal();
        }
        let running = now.duration_since(rounds.begun.1);
        rounds.removing.keep(today, now, || {
            self.log(
                "remove old lines",
                self.remove_old(today, running, retention),
            )
            .is_some()
        });
        let state = (today, begun, self.gauges.erased.get());
        rounds.tending.keep(state, now, || {
            self.log("tend sealed segments", self.tend(today)).is_some()
        });
    }
}

#[cfg(test)]
mod tests {
    use super::super::memory::{Failure, Memory};
    use super::super::process::{Process, RETENTION};
    use super::*;
    use jiff::{Timestamp, ToSpan};

    /// Contacts are kept for 90 days.
    #[test]
    fn old_contacts_that_a_failing_disk_would_not_let_go_of_go_a_while_later() {
        for step in 1.. {
            let memory = Memory::default();
            memory.put("data/keep", b"");
            let today = day_of(Timestamp::now());
            for (number, days) in [(1, 100), (2, 70), (3, 40), (4, 10), (5, 0)] {
                let day = today - i64::from(days).days();
                memory.put(
                    &format!("data/events/date={day}/{number:06}.jsonl"),
                    b"{}\n",
                );
            }
            let old = today - 100.days();
            memory.put(&format!("data/contacts/date={old}/000001.jsonl"), b"{}\n");
            let is_left = || {
                let mut paths = memory.files().into_keys();
                paths.any(|path| path.starts_with("data/contacts"))
            };
            let keeper = Process::start(&memory).expect("a start").keeper;
            let began = Instant::now();
            let mut rounds = Rounds::new(began);
            memory.fails(Failure::At(step));
            keeper.goes_round(&mut rounds, began, RETENTION);
            let was_over = memory.steps() < step;
            memory.fails(Failure::Never);
            let is_kept = is_left();
            keeper.goes_round(&mut rounds, began + ROUND, RETENTION);
            assert_eq!(is_left(), is_kept, "not at once again, step {step}");
            keeper.goes_round(&mut rounds, began + AFTER_FAILURE, RETENTION);
            assert!(!is_left(), "step {step}");
            if was_over {
                assert!(step > 3, "there were steps to fail at");
                return;
            }
        }
    }
}
