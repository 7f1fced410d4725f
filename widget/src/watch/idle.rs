//! `idle`: nobody has done anything for a while, though the page can be seen.

use super::{ACTS, Heard, Sense, Watcher, is_act};
use crate::page;
use survey::trigger::{Idle, Progress};

pub(super) fn watch(seconds: f64, now: f64) -> impl Watcher {
    Watching {
        rule: Idle::new(seconds, now, page::is_visible()),
        has_come: false,
    }
}

struct Watching {
    rule: Idle,
    has_come: bool,
}

impl Watcher for Watching {
    fn hears(&self) -> &'static [&'static str] {
        ACTS
    }

    fn sense(&mut self, event: Option<Heard<'_>>, now: f64) -> Sense {
        let acted = is_act(event);
        let progress = self.rule.observe(now, page::is_visible(), acted);
        let comes = progress == Progress::Reached;
        let goes = std::mem::replace(&mut self.has_come, comes) && !comes;
        if goes {
            Sense::Went
        } else if acted {
            // The timer asks again soon enough.
            Sense::Nothing
        } else {
            progress.into()
        }
    }
}
