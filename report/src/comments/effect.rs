//! How the score of those who mention something differs from that of the others who wrote.

use serde::Serialize;

use crate::distribution::Distribution;
use crate::figures::nps::Method;
use crate::figures::{self, Figure, FigureName};

/// A difference of headline figures, in points, with its 95 % interval.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Effect {
    /// Of which figure.
    pub figure: FigureName,
    /// What it is among those who mention the theme.
    pub with: f64,
    /// What it is among the others who commented.
    pub without: f64,
    /// The one less the other: below zero, those who mention it are less happy.
    pub value: f64,
    /// Lower end of the interval.
    pub low: f64,
    /// Upper end of the interval.
    pub high: f64,
}

/// The difference between two groups; `None` where one has too few scores for a figure.
pub(crate) fn between(
    with: &Distribution,
    without: &Distribution,
    method: Method,
) -> Option<Effect> {
    let (with, without) = (
        figures::headline(with, method),
        figures::headline(without, method),
    );
    let (one, other) = (Known::of(&with)?, Known::of(&without)?);
    let value = one.value - other.value;
    Some(Effect {
        figure: with.name,
        with: one.value,
        without: other.value,
        value,
        low: value - (one.value - one.low).hypot(other.high - other.value),
        high: value + (one.high - one.value).hypot(other.value - other.low),
    })
}

/// A figure that has a value and an interval.
///
/// The interval of a difference is made of those of its parts: Newcombe's hybrid score interval where
/// they are Wilson's (Statistics in Medicine 1998, method 10), and the same recovery of variances for
/// every other interval (Zou and Donner, Statistics in Medicine 2008).
struct Known {
    value: f64,
    low: f64,
    high: f64,
}

impl Known {
    fn of(figure: &Figure) -> Option<Self> {
        let value = figure.value?;
        Some(Self {
            value,
            // The interval of an NPS lies around its adjusted value, not always around the raw one.
            low: figure.low?.min(value),
            high: figure.high?.max(value),
        })
    }
}

impl Effect {
    /// Is there a difference beyond chance?
    #[must_use]
    pub fn is_clear(&self) -> bool {
        self.low > 0.0 || self.high < 0.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use survey::metric::Metric;

    fn scores(metric: Metric, counts: &[(u8, usize)]) -> Distribution {
        let scores = counts
            .iter()
            .flat_map(|&(score, count)| std::iter::repeat_n(score, count));
        Distribution::of(metric, scores)
    }

    /// Newcombe 1998, table II, method 10: 56 of 70 and 48 of 80 differ by 0.2000 (0.0524 to 0.3339).
    #[test]
    fn the_interval_of_two_shares_is_newcombes() {
        let with = scores(Metric::Csat, &[(5, 56), (1, 14)]);
        let without = scores(Metric::Csat, &[(5, 48), (1, 32)]);
        let effect = between(&with, &without, Method::default()).unwrap();
        let rounded = [effect.value, effect.low, effect.high].map(|value| (value * 100.0).round());
        assert_eq!(rounded, [2_000.0, 524.0, 3_339.0]);
        assert!(effect.is_clear());
    }

    #[test]
    fn too_few_scores_make_no_effect() {
        let few = scores(Metric::Nps, &[(0, 9)]);
        let many = scores(Metric::Nps, &[(10, 50)]);
        assert_eq!(between(&few, &many, Method::default()), None);
    }
}
