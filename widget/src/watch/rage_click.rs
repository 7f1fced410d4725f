//! `rage_click`: click after click in one place, where clicking again is not how the thing is used.

use super::{Heard, Sense, Watcher};
use crate::page;
use survey::trigger::{CALM, RageClick, is_stepper};
use wasm_bindgen::JsCast;
use web_sys::{Element, Event};

pub(super) fn watch(clicks: f64, within_ms: f64, px: f64) -> impl Watcher {
    Watching(RageClick::new(clicks, within_ms, px))
}

struct Watching(RageClick);

impl Watcher for Watching {
    fn hears(&self) -> &'static [&'static str] {
        &["click"]
    }

    fn sense(&mut self, event: Option<Heard<'_>>, now: f64) -> Sense {
        let Some(event) = event else {
            return Sense::Nothing;
        };
        let at = |name| page::number_of(&event, name);
        // From two clicks on, text may be selected word by word and line by line.
        let is_calm = page::is_within(&event, CALM) || page::selects_text() || is_step(&event);
        if !is_calm && self.0.clicked(at("clientX"), at("clientY"), now) {
            Sense::Came(None)
        } else {
            Sense::Nothing
        }
    }
}

fn is_step(event: &Event) -> bool {
    let target = event.target().map(JsCast::unchecked_into::<Element>);
    let label = target.and_then(|target| target.text_content());
    label.is_some_and(|label| is_stepper(&label))
}
