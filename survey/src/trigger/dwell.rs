//! Time that was really spent on a page: visible, and with a sign of life now and then.

use super::Progress;

/// After this long without any input nobody is reading any more, in milliseconds.
const IDLE_AFTER: f64 = 30_000.0;

/// Counts visible and active time from differences of the clock, since timers are throttled.
#[derive(Clone, Debug)]
pub struct Dwell {
    wanted: f64,
    counted: f64,
    observed: f64,
    acted: f64,
    visible: bool,
}

impl Dwell {
    /// Starts counting at `now` (milliseconds of a monotonic clock); opening a page is an act.
    #[must_use]
    pub fn new(seconds: f64, now: f64, visible: bool) -> Self {
        Self {
            wanted: seconds * 1_000.0,
            counted: 0.0,
            observed: now,
            acted: now,
            visible,
        }
    }

    /// Notes the time, whether the page is visible from now on, and whether there was an input.
    pub fn observe(&mut self, now: f64, visible: bool, acted: bool) -> Progress {
        if self.visible {
            let active_until = now.min(self.acted + IDLE_AFTER);
            self.counted += (active_until - self.observed).max(0.0);
        }
        self.observed = now;
        self.visible = visible;
        if acted {
            self.acted = now;
        }
        if self.counted >= self.wanted {
            Progress::Reached
        } else if visible && now < self.acted + IDLE_AFTER {
            Progress::LookAgainIn(self.wanted - self.counted)
        } else {
            Progress::Paused
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn visible_time_counts() {
        let mut dwell = Dwell::new(20.0, 0.0, true);
        assert_eq!(
            dwell.observe(5_000.0, true, false),
            Progress::LookAgainIn(15_000.0)
        );
        assert_eq!(dwell.observe(20_000.0, true, false), Progress::Reached);
    }

    #[test]
    fn hidden_time_does_not_count() {
        let mut dwell = Dwell::new(20.0, 0.0, true);
        assert_eq!(dwell.observe(5_000.0, false, false), Progress::Paused);
        assert_eq!(
            dwell.observe(60_000.0, true, true),
            Progress::LookAgainIn(15_000.0)
        );
        assert_eq!(dwell.observe(75_000.0, true, false), Progress::Reached);
    }

    #[test]
    fn time_without_any_input_stops_counting_after_half_a_minute() {
        let mut dwell = Dwell::new(40.0, 0.0, true);
        assert_eq!(dwell.observe(300_000.0, true, false), Progress::Paused);
        assert_eq!(
            dwell.observe(300_000.0, true, true),
            Progress::LookAgainIn(10_000.0)
        );
        assert_eq!(dwell.observe(310_000.0, true, false), Progress::Reached);
    }
}
