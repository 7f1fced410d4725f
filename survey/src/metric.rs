//! The three questions Hark asks, and what their scores mean.

use serde::{Deserialize, Serialize};
use std::fmt;
use std::ops::RangeInclusive;

/// What a survey measures; it fixes the scale and how scores are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Metric {
    /// Customer satisfaction, 1 (very dissatisfied) to 5 (very satisfied).
    Csat,
    /// Customer effort score 2.0, 1 (strongly disagree) to 7 (strongly agree that it was easy).
    Ces,
    /// Likelihood to recommend, 0 to 10.
    Nps,
}

/// Which part of its scale a score falls in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Band {
    /// Detractor (NPS 0–6), dissatisfied (CSAT 1–2), hard (CES 1–3).
    Low,
    /// Passive (NPS 7–8), neither (CSAT 3), neither (CES 4).
    Middle,
    /// Promoter (NPS 9–10), satisfied (CSAT 4–5), easy (CES 5–7).
    High,
}

impl Metric {
    /// Every metric, in the order people list them.
    pub const ALL: [Self; 3] = [Self::Csat, Self::Ces, Self::Nps];

    /// The metric of this name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|metric| metric.name() == name)
    }

    /// The scores that may be given, both ends included.
    #[must_use]
    pub const fn scale(self) -> RangeInclusive<u8> {
        match self {
            Self::Csat => 1..=5,
            Self::Ces => 1..=7,
            Self::Nps => 0..=10,
        }
    }

    /// The band of a score on this metric's scale.
    #[must_use]
    pub const fn band(self, score: u8) -> Band {
        let (last_low, last_middle) = match self {
            Self::Csat => (2, 3),
            Self::Ces => (3, 4),
            Self::Nps => (6, 8),
        };
        if score <= last_low {
            Band::Low
        } else if score <= last_middle {
            Band::Middle
        } else {
            Band::High
        }
    }

    /// The name used in survey files, events and lines.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Csat => "csat",
            Self::Ces => "ces",
            Self::Nps => "nps",
        }
    }
}

impl Band {
    /// Every band, low to high.
    pub const ALL: [Self; 3] = [Self::Low, Self::Middle, Self::High];

    /// The name used in survey files.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Low => "low",
            Self::Middle => "middle",
            Self::High => "high",
        }
    }
}

impl fmt::Display for Metric {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.name())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_score_of_each_scale_has_the_band_of_the_literature() {
        use Band::{High, Low, Middle};
        let rows: [(Metric, &[Band]); 3] = [
            (Metric::Csat, &[Low, Low, Middle, High, High]),
            (Metric::Ces, &[Low, Low, Low, Middle, High, High, High]),
            (
                Metric::Nps,
                &[
                    Low, Low, Low, Low, Low, Low, Low, Middle, Middle, High, High,
                ],
            ),
        ];
        for (metric, bands) in rows {
            let found: Vec<Band> = metric.scale().map(|score| metric.band(score)).collect();
            assert_eq!(found, bands, "{metric}");
        }
    }
}
