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
use crate::plain::Plain;
use serde::Serialize;

/// What fires a survey.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Trigger {
    /// The moment itself.
    pub moment: Moment,
    /// Seconds to wait after it.
    #[serde(skip_serializing_if = "is_zero")]
    pub delay: f64,
    /// Other moments that must have come as well.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub all: Vec<Moment>,
}

/// A moment in a page's life.
#[derive(Clone, Debug, PartialEq, Serialize)]
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
        #[serde(rename = "where", skip_serializing_if = "Vec::is_empty")]
        conditions: Vec<Condition>,
    },
}

impl Trigger {
    /// Reads a trigger as an offer holds it.
    pub(crate) fn read(plain: &Plain) -> Self {
        Self {
            moment: Moment::read(plain.get("moment").unwrap_or(plain)),
            delay: plain.number("delay"),
            all: plain.list("all").iter().map(Moment::read).collect(),
        }
    }
}

impl Moment {
    /// Reads a moment: its name, or an object of its name and its parameters.
    fn read(plain: &Plain) -> Self {
        if let Some(dwell) = plain.get("dwell") {
            let seconds = dwell.number("seconds");
            Self::Dwell { seconds }
        } else if let Some(scroll) = plain.get("scroll") {
            let percent = scroll.number("percent");
            Self::Scroll { percent }
        } else if let Some(exit) = plain.get("exit_intent") {
            Self::ExitIntent {
                edge_px: exit.number("edge_px"),
                armed_after: exit.number("armed_after"),
            }
        } else if let Some(event) = plain.get("event") {
            Self::Event {
                name: event.text("name"),
                conditions: event.list("where").iter().map(Condition::read).collect(),
            }
        } else {
            Self::Load
        }
    }

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
fn is_zero(number: &f64) -> bool {
    *number == 0.0
}
