//! Nobody does anything, though the page can be seen. People may be reading: this is a weak sign.

use super::Progress;

/// Counts the time since the last act, while the page is visible.
#[derive(Clone, Debug)]
pub struct Idle {
    wanted: f64,
    since: f64,
    visible: bool,
}

impl Idle {
    /// Starts at `now` (milliseconds of a monotonic clock).
    #[must_use]
    pub fn new(seconds: f64, now: f64, visible: bool) -> Self {
        Self {
            wanted: seconds * 1_000.0,
            since: now,
            visible,
        }
    }

    /// Notes the time, whether the page is visible from now on, and whether there was an input.
    /// Coming back to the page is an act.
    pub fn observe(&mut self, now: f64, visible: bool, acted: bool) -> Progress {
        if acted || !self.visible {
            self.since = now;
        }
        self.visible = visible;
        if visible {
            Progress::until(self.since + self.wanted, now)
        } else {
            Progress::Paused
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn time_without_any_input_counts() {
        let mut idle = Idle::new(45.0, 0.0, true);
        assert_eq!(
            idle.observe(20_000.0, true, true),
            Progress::LookAgainIn(45_000.0)
        );
        assert_eq!(
            idle.observe(64_000.0, true, false),
            Progress::LookAgainIn(1_000.0)
        );
        assert_eq!(idle.observe(65_000.0, true, false), Progress::Reached);
    }

    #[test]
    fn a_hidden_page_is_not_idle_but_away() {
        let mut idle = Idle::new(45.0, 0.0, true);
        assert_eq!(idle.observe(30_000.0, false, false), Progress::Paused);
        assert_eq!(
            idle.observe(90_000.0, true, false),
            Progress::LookAgainIn(45_000.0)
        );
        assert_eq!(idle.observe(135_000.0, true, false), Progress::Reached);
    }
}
