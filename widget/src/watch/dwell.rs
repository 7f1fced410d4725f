//! `dwell`: visible and active time, looked at when it could be enough and whenever somebody acts.

use super::{ACTS, Heard, Sense, THROTTLE, Watcher, is_act};
use crate::page;
use survey::trigger::Dwell;

pub(super) fn watch(seconds: f64, now: f64) -> impl Watcher {
    Watching {
        rule: Dwell::new(seconds, now, page::is_visible()),
        looked: now,
    }
}

struct Watching {
    rule: Dwell,
    looked: f64,
}

impl Watcher for Watching {
    fn hears(&self) -> &'static [&'static str] {
        ACTS
    }

    fn sense(&mut self, event: Option<Heard<'_>>, now: f64) -> Sense {
        let acted = is_act(event);
        if acted && now - self.looked < THROTTLE {
            return Sense::Nothing;
        }
        self.looked = now;
        self.rule.observe(now, page::is_visible(), acted).into()
    }
}
