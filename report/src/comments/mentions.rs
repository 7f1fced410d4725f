//! How often something is mentioned, by whom and when: counts, not comments.

use std::collections::BTreeMap;

use jiff::Timestamp;
use survey::metric::{Band, Metric};

use crate::distribution::Distribution;
use crate::response::Response;

/// More points than any scale has.
const SCORES: usize = 11;

const DAY_SECONDS: i64 = 86_400;

/// Counts of some comments.
#[derive(Clone, Debug, Default)]
pub(super) struct Mentions {
    pub(super) comments: u64,
    low: u64,
    scored: u64,
    scores: [u64; SCORES],
    /// By the UTC day of receipt, in days since 1970.
    days: BTreeMap<i64, u64>,
}

impl Mentions {
    /// Counts the comment of one response.
    pub(super) fn add(&mut self, response: &Response) {
        self.comments += 1;
        self.low += u64::from(response.band == Some(Band::Low));
        self.scored += u64::from(response.score.is_some());
        let score = response.score.map(usize::from);
        if let Some(count) = score.and_then(|score| self.scores.get_mut(score)) {
            *count += 1;
        }
        *self.days.entry(day(response.received_at)).or_default() += 1;
    }

    /// Adds the counts of other comments.
    pub(super) fn merge(&mut self, other: &Self) {
        self.comments += other.comments;
        self.low += other.low;
        self.scored += other.scored;
        for (count, more) in self.scores.iter_mut().zip(other.scores) {
            *count += more;
        }
        for (day, more) in &other.days {
            *self.days.entry(*day).or_default() += more;
        }
    }

    /// Of those who gave a low score.
    pub(super) fn of_low_scorers(&self) -> u64 {
        self.low
    }

    /// Of those who gave another score.
    pub(super) fn of_others(&self) -> u64 {
        self.scored - self.low
    }

    /// On this day, in days since 1970, or later.
    pub(super) fn since(&self, day: i64) -> u64 {
        self.days.range(day..).map(|(_, count)| count).sum()
    }

    /// One number a day, from one day to another.
    pub(super) fn by_day(&self, first: i64, last: i64) -> Vec<u64> {
        (first..=last)
            .map(|day| self.days.get(&day).copied().unwrap_or(0))
            .collect()
    }

    /// The first and the last day with a comment.
    pub(super) fn days(&self) -> Option<(i64, i64)> {
        let (first, _) = self.days.first_key_value()?;
        let (last, _) = self.days.last_key_value()?;
        Some((*first, *last))
    }

    /// The scores of those who wrote.
    pub(super) fn distribution(&self, metric: Metric) -> Distribution {
        Distribution::counted(metric, &self.scores)
    }

    /// The scores of those who wrote of something else: `self` is everybody.
    pub(super) fn distribution_without(&self, other: &Self, metric: Metric) -> Distribution {
        let mut scores = self.scores;
        for (all, some) in scores.iter_mut().zip(other.scores) {
            *all = all.saturating_sub(some);
        }
        Distribution::counted(metric, &scores)
    }
}

/// The UTC day of a moment, in days since 1970.
pub(super) fn day(moment: Timestamp) -> i64 {
    moment.as_second().div_euclid(DAY_SECONDS)
}
