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
            // A promise may be rejected for anything, and for no reason.
            let name = event.type_();
            let told = if name == "error" {
                page::text_of(event, "message")
            } else {
                name + &page::text_of(&page::read(event, "reason"), "name")
            };
            is_failure(&told, &page::text_of(event, "filename"))
        });
        if fails {
            Sense::Came(None)
        } else {
            Sense::Nothing
        }
    }
}
