//! A pointer on its way out: quickly up, out of the page through its top, and not back at once.
//!
//! Devices without a pointer show it otherwise, if at all: [`super::ScrollUp`], [`super::Return`].

use super::Progress;

/// Over how much of the past the pointer's speed is measured, in milliseconds.
const WINDOW: f64 = 200.0;
/// Slower than this is wandering, in CSS pixels per millisecond.
const MINIMUM_SPEED: f64 = 0.6;
/// Whoever is back before this many milliseconds have passed only overshot.
const CONFIRMED_AFTER: f64 = 150.0;

/// Follows the pointer and judges each leave.
#[derive(Clone, Debug)]
pub struct ExitIntent {
    edge: f64,
    armed_at: f64,
    /// Height and time of the moves in the window, oldest first; of older ones the last, where it is needed for
    /// a way at all.
    moves: Vec<(f64, f64)>,
    /// When the leave that counts is confirmed, unless the pointer comes back before.
    confirmed_at: Option<f64>,
}

/// The pointer left the document.
#[derive(Clone, Copy, Debug)]
pub struct Leave {
    /// Its height in the viewport, in CSS pixels; negative above the top.
    pub y: f64,
    /// When, in milliseconds of a monotonic clock.
    pub at: f64,
    /// Whether it went into something else on the page, a frame say.
    pub into_element: bool,
    /// Whether a button was down, or somebody was typing.
    pub busy: bool,
}

impl ExitIntent {
    /// Watches from `now` on; leaves count only after `armed_after` seconds.
    #[must_use]
    pub fn new(edge_px: f64, armed_after: f64, now: f64) -> Self {
        Self {
            edge: edge_px,
            armed_at: now + armed_after * 1_000.0,
            moves: Vec::new(),
            confirmed_at: None,
        }
    }

    /// Notes where the pointer is; inside of the page, it has not left.
    pub fn moved(&mut self, y: f64, now: f64) {
        self.confirmed_at = None;
        let mut newer = self.moves.len();
        self.moves.retain(|&(_, at)| {
            newer -= 1;
            newer == 0 || at >= now - WINDOW
        });
        self.moves.push((y, now));
    }

    /// Judges a leave: [`Self::look`] tells later whether it showed the intent to go.
    pub fn left(&mut self, leave: Leave) {
        let goes = leave.at >= self.armed_at
            && leave.y <= self.edge
            && !leave.into_element
            && !leave.busy
            && self.upward_speed(leave.at) >= MINIMUM_SPEED;
        self.confirmed_at = goes.then_some(leave.at + CONFIRMED_AFTER);
    }

    /// Whether the pointer left with intent, and has not been seen since.
    #[must_use]
    pub const fn is_out(&self) -> bool {
        self.confirmed_at.is_some()
    }

    /// Whether the pointer left with intent, and has stayed out for long enough.
    #[must_use]
    pub fn look(&self, now: f64) -> Progress {
        self.confirmed_at
            .map_or(Progress::Paused, |at| Progress::until(at, now))
    }

    /// In CSS pixels per millisecond, over the last moves; zero for a pointer that rested before it
    /// left, since then it was not the hand that left: a shortcut, or a tool of the browser.
    fn upward_speed(&self, now: f64) -> f64 {
        match (self.moves.first(), self.moves.last()) {
            (Some((from, start)), Some((to, end))) if end > start && now - end <= WINDOW => {
                (from - to) / (end - start)
            }
            _ => 0.0,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::Value;

    /// Up from the middle of the page within 150 ms, and out.
    fn leaving(at: f64) -> (ExitIntent, Leave) {
        let mut intent = ExitIntent::new(20.0, 5.0, 0.0);
        intent.moved(300.0, at - 160.0);
        intent.moved(30.0, at - 10.0);
        let leave = Leave {
            y: -3.0,
            at,
            into_element: false,
            busy: false,
        };
        (intent, leave)
    }

    #[test]
    fn the_reference_traces_hold() {
        let vectors: Value =
            serde_json::from_str(include_str!("../../vectors/triggers.json")).expect("vectors");
        let cases = vectors["exit_intent"]["cases"].as_array().expect("cases");
        assert!(!cases.is_empty());
        for case in cases {
            let mut intent = ExitIntent::new(20.0, 5.0, 0.0);
            for seen in case["moves"].as_array().expect("moves") {
                let number = |index: usize| seen[index].as_f64().expect("number");
                intent.moved(number(1), number(2));
            }
            let speed = case["speed_px_per_ms"].as_f64().expect("speed");
            let leave = &case["leave"];
            let at = leave["t"].as_f64().expect("t");
            let found = intent.upward_speed(at);
            assert!((found - speed).abs() < 1e-6, "{} {found}", case["id"]);
            intent.left(Leave {
                y: leave["y"].as_f64().expect("y"),
                at,
                into_element: !leave["related"].is_null(),
                busy: leave["buttons"] == 1 || leave["editing"] == true,
            });
            assert_eq!(intent.is_out(), case["fires"], "{}", case["id"]);
            let is_confirmed = intent.look(at + CONFIRMED_AFTER) == Progress::Reached;
            assert_eq!(is_confirmed, case["fires"], "{}", case["id"]);
        }
    }

    #[test]
    fn the_reference_defaults_are_ours() {
        let vectors: Value =
            serde_json::from_str(include_str!("../../vectors/triggers.json")).expect("vectors");
        let defaults = &vectors["exit_intent"]["defaults"];
        assert_eq!(
            defaults["edge_px"],
            super::super::usual::EXIT_EDGE_PX as i64
        );
        let armed_after = super::super::usual::EXIT_ARMED_AFTER * 1_000.0;
        assert_eq!(defaults["armed_after_ms"], armed_after as i64);
        assert_eq!(defaults["min_upward_px_per_ms"], MINIMUM_SPEED);
    }

    #[test]
    fn an_old_slow_approach_does_not_hide_a_fast_end() {
        let mut intent = ExitIntent::new(20.0, 5.0, 0.0);
        for step in 0..100 {
            intent.moved(600.0 - f64::from(step), 6_000.0 + 20.0 * f64::from(step));
        }
        for step in 0..20 {
            intent.moved(
                500.0 - 24.0 * f64::from(step),
                8_000.0 + 16.0 * f64::from(step),
            );
        }
        let speed = intent.upward_speed(8_310.0);
        assert!(speed > 1.0, "{speed}");
    }

    #[test]
    fn whoever_comes_back_at_once_has_not_left() {
        let (mut intent, leave) = leaving(8_000.0);
        intent.left(leave);
        assert!(intent.is_out());
        assert_eq!(intent.look(8_149.0), Progress::LookAgainIn(1.0));
        intent.moved(10.0, 8_149.0);
        assert!(!intent.is_out());
        assert_eq!(intent.look(9_000.0), Progress::Paused);
    }

    #[test]
    fn a_pointer_that_rested_is_not_taken_for_a_hand() {
        let (mut intent, mut leave) = leaving(8_000.0);
        leave.at = 8_400.0;
        intent.left(leave);
        assert!(!intent.is_out());
    }

    #[test]
    fn a_hand_that_had_rested_leaves_as_fast_as_it_is() {
        let mut intent = ExitIntent::new(20.0, 5.0, 0.0);
        intent.moved(150.0, 6_000.0);
        for step in 1..=5 {
            intent.moved(
                150.0 - 28.0 * f64::from(step),
                9_000.0 + 16.0 * f64::from(step),
            );
        }
        let speed = intent.upward_speed(9_096.0);
        assert!((speed - 28.0 / 16.0).abs() < 1e-6, "{speed}");
    }

    #[test]
    fn the_edge_and_the_arming_are_inclusive() {
        let rows = [
            (5_000.0, 20.0, true),
            (4_999.0, 20.0, false),
            (5_000.0, 20.5, false),
        ];
        for (at, y, expected) in rows {
            let (mut intent, mut leave) = leaving(at);
            leave.y = y;
            intent.left(leave);
            assert_eq!(intent.is_out(), expected, "{at} {y}");
        }
    }
}
