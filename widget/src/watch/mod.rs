//! The watchers: one file a trigger, each feeding a pure rule of `survey::trigger`.

mod dwell;
mod event;
mod exit_intent;
mod load;
mod scroll;

use crate::page::{Listener, Timer};
pub(crate) use event::Events;
use std::cell::RefCell;
use std::rc::Rc;
use survey::trigger::Moment;

/// What a moment was seen by, where there are several ways; kept with the event.
pub(crate) type Signal = Option<&'static str>;

/// Called each time the moment comes.
pub(crate) type Seen = Rc<dyn Fn(Signal)>;

/// Whatever must live as long as a moment is watched for.
#[derive(Default)]
pub(crate) struct Watch {
    _listeners: Vec<Listener>,
    _timer: Rc<RefCell<Option<Timer>>>,
    _subscription: Option<event::Subscription>,
}

/// Watches for a moment until the returned watch is dropped.
pub(crate) fn watch(moment: &Moment, events: &Events, seen: Seen) -> Watch {
    match moment {
        Moment::Load => load::watch(seen),
        Moment::Dwell { seconds } => dwell::watch(*seconds, seen),
        Moment::Scroll { percent } => scroll::watch(*percent, seen),
        Moment::ExitIntent {
            edge_px,
            armed_after,
            ..
        } => exit_intent::watch(*edge_px, *armed_after, seen),
        Moment::Event { name, conditions } => event::watch(name, conditions, events, seen),
        _ => Watch::default(),
    }
}
