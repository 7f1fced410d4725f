//! The watchers: one file a trigger, each feeding a pure rule of `survey::trigger` with what the page
//! shows. A watcher says which events it wants to hear of; listeners and timers are `armed`'s.

mod dwell;
mod exit_intent;
mod form_abandon;
mod idle;
mod rage_click;
mod returning;
mod script_error;
mod scroll;
mod selected;
mod visible;

use crate::page;
use std::ops::Deref;
use survey::trigger::{Moment, Progress};
use web_sys::Event;

/// What a moment was seen by, where there are several ways; kept with the event.
pub(crate) type Signal = Option<&'static str>;

/// What a watcher makes of what it was shown.
pub(crate) enum Sense {
    /// Nothing new.
    Nothing,
    /// The moment has come.
    Came(Signal),
    /// The moment has gone again: look once more, for how long to wait now.
    Went,
    /// Nothing yet: look again after this many milliseconds.
    LookAgainIn(f64),
}

/// An event with the name it was listened for: to ask the event itself costs a text, and pointers move often.
#[derive(Clone, Copy)]
pub(crate) struct Heard<'e> {
    pub(crate) name: &'static str,
    pub(crate) event: &'e Event,
}

impl Deref for Heard<'_> {
    type Target = Event;

    fn deref(&self) -> &Event {
        self.event
    }
}

/// Waits for one moment.
pub(crate) trait Watcher {
    /// Names of the events it wants to hear of.
    fn hears(&self) -> &'static [&'static str];

    /// Looks at an event, or without one: at the beginning, and when it had asked to look again. `now`
    /// is in milliseconds of a monotonic clock.
    fn sense(&mut self, event: Option<Heard<'_>>, now: f64) -> Sense;
}

/// The watcher of a moment; `None` for what nothing has to be watched for (`is_now`), or what the page
/// itself tells.
pub(crate) fn watcher(moment: &Moment) -> Option<Box<dyn Watcher>> {
    let now = page::now();
    Some(match moment {
        Moment::Load | Moment::Event { .. } | Moment::PageViews { .. } | Moment::Visit { .. } => {
            return None;
        }
        Moment::Dwell { seconds } => Box::new(dwell::watch(*seconds, now)),
        Moment::Scroll { percent } => Box::new(scroll::watch(*percent)),
        Moment::ExitIntent {
            edge_px,
            armed_after,
            touch,
        } => Box::new(exit_intent::watch(*edge_px, *armed_after, touch, now)),
        Moment::Return { seconds } => Box::new(returning::watch(*seconds)),
        Moment::Idle { seconds } => Box::new(idle::watch(*seconds, now)),
        Moment::Click { selector } => Box::new(selected::watch(&["click"], selector)),
        Moment::Copy { selector } => Box::new(selected::watch(&["copy"], selector)),
        Moment::Visible { selector, percent } => Box::new(visible::watch(selector, *percent)),
        Moment::RageClick {
            clicks,
            within_ms,
            px,
        } => Box::new(rage_click::watch(*clicks, *within_ms, *px)),
        Moment::FormAbandon { selector, seconds } => {
            Box::new(form_abandon::watch(selector, *seconds, now))
        }
        Moment::ScriptError => Box::new(script_error::ScriptError),
    })
}

/// Everything that is a sign of life.
const ACTS: &[&str] = &[
    "visibilitychange",
    "pointerdown",
    "pointermove",
    "keydown",
    "scroll",
    "touchmove",
];

/// Acts closer together than this say nothing new, in milliseconds.
const THROTTLE: f64 = 1_000.0;

/// Whether an event is a sign of life, and not the page being hidden or seen again.
fn is_act(event: Option<Heard<'_>>) -> bool {
    event.is_some_and(|event| event.name != "visibilitychange")
}

impl Sense {
    /// What a rule says, with what it was seen by.
    fn of(progress: Progress, signal: Signal) -> Self {
        match progress {
            Progress::Reached => Self::Came(signal),
            Progress::LookAgainIn(milliseconds) => Self::LookAgainIn(milliseconds),
            Progress::Paused => Self::Nothing,
        }
    }
}

impl From<Progress> for Sense {
    fn from(progress: Progress) -> Self {
        Self::of(progress, None)
    }
}
