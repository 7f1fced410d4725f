//! Impressions counted: all that figures need to know of a row, a day or a segment.

use survey::metric::{Band, Metric};

use crate::distribution::Distribution;
use crate::figures::change;
use crate::fold::Folded;
use crate::response::Outcome;

/// More points than any scale has.
const SCORES: usize = 11;

/// Counts of some impressions.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Tally {
    pub(crate) impressions: u64,
    pub(crate) responses: u64,
    pub(crate) complete: u64,
    pub(crate) dismissals: u64,
    pub(crate) comments: u64,
    scores: [u64; SCORES],
}

impl Tally {
    /// Counts one impression.
    pub(crate) fn add(&mut self, folded: &Folded) {
        let outcome = folded.outcome();
        self.impressions += 1;
        self.responses += u64::from(outcome == Outcome::Answered);
        self.dismissals += u64::from(outcome == Outcome::Dismissed);
        self.complete += u64::from(folded.complete);
        self.comments += u64::from(folded.comment.is_some());
        if let Some(count) = folded
            .score
            .and_then(|score| self.scores.get_mut(usize::from(score.answer)))
        {
            *count += 1;
        }
    }

    /// Answers with each score, from 0 up, and nothing else.
    #[cfg(test)]
    pub(crate) fn scored(counts: &[u64]) -> Self {
        let mut tally = Self::default();
        for (count, given) in tally.scores.iter_mut().zip(counts) {
            *count = *given;
        }
        tally
    }

    /// Adds other impressions' counts.
    pub(crate) fn merge(&mut self, other: &Self) {
        self.each(other, |count, more| *count += more);
    }

    /// Those that are not among these `others`.
    pub(crate) fn without(&self, others: &Self) -> Self {
        let mut rest = self.clone();
        rest.each(others, |count, less| *count = count.saturating_sub(less));
        rest
    }

    fn each(&mut self, other: &Self, change: impl Fn(&mut u64, u64)) {
        change(&mut self.impressions, other.impressions);
        change(&mut self.responses, other.responses);
        change(&mut self.complete, other.complete);
        change(&mut self.dismissals, other.dismissals);
        change(&mut self.comments, other.comments);
        for (count, by) in self.scores.iter_mut().zip(other.scores) {
            change(count, by);
        }
    }

    /// The scores on the scale of `metric`.
    pub(crate) fn distribution(&self, metric: Metric) -> Distribution {
        Distribution::counted(metric, &self.scores)
    }

    /// The scores as the values a comparison is about: −1, 0 and 1 for NPS, 0 and 1 for CSAT, the
    /// score itself for CES.
    pub(crate) fn values(&self, metric: Metric) -> change::Day {
        let value = |score: u8| match (metric, metric.band(score)) {
            (Metric::Ces, _) => f64::from(score),
            (Metric::Nps, Band::Low) => -1.0,
            (_, Band::High) => 1.0,
            _ => 0.0,
        };
        let mut values = change::Day::default();
        for (score, count) in self.distribution(metric).points() {
            values.add(value(score), count as f64);
        }
        values
    }
}
