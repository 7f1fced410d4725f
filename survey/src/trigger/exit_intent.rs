//! A pointer on its way out: quickly up, and out of the page through its top.

/// Over how much of the past the pointer's speed is measured, in milliseconds.
const WINDOW: f64 = 200.0;
/// Slower than this is wandering, in CSS pixels per millisecond.
const MINIMUM_SPEED: f64 = 0.6;

/// Follows the pointer and judges each leave.
#[derive(Clone, Debug)]
pub struct ExitIntent {
    edge: f64,
    armed_at: f64,
    /// Height and time of recent moves, oldest first; always keeps the one before the window.
    moves: Vec<(f64, f64)>,
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
        }
    }

    /// Notes where the pointer is.
    pub fn moved(&mut self, y: f64, now: f64) {
        let is_old = |&(_, at): &(f64, f64)| at < now - WINDOW;
        let old = self.moves.iter().take_while(|seen| is_old(seen)).count();
        self.moves.drain(..old.saturating_sub(1));
        self.moves.push((y, now));
    }

    /// Whether leaving like this shows the intent to go.
    #[must_use]
    pub fn left(&self, leave: Leave) -> bool {
        leave.at >= self.armed_at
            && leave.y <= self.edge
            && !leave.into_element
            && !leave.busy
            && self.upward_speed() >= MINIMUM_SPEED
    }

    /// In CSS pixels per millisecond, over the last moves.
    fn upward_speed(&self) -> f64 {
        match (self.moves.first(), self.moves.last()) {
            (Some((from, start)), Some((to, end))) if end > start => (from - to) / (end - start),
            _ => 0.0,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::Value;

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
            assert!(
                (intent.upward_speed() - speed).abs() < 1e-6,
                "{}",
                case["id"]
            );
            let leave = &case["leave"];
            let found = intent.left(Leave {
                y: leave["y"].as_f64().expect("y"),
                at: leave["t"].as_f64().expect("t"),
                into_element: !leave["related"].is_null(),
                busy: leave["buttons"] == 1 || leave["editing"] == true,
            });
            assert_eq!(found, case["fires"], "{}", case["id"]);
        }
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
        assert!(intent.upward_speed() > 1.0, "{}", intent.upward_speed());
    }
}
