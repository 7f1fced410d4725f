//! What alerts are about, and in which form they are sent.

use serde::{Deserialize, Serialize};

/// What an alert is about; its word is the same in settings, payloads and the outbox.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Kind {
    /// Somebody gave a low score and left a contact.
    LowScore,
    /// A survey's daily figure has fallen further than chance explains.
    Alarm,
    /// Somebody has waited longer than 48 hours.
    Overdue,
    /// Once a day: what moved.
    Digest,
    /// Sent by hand, to see whether it arrives.
    Test,
}

/// Those that can be asked for, by their words.
pub(crate) const KINDS: [(&str, Kind); 4] = [
    ("low_score", Kind::LowScore),
    ("alarm", Kind::Alarm),
    ("overdue", Kind::Overdue),
    ("digest", Kind::Digest),
];

impl Kind {
    /// As settings and payloads call it.
    pub(crate) fn word(self) -> &'static str {
        let known = KINDS.iter().find(|(_, kind)| *kind == self);
        known.map_or("test", |(word, _)| word)
    }
}

/// How a payload is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Format {
    /// Type, moment and data, signed, for programs.
    #[default]
    Hark,
    /// A text, for Slack and what understands the same.
    Slack,
}

impl Format {
    /// As settings call it.
    pub(crate) const fn word(self) -> &'static str {
        match self {
            Self::Hark => "hark",
            Self::Slack => "slack",
        }
    }
}
