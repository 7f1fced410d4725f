//! When a trigger nominates its survey: its own moment and all the others have come, the delay is
//! over, and what has to last has lasted until then.

use super::{Moment, Progress, Trigger};

/// One trigger on one page, and what of it has come so far.
#[derive(Clone, Debug)]
pub struct Nomination {
    /// One for the trigger's own moment, then one for each of `all`.
    moments: Vec<State>,
    delay: f64,
    due: Option<f64>,
}

#[derive(Clone, Debug)]
struct State {
    lasts: Lasts,
    holds: bool,
}

/// For how long a moment holds once it has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Lasts {
    /// For as long as the page.
    ForGood,
    /// Until its watcher says that it has gone.
    UntilGone,
    /// It counts only when everything else has come before it.
    NotAtAll,
}

impl Lasts {
    const fn of(moment: &Moment) -> Self {
        match moment {
            Moment::ExitIntent { .. } => Self::NotAtAll,
            Moment::Idle { .. } | Moment::Visible { .. } | Moment::FormAbandon { .. } => {
                Self::UntilGone
            }
            _ => Self::ForGood,
        }
    }
}

impl Nomination {
    /// Nothing has come yet.
    #[must_use]
    pub fn new(trigger: &Trigger) -> Self {
        let moments = [&trigger.moment].into_iter().chain(&trigger.all);
        let state = |moment| State {
            lasts: Lasts::of(moment),
            holds: false,
        };
        Self {
            moments: moments.map(state).collect(),
            delay: trigger.delay * 1_000.0,
            due: None,
        }
    }

    /// A moment has come at `now`, in milliseconds of a monotonic clock: the trigger's own at
    /// position 0, then those of `all`. Gives how many milliseconds later to ask [`Self::look`], if
    /// this was the last that was missing.
    pub fn came(&mut self, position: usize, now: f64) -> Option<f64> {
        let mut moments = self.moments.iter().enumerate();
        let others = moments.all(|(other, state)| other == position || state.holds);
        if let Some(state) = self.moments.get_mut(position) {
            state.holds = state.lasts != Lasts::NotAtAll;
        }
        if !others || self.due.is_some() {
            return None;
        }
        self.due = Some(now + self.delay);
        Some(self.delay)
    }

    /// A moment has gone: somebody acts again, the element is out of sight, the pointer is back.
    pub fn went(&mut self, position: usize) {
        if let Some(state) = self.moments.get_mut(position)
            && state.lasts != Lasts::ForGood
        {
            state.holds = false;
            self.due = None;
        }
    }

    /// Whether everything has come, has lasted, and the delay is over. Browsers that blur their clocks
    /// let a timer ring early: then there is a rest to wait for.
    #[must_use]
    pub fn look(&self, now: f64) -> Progress {
        self.due
            .map_or(Progress::Paused, |due| Progress::until(due, now))
    }

    /// The survey was nominated and could not be shown: the next moment counts anew.
    pub const fn start_over(&mut self) {
        self.due = None;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_due(nomination: &Nomination, now: f64) -> bool {
        nomination.look(now) == Progress::Reached
    }

    const LOAD: Moment = Moment::Load;
    const IDLE: Moment = Moment::Idle { seconds: 45.0 };

    fn exit() -> Moment {
        Moment::ExitIntent {
            edge_px: 20.0,
            armed_after: 5.0,
            touch: Vec::new(),
        }
    }

    fn nomination(moment: Moment, delay: f64, all: &[Moment]) -> Nomination {
        let all = all.to_vec();
        Nomination::new(&Trigger { moment, delay, all })
    }

    #[test]
    fn a_moment_alone_is_enough_at_once() {
        let mut alone = nomination(LOAD, 0.0, &[]);
        assert!(!is_due(&alone, 0.0));
        assert_eq!(alone.came(0, 10.0), Some(0.0));
        assert!(is_due(&alone, 10.0));
        assert_eq!(alone.came(0, 11.0), None);
    }

    #[test]
    fn a_delay_begins_when_the_last_of_all_has_come() {
        let mut both = nomination(LOAD, 2.0, &[Moment::Visit { count: 2.0 }]);
        assert_eq!(both.came(0, 0.0), None);
        assert_eq!(both.came(1, 500.0), Some(2_000.0));
        assert_eq!(both.look(2_400.0), Progress::LookAgainIn(100.0));
        assert!(is_due(&both, 2_500.0));
    }

    #[test]
    fn what_has_gone_before_the_delay_ended_does_not_count() {
        let mut idle = nomination(IDLE, 2.0, &[]);
        idle.came(0, 0.0);
        idle.went(0);
        assert!(!is_due(&idle, 2_000.0));
        assert_eq!(idle.came(0, 60_000.0), Some(2_000.0));
        assert!(is_due(&idle, 62_000.0));
    }

    #[test]
    fn what_has_come_for_good_cannot_go() {
        let mut load = nomination(LOAD, 2.0, &[]);
        load.came(0, 0.0);
        load.went(0);
        assert!(is_due(&load, 2_000.0));
    }

    #[test]
    fn leaving_counts_only_after_everything_else() {
        let mut leaving = nomination(exit(), 0.0, &[LOAD]);
        assert_eq!(leaving.came(0, 0.0), None);
        assert_eq!(leaving.came(1, 10.0), None);
        assert_eq!(leaving.came(0, 20.0), Some(0.0));
        assert!(is_due(&leaving, 20.0));
        leaving.went(0);
        assert!(!is_due(&leaving, 30.0));
    }

    #[test]
    fn the_order_of_moments_that_last_makes_no_difference() {
        for order in [[0, 1], [1, 0]] {
            let mut both = nomination(LOAD, 0.0, &[IDLE]);
            assert_eq!(both.came(order[0], 0.0), None);
            assert_eq!(both.came(order[1], 5.0), Some(0.0));
        }
    }

    #[test]
    fn after_a_nomination_that_came_to_nothing_the_next_moment_counts() {
        let mut event = nomination(LOAD, 0.0, &[]);
        event.came(0, 0.0);
        event.start_over();
        assert!(!is_due(&event, 1.0));
        assert_eq!(event.came(0, 2.0), Some(0.0));
    }
}
