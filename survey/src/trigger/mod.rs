//! The moments at which a survey may ask, each a rule of its own over plain facts.
//!
//! The rules know neither window nor timer; the widget's watchers feed them.

mod dwell;
mod exit_intent;
mod scroll;

pub use dwell::{Dwell, Progress};
pub use exit_intent::{ExitIntent, Leave};
pub use scroll::ScrollDepth;

use crate::condition::Condition;
use serde::{Deserialize, Serialize};

/// What fires a survey.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Trigger {
    /// The moment itself.
    pub moment: Moment,
    /// Seconds to wait after it.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub delay: f64,
    /// Other moments that must have come as well.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub all: Vec<Moment>,
}

/// A moment in a page's life.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Moment {
    /// The page has loaded.
    Load,
    /// The page was visible and used for this long.
    Dwell {
        /// Visible and active seconds.
        seconds: f64,
    },
    /// This share of the page was seen.
    Scroll {
        /// From 0 to 100, of the page's height.
        percent: f64,
    },
    /// The pointer leaves quickly through the top of the page.
    ExitIntent {
        /// How near the top it must leave, in CSS pixels.
        edge_px: f64,
        /// Seconds on the page before it counts.
        armed_after: f64,
    },
    /// The page said so, with `hark('event', name, props)`.
    Event {
        /// The event's name.
        name: String,
        /// What its properties must be.
        #[serde(default, rename = "where", skip_serializing_if = "Vec::is_empty")]
        conditions: Vec<Condition>,
    },
}

impl Moment {
    /// The name used in survey files and events.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Load => "load",
            Self::Dwell { .. } => "dwell",
            Self::Scroll { .. } => "scroll",
            Self::ExitIntent { .. } => "exit_intent",
            Self::Event { .. } => "event",
        }
    }
}

// Serde hands over a reference.
#[allow(clippy::trivially_copy_pass_by_ref)]
fn is_zero(number: &f64) -> bool {
    *number == 0.0
}
