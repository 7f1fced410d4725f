//! The moments at which a survey may ask, each a rule of its own over plain facts.
//!
//! The rules know neither window nor timer; the widget's watchers feed them.

mod dwell;
mod exit_intent;
mod moment;
mod scroll;
pub mod usual;
mod write;

pub use dwell::{Dwell, Progress};
pub use exit_intent::{ExitIntent, Leave};
pub use moment::{Moment, Touch};
pub use scroll::ScrollDepth;

use crate::plain::Plain;

/// What fires a survey.
#[derive(Clone, Debug, PartialEq)]
pub struct Trigger {
    /// The moment itself.
    pub moment: Moment,
    /// Seconds to wait after it.
    pub delay: f64,
    /// Other moments that must have come as well.
    pub all: Vec<Moment>,
}

impl Trigger {
    /// Reads a trigger as an offer holds it.
    pub(crate) fn read(plain: &Plain) -> Self {
        Self {
            moment: Moment::read(plain),
            delay: plain.number("delay"),
            all: plain.list("all").iter().map(Moment::read).collect(),
        }
    }
}
