//! `visible`: enough of an element can be seen. Looked at whenever something scrolls, and now and then,
//! since pages grow.

use super::{Heard, Sense, Watcher};
use crate::page;
use survey::trigger::is_seen;

/// How often a page that does not scroll is looked at, in milliseconds.
const PATIENCE: f64 = 500.0;

pub(super) fn watch(selector: &str, percent: f64) -> impl Watcher + use<> {
    Watching {
        selector: selector.to_owned(),
        percent,
        was_seen: false,
    }
}

struct Watching {
    selector: String,
    percent: f64,
    was_seen: bool,
}

impl Watcher for Watching {
    fn hears(&self) -> &'static [&'static str] {
        &["scroll", "resize"]
    }

    fn sense(&mut self, event: Option<Heard<'_>>, _: f64) -> Sense {
        let seen = page::seen_of(&self.selector).is_some_and(|(seen, height, viewport)| {
            page::is_visible() && is_seen(seen, height, viewport, self.percent)
        });
        let was_seen = std::mem::replace(&mut self.was_seen, seen);
        match (was_seen, seen) {
            (false, true) => Sense::Came(None),
            (true, false) => Sense::Went,
            _ if event.is_none() => Sense::LookAgainIn(PATIENCE),
            _ => Sense::Nothing,
        }
    }
}
