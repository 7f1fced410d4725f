//! `form_abandon`: a form was begun and left lying, or its visitor is about to go. No value is read.

use super::{Sense, Watcher, exit_intent};
use crate::page;
use survey::trigger::{FormAbandon, usual};
use web_sys::Event;

pub(super) fn watch(selector: &str, seconds: f64, now: f64) -> impl Watcher + use<> {
    Watching {
        selector: selector.to_owned(),
        rule: FormAbandon::after(seconds),
        exit: exit_intent::watch(usual::EXIT_EDGE_PX, 0.0, &[], now),
    }
}

struct Watching {
    selector: String,
    rule: FormAbandon,
    exit: exit_intent::Watching,
}

impl Watcher for Watching {
    fn hears(&self) -> &'static [&'static str] {
        &["input", "submit", "mousemove", "mouseout"]
    }

    fn sense(&mut self, event: Option<&Event>, now: f64) -> Sense {
        let name = event.map(Event::type_).unwrap_or_default();
        let is_ours = event.is_some_and(|event| page::is_within(event, &self.selector));
        match name.as_str() {
            "input" if is_ours => {
                self.rule.typed(now);
                Sense::from(self.rule.look(now))
            }
            "submit" if is_ours => {
                self.rule.sent();
                Sense::Went
            }
            "input" | "submit" => Sense::Nothing,
            _ => match self.exit.sense(event, now) {
                Sense::Came(signal) if self.rule.is_begun() => Sense::Came(signal),
                Sense::LookAgainIn(wait) => Sense::LookAgainIn(wait),
                _ if event.is_none() => self.rule.look(now).into(),
                _ => Sense::Nothing,
            },
        }
    }
}
