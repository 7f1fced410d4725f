//! A fast scroll up on a touch screen: perhaps towards the address bar, perhaps only to the menu.
//!
//! There is no pointer to follow, so this is a guess; a survey asks for it or goes without.

use super::Progress;

/// Within how much time the way up must be made, in milliseconds.
const WINDOW: f64 = 400.0;
/// The way up, in CSS pixels.
const DISTANCE: f64 = 800.0;
/// How far down the page somebody must have been, as a share of the way.
const DEEP_ENOUGH: f64 = 0.25;
/// A scroll that has not moved for so many milliseconds has come to rest.
const RESTS_AFTER: f64 = 150.0;

/// Follows the scroll position, in CSS pixels and milliseconds of a monotonic clock.
#[derive(Clone, Debug)]
pub struct ScrollUp {
    armed_at: f64,
    was_deep: bool,
    recent: Vec<(f64, f64)>,
    rests_at: Option<f64>,
}

impl ScrollUp {
    /// Watches from `now` on; scrolls count only after `armed_after` seconds.
    #[must_use]
    pub fn new(armed_after: f64, now: f64) -> Self {
        Self {
            armed_at: now + armed_after * 1_000.0,
            was_deep: false,
            recent: Vec::new(),
            rests_at: None,
        }
    }

    /// Notes where the page is scrolled to; [`Self::look`] tells later whether it was a way out.
    pub fn scrolled(&mut self, top: f64, viewport: f64, height: f64, now: f64) {
        self.was_deep |= top >= DEEP_ENOUGH * (height - viewport).max(1.0);
        self.recent.retain(|(_, at)| *at >= now - WINDOW);
        self.recent.push((top, now));
        let highest = |most: f64, seen: &(f64, f64)| most.max(seen.0);
        let way = self.recent.iter().fold(top, highest) - top;
        let is_fast = way >= DISTANCE && self.was_deep && now >= self.armed_at;
        let runs_on = self.rests_at.is_some_and(|at| now < at);
        // Whoever goes all the way wants what is there.
        let goes_on = top > 0.0 && (is_fast || runs_on);
        self.rests_at = goes_on.then_some(now + RESTS_AFTER);
    }

    /// Whether a fast way up has ended before the top of the page.
    #[must_use]
    pub fn look(&self, now: f64) -> Progress {
        self.rests_at
            .map_or(Progress::Paused, |at| Progress::until(at, now))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Scrolls through the given tops, `step` milliseconds apart, and rests.
    fn fires(tops: &[f64], step: f64) -> bool {
        let mut scroll = ScrollUp::new(5.0, 0.0);
        let mut now = 6_000.0;
        for top in tops {
            scroll.scrolled(*top, 800.0, 4_800.0, now);
            now += step;
        }
        scroll.look(now - step + RESTS_AFTER) == Progress::Reached
    }

    #[test]
    fn only_a_fast_way_up_that_ends_before_the_top_counts() {
        let rows: [(&[f64], f64, bool, &str); 7] = [
            (&[2_000.0, 1_600.0, 1_200.0], 100.0, true, "fast"),
            (&[2_000.0, 1_600.0, 1_200.0], 250.0, false, "slow"),
            (&[2_000.0, 1_600.0, 1_201.0], 100.0, false, "not far"),
            (&[900.0, 500.0, 100.0], 100.0, false, "never deep"),
            (&[2_000.0, 1_000.0, 500.0, 0.0], 50.0, false, "to the top"),
            (&[2_000.0, 1_000.0, 900.0, 850.0], 100.0, true, "slowing"),
            (&[1_200.0, 1_600.0, 2_000.0], 100.0, false, "down"),
        ];
        for (tops, step, expected, what) in rows {
            assert_eq!(fires(tops, step), expected, "{what}");
        }
    }

    #[test]
    fn a_page_that_was_just_opened_is_left_alone() {
        let mut scroll = ScrollUp::new(5.0, 0.0);
        scroll.scrolled(2_000.0, 800.0, 4_800.0, 4_700.0);
        scroll.scrolled(1_000.0, 800.0, 4_800.0, 4_999.0);
        assert_eq!(scroll.look(10_000.0), Progress::Paused);
    }

    #[test]
    fn what_comes_after_the_rest_is_another_scroll() {
        let mut scroll = ScrollUp::new(0.0, 0.0);
        scroll.scrolled(2_000.0, 800.0, 4_800.0, 1_000.0);
        scroll.scrolled(1_000.0, 800.0, 4_800.0, 1_100.0);
        scroll.scrolled(990.0, 800.0, 4_800.0, 9_000.0);
        assert_eq!(scroll.look(9_500.0), Progress::Paused);
    }

    #[test]
    fn nothing_counts_before_the_scroll_has_come_to_rest() {
        let mut scroll = ScrollUp::new(0.0, 0.0);
        scroll.scrolled(2_000.0, 800.0, 4_800.0, 1_000.0);
        scroll.scrolled(1_000.0, 800.0, 4_800.0, 1_100.0);
        assert_eq!(scroll.look(1_249.0), Progress::LookAgainIn(1.0));
        scroll.scrolled(900.0, 800.0, 4_800.0, 1_249.0);
        assert_eq!(scroll.look(1_300.0), Progress::LookAgainIn(99.0));
        assert_eq!(scroll.look(1_399.0), Progress::Reached);
    }
}
