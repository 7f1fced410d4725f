//! How often each point of a scale was chosen: all a figure needs to know of the answers.

use std::collections::BTreeMap;

use serde::Serialize;
use survey::metric::{Band, Metric};

/// Answers by score; every point of the scale is there, be it with zero.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Distribution {
    #[serde(skip)]
    metric: Metric,
    answers: BTreeMap<u8, u64>,
}

/// Answers by band: detractors, passives and promoters, and their like on the other scales.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Bands {
    pub(crate) low: u64,
    pub(crate) middle: u64,
    pub(crate) high: u64,
}

impl Distribution {
    /// Counts scores given on the scale of `metric`; what is not on it is not counted.
    pub fn of(metric: Metric, scores: impl IntoIterator<Item = u8>) -> Self {
        let mut answers: BTreeMap<u8, u64> = metric.scale().map(|score| (score, 0)).collect();
        for score in scores {
            if let Some(count) = answers.get_mut(&score) {
                *count += 1;
            }
        }
        Self { metric, answers }
    }

    /// From the number of answers of each score, 0 first; what is not on the scale is not counted.
    pub(crate) fn counted(metric: Metric, counts: &[u64]) -> Self {
        let count = |score| (score, counts.get(usize::from(score)).copied().unwrap_or(0));
        Self {
            metric,
            answers: metric.scale().map(count).collect(),
        }
    }

    /// The same with these scores added.
    pub(crate) fn with(&self, scores: &[u8]) -> Self {
        let mut more = self.clone();
        for score in scores {
            if let Some(count) = more.answers.get_mut(score) {
                *count += 1;
            }
        }
        more
    }

    /// Whose scale it is.
    #[must_use]
    pub fn metric(&self) -> Metric {
        self.metric
    }

    /// How many answers there are.
    #[must_use]
    pub fn n(&self) -> u64 {
        self.answers.values().sum()
    }

    /// Each point of the scale with its number of answers, low to high.
    pub fn points(&self) -> impl Iterator<Item = (u8, u64)> + Clone + '_ {
        self.answers.iter().map(|(&score, &count)| (score, count))
    }

    pub(crate) fn bands(&self) -> Bands {
        let within = |band| {
            self.points()
                .filter(|&(score, _)| self.metric.band(score) == band)
                .map(|(_, count)| count)
                .sum()
        };
        Bands {
            low: within(Band::Low),
            middle: within(Band::Middle),
            high: within(Band::High),
        }
    }
}

impl Bands {
    pub(crate) fn n(self) -> u64 {
        self.low + self.middle + self.high
    }
}
