//! The demo shop's surveys as shoppers meet them: where, how often, and what they answer.

use super::shopper::Device;
use super::story::Story;

/// One survey of `www/surveys`.
pub(super) struct Survey {
    /// Its place in [`SURVEYS`].
    pub(super) number: usize,
    pub(super) id: &'static str,
    pub(super) metric: &'static str,
    pub(super) wording: &'static str,
    /// The lowest score of its scale.
    pub(super) lowest: u8,
    /// How likely each score is, from the lowest up, when nothing is broken.
    usual: &'static [f64],
    /// The same on phones once the pay button is dead.
    after: &'static [f64],
    /// The highest score of the low band, the lowest of the high one.
    bands: (u8, u8),
    /// Chances that an impression is answered, or else closed.
    pub(super) answered: f64,
    pub(super) dismissed: f64,
}

/// In the order a shopper meets them.
pub(super) const SURVEYS: [Survey; 3] = [
    Survey {
        number: 0,
        id: "recommend",
        metric: "nps",
        wording: "standard",
        lowest: 0,
        usual: &[1., 1., 1., 2., 2., 5., 6., 14., 22., 22., 24.],
        after: &[2., 1., 2., 2., 3., 6., 7., 14., 21., 20., 22.],
        bands: (6, 9),
        answered: 0.10,
        dismissed: 0.36,
    },
    Survey {
        number: 1,
        id: "checkout-effort",
        metric: "ces",
        wording: "purchase",
        lowest: 1,
        usual: &[3., 4., 6., 10., 20., 31., 26.],
        after: &[34., 24., 13., 9., 9., 7., 4.],
        bands: (3, 5),
        answered: 0.19,
        dismissed: 0.40,
    },
    Survey {
        number: 2,
        id: "order-satisfaction",
        metric: "csat",
        wording: "purchase",
        lowest: 1,
        usual: &[3., 4., 10., 38., 45.],
        after: &[5., 6., 12., 38., 39.],
        bands: (2, 4),
        answered: 0.34,
        dismissed: 0.22,
    },
];

/// Shares of visits that read long enough to be asked, and that reach the checkout.
pub(super) const READS_ON: f64 = 0.25;
pub(super) const REACHES_CHECKOUT: f64 = 0.12;

/// The share of shoppers at the checkout that turns to leave, which is when they are asked.
pub(super) fn turns_away(story: &Story, device: Device, at_ms: i64) -> f64 {
    if story.is_broken(device, at_ms) {
        0.82
    } else {
        0.40
    }
}

/// Of the shoppers at the checkout who do not turn away, so many order.
pub(super) fn orders(story: &Story, device: Device, at_ms: i64) -> f64 {
    if story.is_broken(device, at_ms) {
        0.35
    } else {
        0.92
    }
}

impl Survey {
    /// How likely each score is, from the lowest up.
    pub(super) fn scores(&self, is_broken: bool) -> &'static [f64] {
        if is_broken { self.after } else { self.usual }
    }

    pub(super) fn is_low(&self, score: u8) -> bool {
        score <= self.bands.0
    }

    pub(super) fn is_high(&self, score: u8) -> bool {
        score >= self.bands.1
    }

    /// The highest score of its scale.
    #[cfg(test)]
    pub(super) fn highest(&self) -> u8 {
        self.lowest + self.usual.len() as u8 - 1
    }
}
