//! Click after click in one place, because nothing happens.
//!
//! Where clicking again is how a thing is used, it is no rage: [`CALM`] and [`is_stepper`] name those
//! places, and a watcher passes over clicks there.

/// Follows clicks; fires once in each run of them.
#[derive(Clone, Debug)]
pub struct RageClick {
    clicks: f64,
    within: f64,
    distance: f64,
    run: f64,
    last: Option<(f64, f64, f64)>,
}

/// A CSS selector of what is clicked repeatedly in calm: fields of text, players, canvases, and what
/// shops call their steppers, carousels and pages of results.
pub const CALM: &str = "input:not([type=button],[type=submit],[type=image]),textarea,select,\
    [contenteditable],canvas,video,audio,[role=spinbutton],[role=slider],[role=application],\
    [aria-roledescription=carousel],[rel~=next],[rel~=prev],[class*=quantity i],[class*=stepper i],\
    [class*=carousel i],[class*=slider i],[class*=swiper i],[class*=pagination i],hark-survey";

/// What such things have written on their buttons.
const STEPS: &str = "+-\u{2212}\u{2013}<>\u{2039}\u{203a}\u{ab}\u{bb}\u{2190}\u{2192}\u{25c0}\u{25b6}\u{25b2}\u{25bc}\u{d7}";

/// Whether a button with this written on it is meant to be clicked again and again.
#[must_use]
pub fn is_stepper(label: &str) -> bool {
    let label = label.trim_ascii();
    !label.is_empty()
        && label
            .chars()
            .all(|character| STEPS.chars().any(|step| step == character))
}

impl RageClick {
    /// So many clicks, each within so many milliseconds and CSS pixels of the one before.
    #[must_use]
    pub const fn new(clicks: f64, within_ms: f64, px: f64) -> Self {
        Self {
            clicks,
            within: within_ms,
            distance: px,
            run: 0.0,
            last: None,
        }
    }

    /// Notes a click and its time in milliseconds of a monotonic clock; whether it makes the run.
    ///
    /// The distance is Manhattan's: it is cheap, and what is compared with is a rule of thumb anyway.
    pub fn clicked(&mut self, x: f64, y: f64, now: f64) -> bool {
        let goes_on = self.last.is_some_and(|(last_x, last_y, last)| {
            (x - last_x).abs() + (y - last_y).abs() < self.distance && now - last < self.within
        });
        self.run = if goes_on { self.run + 1.0 } else { 1.0 };
        self.last = Some((x, y, now));
        self.run == self.clicks
    }
}

#[cfg(test)]
mod tests {
    use super::super::usual;
    use super::*;
    use serde_json::Value;

    /// The traces `three_fast`, `time_reset` and `count_2` are those of PostHog's unit test of its
    /// rage-click detection (posthog-js, MIT licence); the others are our own.
    #[test]
    fn the_reference_traces_hold() {
        let vectors: Value =
            serde_json::from_str(include_str!("../../vectors/triggers.json")).expect("vectors");
        let cases = vectors["rage_click"]["cases"].as_array().expect("cases");
        assert!(!cases.is_empty());
        for case in cases {
            let count = case["options"]["count"].as_f64();
            let mut rage = RageClick::new(
                count.unwrap_or(usual::RAGE_CLICKS),
                usual::RAGE_WITHIN_MS,
                usual::RAGE_PX,
            );
            let clicks = case["clicks_x_y_tms"].as_array().expect("clicks");
            let found: Vec<bool> = clicks
                .iter()
                .map(|click| {
                    let number = |index: usize| click[index].as_f64().expect("number");
                    rage.clicked(number(0), number(1), number(2))
                })
                .collect();
            assert_eq!(Value::from(found), case["fires"], "{}", case["id"]);
        }
    }

    #[test]
    fn the_reference_defaults_are_ours() {
        let vectors: Value =
            serde_json::from_str(include_str!("../../vectors/triggers.json")).expect("vectors");
        let defaults = &vectors["rage_click"]["default"];
        assert_eq!(defaults["count"], usual::RAGE_CLICKS as i64);
        assert_eq!(defaults["ms"], usual::RAGE_WITHIN_MS as i64);
        assert_eq!(defaults["px"], usual::RAGE_PX as i64);
    }

    #[test]
    fn what_is_clicked_again_and_again_in_calm_is_known_by_its_label() {
        let rows = [
            ("+", true),
            (" \u{2212} ", true),
            (">>", true),
            ("\u{203a}", true),
            ("", false),
            ("Pay", false),
            ("+1", false),
        ];
        for (label, expected) in rows {
            assert_eq!(is_stepper(label), expected, "{label}");
        }
    }
}
