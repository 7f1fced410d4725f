//! `script_error`: a script of the page has failed.

use super::{Heard, Sense, Watcher};
use crate::page;
use survey::trigger::is_failure;

pub(super) struct ScriptError;

impl Watcher for ScriptError {
    fn hears(&self) -> &'static [&'static str] {
        &["error", "unhandledrejection"]
    }

    fn sense(&mut self, event: Option<Heard<'_>>, _: f64) -> Sense {
        let fails = event.is_some_and(|event| {
            // A promise may be rejected for anything, and for no reason.
            let told = if event.name == "error" {
                page::text_of(&event, "message")
            } else {
                let reason = page::read(&event, "reason");
                [event.name, &page::text_of(&reason, "name")].concat()
            };
            is_failure(&told, &page::text_of(&event, "filename"))
        });
        if fails {
            Sense::Came(None)
        } else {
            Sense::Nothing
        }
    }
}
