//! Shares of two groups held against each other: who answered, who went through to the end, who wrote.

use serde::Serialize;

use crate::comparison::{Side, With};
use crate::figures::{ANSWERS_MIN, difference, several, share};
use crate::period::Stretch;
use crate::query::Query;
use crate::tally::Tally;
use crate::verdict;

/// A share that was tested, and what came of it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct RateChange {
    /// Which.
    pub rate: RateName,
    /// With what it is compared.
    pub with: With,
    /// Here, in percent.
    pub here: Side,
    /// There.
    pub there: Side,
    /// Here less there, in percentage points; `None` when a side is too small to say.
    pub difference: Option<f64>,
    /// Lower end of its 95 % interval (Newcombe's hybrid score).
    pub low: Option<f64>,
    /// Upper end.
    pub high: Option<f64>,
    /// How often chance alone makes as large a difference (N − 1 two-proportion test).
    pub p: Option<f64>,
    /// The same, after all tests of this report were taken into account.
    pub p_adjusted: Option<f64>,
    /// All of this in a sentence.
    pub verdict: String,
    /// The period before, where one is compared.
    #[serde(skip)]
    pub(crate) previous: Option<Stretch>,
}

/// Which share it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum RateName {
    /// Responses per impression.
    ResponseRate,
    /// Responses that went through to the end.
    Completion,
    /// Responses with a comment.
    CommentShare,
}

impl RateName {
    const ALL: [Self; 3] = [Self::ResponseRate, Self::Completion, Self::CommentShare];

    /// As in the JSON.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::ResponseRate => "response_rate",
            Self::Completion => "completion",
            Self::CommentShare => "comment_share",
        }
    }

    /// How many of how many.
    const fn counts(self, tally: &Tally) -> (u64, u64) {
        match self {
            Self::ResponseRate => (tally.responses, tally.impressions),
            Self::Completion => (tally.complete, tally.responses),
            Self::CommentShare => (tally.comments, tally.responses),
        }
    }
}

/// All shares of two groups; the verdicts come with [`RateChange::settle`], when all tests are known.
pub(crate) fn all(
    here: &Tally,
    there: &Tally,
    with: With,
    previous: Option<Stretch>,
    query: &Query,
) -> Vec<RateChange> {
    let one = |rate: RateName| {
        let (these, those) = (rate.counts(here), rate.counts(there));
        let is_enough = |n| query.all || n >= ANSWERS_MIN;
        let side = |(count, n)| Side {
            value: share::percent(count, n).filter(|_| is_enough(n)),
            n,
        };
        let found = (is_enough(these.1) && is_enough(those.1))
            .then(|| difference::of_shares(these, those))
            .flatten();
        let interval = found.and_then(|found| found.interval);
        RateChange {
            rate,
            with,
            here: side(these),
            there: side(those),
            difference: found.map(|found| found.raw),
            low: interval.map(|interval| interval.low),
            high: interval.map(|interval| interval.high),
            p: found.and_then(|found| found.p),
            p_adjusted: None,
            verdict: String::new(),
            previous,
        }
    };
    RateName::ALL.into_iter().map(one).collect()
}

impl RateChange {
    /// Is it a difference, after all tests of the report were taken into account?
    #[must_use]
    pub fn is_real(&self) -> bool {
        self.p_adjusted.is_some_and(|p| p <= several::FALSE_ALARMS)
    }

    /// Takes its p value as corrected for all tests of the report, and says what it means.
    pub(crate) fn settle(&mut self, p_adjusted: Option<f64>) {
        self.p_adjusted = p_adjusted;
        self.verdict = verdict::of_rate(self);
    }
}
