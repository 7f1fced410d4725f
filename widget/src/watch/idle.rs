//! `idle`: nobody has done anything for a while, though the page can be seen.

use super::{ACTS, Sense, THROTTLE, Watcher, is_act};
use crate::page;
use survey::trigger::Idle;
use web_sys::Event;

pub(super) fn watch(seconds: f64, now: f64) -> impl Watcher {
    Watching {
        rule: Idle::new(seconds, now, page::is_visible()),
        looked: now,
        has_come: false,
    }
}

struct Watching {
    rule: Idle,
    looked: f64,
    has_come: bool,
}

impl Watcher for Watching {
    fn hears(&self) -> &'static [&'static str] {
        ACTS
    }

    fn sense(&mut self, event: Option<&Event>, now: f64) -> Sense {
        let acted = is_act(event);
        if acted && !self.has_come && now - self.looked < THROTTLE {
            return Sense::Nothing;
        }
        self.looked = now;
        let progress = self.rule.observe(now, page::is_visible(), acted);
        let sense = Sense::from(progress);
        let comes = matches!(sense, Sense::Came(_));
        if self.has_come && !comes {
            self.has_come = false;
            return Sense::Went;
        }
        self.has_come = comes;
        sense
    }
}
