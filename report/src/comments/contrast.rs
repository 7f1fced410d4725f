//! Do some mention it more than others? Log-odds with a prior, so that rare words do not win.

use serde::Serialize;
use statrs::distribution::{ContinuousCDF, Normal};

/// How much more often one group mentions something than another.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Contrast {
    /// Percent of the one group's comments.
    pub share: f64,
    /// Percent of the other's.
    pub other_share: f64,
    /// Natural logarithm of the ratio of the odds, drawn towards 0 by the prior.
    pub log_odds: f64,
    /// The chance of a difference as large where there is none, adjusted for all that were looked at.
    pub p: f64,
}

/// Mentions in a group of comments.
#[derive(Clone, Copy, Debug)]
pub(super) struct Group {
    pub(super) mentions: u64,
    pub(super) comments: u64,
}

/// The prior is worth so many comments, with the share of both groups together.
const PRIOR_COMMENTS: f64 = 5.0;

/// Adjusted chances below this count as a difference.
pub(super) const Q: f64 = 0.05;

/// Log-odds ratio with informative Dirichlet prior (Monroe, Colaresi and Quinn, Political Analysis
/// 2008, equations 15, 16, 19 and 22), its categories being "mentioned" and "not mentioned". `None`
/// where a group is empty or nothing was mentioned.
pub(super) fn between(one: Group, other: Group) -> Option<Contrast> {
    if one.comments == 0 || other.comments == 0 || one.mentions + other.mentions == 0 {
        return None;
    }
    let all = (one.comments + other.comments) as f64;
    let background = (one.mentions + other.mentions) as f64 / all;
    let prior = PRIOR_COMMENTS * background;
    let odds = |group: Group| {
        let mentions = group.mentions as f64 + prior;
        let without = group.comments as f64 + PRIOR_COMMENTS - mentions;
        (mentions, without)
    };
    let ((one_with, one_without), (other_with, other_without)) = (odds(one), odds(other));
    // Where everybody mentions it there is no prior for not mentioning it, and nothing to contrast.
    if one_without <= 0.0 || other_without <= 0.0 {
        return None;
    }
    let log_odds = (one_with / one_without).ln() - (other_with / other_without).ln();
    let variance = 1.0 / one_with + 1.0 / other_with + 1.0 / one_without + 1.0 / other_without;
    let z = log_odds / variance.sqrt();
    let share = |group: Group| 100.0 * group.mentions as f64 / group.comments as f64;
    Some(Contrast {
        share: share(one),
        other_share: share(other),
        log_odds,
        p: 2.0 * Normal::standard().sf(z.abs()),
    })
}

impl Contrast {
    /// Does the one group mention it more, beyond chance?
    #[must_use]
    pub fn is_more(&self) -> bool {
        self.p < Q && self.log_odds > 0.0
    }

    /// Does it mention it less, beyond chance?
    #[must_use]
    pub fn is_less(&self) -> bool {
        self.p < Q && self.log_odds < 0.0
    }
}

/// Adjusts the chances of all contrasts that were looked at together (Benjamini and Hochberg,
/// Journal of the Royal Statistical Society B, 1995).
pub(super) fn adjust(contrasts: &mut [&mut Contrast]) {
    contrasts.sort_by(|one, other| one.p.total_cmp(&other.p));
    let number = contrasts.len() as f64;
    let mut least = 1.0_f64;
    for (place, contrast) in contrasts.iter_mut().enumerate().rev() {
        least = least.min(contrast.p * number / (place as f64 + 1.0));
        contrast.p = least;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn contrast(one: (u64, u64), other: (u64, u64)) -> Contrast {
        let group = |(mentions, comments)| Group { mentions, comments };
        between(group(one), group(other)).unwrap()
    }

    #[test]
    fn a_clear_difference_is_seen_and_chance_is_not() {
        assert!(contrast((40, 100), (5, 100)).is_more());
        assert!(contrast((5, 100), (40, 100)).is_less());
        let chance = contrast((1, 20), (0, 20));
        assert!(!chance.is_more() && chance.p > 0.3, "{chance:?}");
    }

    #[test]
    fn equal_shares_are_no_difference() {
        let equal = contrast((10, 100), (100, 1_000));
        assert!(equal.log_odds.abs() < 1e-12);
        assert!((equal.p - 1.0).abs() < 1e-12);
        assert_eq!((equal.share, equal.other_share), (10.0, 10.0));
    }

    #[test]
    fn what_everybody_or_nobody_mentions_has_no_contrast() {
        let group = |mentions, comments| Group { mentions, comments };
        assert_eq!(between(group(0, 9), group(0, 9)), None);
        assert_eq!(between(group(9, 9), group(9, 9)), None);
        assert_eq!(between(group(1, 9), group(0, 0)), None);
    }

    /// By hand: p = 0.01, 0.02, 0.03, 0.5 of four tests.
    #[test]
    fn chances_are_adjusted_for_their_number() {
        let mut contrasts = [0.03, 0.5, 0.01, 0.02].map(|p| Contrast {
            share: 0.0,
            other_share: 0.0,
            log_odds: 1.0,
            p,
        });
        adjust(&mut contrasts.iter_mut().collect::<Vec<_>>());
        let adjusted = contrasts.map(|contrast| (contrast.p * 1e6).round() / 1e6);
        assert_eq!(adjusted, [0.04, 0.5, 0.04, 0.04]);
    }
}
