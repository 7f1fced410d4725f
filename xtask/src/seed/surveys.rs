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

/// What came of being asked.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Feeling {
    Low,
    Middle,
    High,
    /// No score was given.
    Unsaid,
}

impl Feeling {
    /// Of readers who were asked, so many go on to the checkout.
    pub(super) const fn goes_on(self) -> f64 {
        match self {
            Self::Low => 0.05,
            Self::Middle => 0.11,
            Self::High => 0.16,
            Self::Unsaid => 0.10,
        }
    }

    /// Of shoppers who turned to leave the checkout and were asked, so many come back and order.
    pub(super) const fn comes_back(self, is_broken: bool) -> f64 {
        match (self, is_broken) {
            (Self::Low, false) => 0.12,
            (Self::Middle, false) => 0.28,
            (Self::High, false) => 0.46,
            (Self::Unsaid, false) => 0.33,
            (Self::Low, true) => 0.02,
            (Self::Middle, true) => 0.05,
            (Self::High, true) => 0.12,
            (Self::Unsaid, true) => 0.07,
        }
    }

    /// So many open the help page or the chat.
    pub(super) const fn seeks_help(self, is_broken: bool) -> f64 {
        match (self, is_broken) {
            (Self::Low, true) => 0.16,
            (Self::Low, false) => 0.09,
            (_, true) => 0.06,
            (_, false) => 0.02,
        }
    }
}

impl Survey {
    /// How likely each score is, from the lowest up.
    pub(super) fn scores(&self, is_broken: bool) -> &'static [f64] {
        if is_broken { self.after } else { self.usual }
    }

    pub(super) fn feeling(&self, score: u8) -> Feeling {
        if score <= self.bands.0 {
            Feeling::Low
        } else if score >= self.bands.1 {
            Feeling::High
        } else {
            Feeling::Middle
        }
    }

    /// The highest score of its scale.
    #[cfg(test)]
    pub(super) fn highest(&self) -> u8 {
        self.lowest + self.usual.len() as u8 - 1
    }
}
