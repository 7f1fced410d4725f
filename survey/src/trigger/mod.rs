//! The moments at which a survey may ask, each a rule of its own over plain facts.
//!
//! The rules know neither window nor timer; the widget's watchers feed them facts and a monotonic time.
//! `load`, `click`, `copy`, `page_views` and `visit` need no rule: there is nothing to weigh.

mod dwell;
mod exit_intent;
mod form_abandon;
mod idle;
mod moment;
mod nomination;
mod precedence;
mod progress;
mod rage_click;
mod returning;
mod script_error;
mod scroll;
mod scroll_up;
pub mod usual;
mod visible;
mod write;

pub use dwell::Dwell;
pub use exit_intent::{ExitIntent, Leave};
pub use form_abandon::FormAbandon;
pub use idle::Idle;
pub use moment::{Moment, Touch};
pub use nomination::Nomination;
pub use precedence::{Nominee, winner};
pub use progress::Progress;
pub use rage_click::{CALM, RageClick, is_stepper};
pub use returning::Return;
pub use script_error::is_failure;
pub use scroll::{ScrollDepth, is_the_page};
pub use scroll_up::ScrollUp;
pub use visible::is_seen;

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
