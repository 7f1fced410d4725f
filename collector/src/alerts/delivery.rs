//! One alert on its way to one webhook, as its file in the outbox holds it.

use super::kind::Kind;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

/// What is sent, and how it went so far.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Delivery {
    /// The same with each attempt, and the same again should the alert be made anew: a receiver knows by it
    /// what it has had already.
    pub(crate) id: String,
    pub(crate) kind: Kind,
    /// In a few words, for whoever looks at what waits.
    pub(crate) title: String,
    /// Byte by byte what is sent.
    pub(crate) body: String,
    /// When it was written down.
    pub(crate) made_at: Timestamp,
    /// How often it was tried in vain.
    pub(crate) attempts: u32,
    /// When it is tried next.
    pub(crate) next_at: Timestamp,
    /// What the last attempt came to.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub(crate) last: Option<String>,
    /// When it was given up.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub(crate) given_up_at: Option<Timestamp>,
    /// The responses it is about or quotes, so that it goes when one of them is erased.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub(crate) responses: Vec<String>,
}

/// What an attempt came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// The receiver has it.
    Delivered,
    /// It does not, for this reason; it may have asked to be left alone for a while.
    Failed {
        why: String,
        asked: Option<SignedDuration>,
    },
    /// The receiver wants no more, ever.
    Gone,
}

impl Delivery {
    /// Whether it is still tried.
    pub(crate) const fn is_waiting(&self) -> bool {
        self.given_up_at.is_none()
    }
}
