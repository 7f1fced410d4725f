//! How much of a page was seen.

/// Growth of the page beyond which what was seen counts afresh (infinite scrolling).
const GROWN: f64 = 1.1;

/// The deepest point seen so far, as a share of the page's height.
#[derive(Clone, Debug, Default)]
pub struct ScrollDepth {
    deepest: f64,
    height: f64,
}

impl ScrollDepth {
    /// Notes a scroll position, the viewport's height and the page's, in CSS pixels; gives the
    /// deepest share seen, from 0 to 1. A page that fits in the viewport was seen whole.
    pub fn observe(&mut self, top: f64, viewport: f64, height: f64) -> f64 {
        if self.height > 0.0 && height > self.height * GROWN {
            self.deepest = 0.0;
        }
        self.height = height;
        let depth = if height <= viewport {
            1.0
        } else {
            (top + viewport) / height
        };
        self.deepest = self.deepest.max(depth.min(1.0));
        self.deepest
    }
}

/// Whether an element that scrolls by itself stands in for the page: it fills most of the viewport, as
/// in shops whose body never scrolls. Sizes in CSS pixels.
#[must_use]
pub fn is_the_page(width: f64, height: f64, viewport_width: f64, viewport_height: f64) -> bool {
    width * height > viewport_width * viewport_height / 2.0
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::Value;

    #[test]
    fn a_page_that_fits_with_what_scrolls_in_it_is_judged_by_that() {
        assert!(is_the_page(1_280.0, 640.0, 1_280.0, 720.0));
        assert!(!is_the_page(320.0, 640.0, 1_280.0, 720.0));
    }

    #[test]
    fn the_reference_traces_hold() {
        let vectors: Value =
            serde_json::from_str(include_str!("../../vectors/triggers.json")).expect("vectors");
        let cases = vectors["scroll_depth"]["cases"].as_array().expect("cases");
        assert!(!cases.is_empty());
        for case in cases {
            let mut depth = ScrollDepth::default();
            let events = case["events_y_viewport_height"].as_array().expect("events");
            let expected = case["max_depth"].as_array().expect("depths");
            for (event, expected) in events.iter().zip(expected) {
                let number = |index: usize| event[index].as_f64().expect("number");
                let found = depth.observe(number(0), number(1), number(2));
                let expected = expected.as_f64().expect("depth");
                assert!((found - expected).abs() < 1e-6, "{} {found}", case["id"]);
            }
        }
    }
}
