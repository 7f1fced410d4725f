//! How the score of those who mention something differs from that of the others who wrote.

use serde::Serialize;

use crate::distribution::Distribution;
use crate::figures::nps::Method;
use crate::figures::{self, FigureName, difference, several};

/// A difference of figures: the one that comparisons of the report are about, by the same test.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Effect {
    /// Of which figure: `nps`, `csat` or `ces_mean`.
    pub figure: FigureName,
    /// What it is among those who mention the theme.
    pub with: f64,
    /// What it is among the others who commented.
    pub without: f64,
    /// The one less the other: below zero, those who mention it are less happy.
    pub value: f64,
    /// Lower end of its 95 % interval.
    pub low: Option<f64>,
    /// Upper end of the interval.
    pub high: Option<f64>,
    /// How often chance alone makes as large a difference, adjusted for all topics of the survey.
    pub p: Option<f64>,
}

/// The difference between two groups; `None` where one has too few scores for a figure.
pub(crate) fn between(
    with: &Distribution,
    without: &Distribution,
    method: Method,
) -> Option<Effect> {
    let (one, other) = (
        figures::compared(with, method),
        figures::compared(without, method),
    );
    let (with_value, without_value) = (one.value?, other.value?);
    let found = difference::between(with, without, method)?;
    Some(Effect {
        figure: one.name,
        with: with_value,
        without: without_value,
        value: found.raw,
        low: found.interval.map(|interval| interval.low),
        high: found.interval.map(|interval| interval.high),
        p: found.p,
    })
}

impl Effect {
    /// Is there a difference beyond chance?
    #[must_use]
    pub fn is_clear(&self) -> bool {
        self.p.is_some_and(|p| p <= several::FALSE_ALARMS)
    }
}

/// Corrects the chances of all effects that were looked at together for each other.
pub(super) fn adjust(effects: &mut [&mut Effect]) {
    let p: Vec<Option<f64>> = effects.iter().map(|effect| effect.p).collect();
    let adjusted = several::benjamini_hochberg(&p);
    for (effect, p) in effects.iter_mut().zip(adjusted) {
        effect.p = p;
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
        let rounded = [Some(effect.value), effect.low, effect.high]
            .map(|value| (value.unwrap() * 100.0).round());
        assert_eq!(rounded, [2_000.0, 524.0, 3_339.0]);
        assert!(effect.is_clear());
    }

    /// The same figure and the same test as the comparisons of the report.
    #[test]
    fn the_effect_on_ease_is_that_on_its_mean() {
        let with = scores(Metric::Ces, &[(2, 20), (3, 20)]);
        let without = scores(Metric::Ces, &[(6, 30), (7, 30)]);
        let effect = between(&with, &without, Method::default()).unwrap();
        assert_eq!(effect.figure, FigureName::CesMean);
        assert_eq!(
            (effect.with, effect.without, effect.value),
            (2.5, 6.5, -4.0)
        );
        let found = difference::between(&with, &without, Method::default()).unwrap();
        assert_eq!(
            (effect.p, effect.low),
            (found.p, found.interval.map(|found| found.low))
        );
    }

    #[test]
    fn one_effect_of_many_that_chance_may_make_is_not_clear() {
        let with = scores(Metric::Csat, &[(5, 30), (1, 20)]);
        let without = scores(Metric::Csat, &[(5, 40), (1, 10)]);
        let alike = scores(Metric::Csat, &[(5, 25), (1, 25)]);
        let between = |with, without| between(with, without, Method::default()).unwrap();
        let one = between(&with, &without);
        assert!(one.is_clear(), "{one:?}");
        let mut effects = [one; 20].map(|_| between(&alike, &alike));
        effects[0] = one;
        adjust(&mut effects.iter_mut().collect::<Vec<_>>());
        assert!(!effects[0].is_clear(), "{:?}", effects[0]);
    }

    #[test]
    fn too_few_scores_make_no_effect() {
        let few = scores(Metric::Nps, &[(0, 9)]);
        let many = scores(Metric::Nps, &[(10, 50)]);
        assert_eq!(between(&few, &many, Method::default()), None);
    }
}
