//! Whether enough of an element can be seen.

/// Whether `percent` (0 to 100) of an element's height is within the viewport; of one higher than
/// the viewport, that share of the viewport has to be filled with it. Heights in CSS pixels.
#[must_use]
pub fn is_seen(seen: f64, height: f64, viewport: f64, percent: f64) -> bool {
    seen > 0.0 && seen >= height.min(viewport) * percent / 100.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn enough_of_an_element_is_seen() {
        let rows = [
            (100.0, 200.0, 800.0, 50.0, true, "half of it"),
            (99.0, 200.0, 800.0, 50.0, false, "less than half of it"),
            (1.0, 200.0, 800.0, 0.0, true, "a line"),
            (0.0, 200.0, 800.0, 0.0, false, "nothing"),
            (800.0, 4_000.0, 800.0, 100.0, true, "higher than the screen"),
            (300.0, 4_000.0, 800.0, 50.0, false, "its beginning"),
            (0.0, 0.0, 800.0, 50.0, false, "nothing to see"),
        ];
        for (seen, height, viewport, percent, expected, what) in rows {
            assert_eq!(is_seen(seen, height, viewport, percent), expected, "{what}");
        }
    }
}
