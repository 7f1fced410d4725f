//! Impressions counted: all that figures need to know of a row, a day or a segment.

use survey::metric::Metric;

use crate::distribution::Distribution;
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

    /// Adds other impressions' counts.
    pub(crate) fn merge(&mut self, other: &Self) {
        self.impressions += other.impressions;
        self.responses += other.responses;
        self.complete += other.complete;
        self.dismissals += other.dismissals;
        self.comments += other.comments;
        for (count, more) in self.scores.iter_mut().zip(other.scores) {
            *count += more;
        }
    }

    /// The scores on the scale of `metric`.
    pub(crate) fn distribution(&self, metric: Metric) -> Distribution {
        Distribution::counted(metric, &self.scores)
    }
}
