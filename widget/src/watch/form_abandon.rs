//! `form_abandon`: a form was begun and left lying, or its visitor is about to go. No value is read.

use super::{Heard, Sense, Watcher, exit_intent};
use crate::page;
use survey::trigger::{FormAbandon, usual};

pub(super) fn watch(selector: &str, seconds: f64, now: f64) -> impl Watcher + use<> {
    Watching {
        selector: selector.to_owned(),
        rule: FormAbandon::after(seconds),
        exit: exit_intent::watch(usual::EXIT_EDGE_PX, 0.0, &[], now),
        has_come: false,
    }
}

struct Watching {
    selector: String,
    rule: FormAbandon,
    exit: exit_intent::Watching,
    has_come: bool,
}

impl Watcher for Watching {
    fn hears(&self) -> &'static [&'static str] {
        &["input", "submit", "mousemove", "mouseout"]
    }

    fn sense(&mut self, event: Option<Heard<'_>>, now: f64) -> Sense {
        let name = event.map_or("", |event| event.name);
        if name != "input" && name != "submit" {
            return self.look(event, now);
        }
        if !event.is_some_and(|event| page::is_within(&event, &self.selector)) {
            return Sense::Nothing;
        }
        if name == "input" {
            self.rule.typed(now);
        } else {
            self.rule.sent();
        }
        if std::mem::take(&mut self.has_come) {
            return Sense::Went;
        }
        self.rule.look(now).into()
    }
}

impl Watching {
    /// Time passes, or the pointer moves.
    fn look(&mut self, event: Option<Heard<'_>>, now: f64) -> Sense {
        let sense = match self.exit.sense(event, now) {
            Sense::Came(signal) if self.rule.is_begun() => Sense::Came(signal),
            Sense::LookAgainIn(wait) => Sense::LookAgainIn(wait),
            _ if event.is_none() => self.rule.look(now).into(),
            _ => Sense::Nothing,
        };
        self.has_come |= matches!(sense, Sense::Came(_));
        sense
    }
}
