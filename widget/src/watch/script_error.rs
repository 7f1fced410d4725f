//! `script_error`: a script of the page has failed.

use super::{Sense, Watcher};
use crate::page;
use survey::trigger::is_failure;
use web_sys::Event;

pub(super) struct ScriptError;

impl Watcher for ScriptError {
    fn hears(&self) -> &'static [&'static str] {
        &["error", "unhandledrejection"]
    }

    fn sense(&mut self, event: Option<&Event>, _: f64) -> Sense {
        let fails = event.is_some_and(|event| {
            let reason = page::read(event, "reason");
            let message = page::text_of(event, "message") + &page::text_of(&reason, "message");
            is_failure(&message, &page::text_of(event, "filename"))
        });
        if fails {
            Sense::Came(None)
        } else {
            Sense::Nothing
        }
    }
}
