//! What the visitor does to a card: its events, heard in one place and told as deeds.

use crate::card::part;
use crate::page::{self, Listener};
use std::rc::Rc;
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, HtmlElement};

/// What the visitor did to the card.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Deed {
    /// Selected a score.
    Selected(u8),
    /// Chose a score with a pointer.
    Chose(u8),
    /// Typed, or chose an answer other than the score.
    Answered,
    /// Asked for the next step.
    WentOn,
    /// Asked for the step before.
    WentBack,
    /// Closed the card.
    Closed,
}

/// Listens to everything that happens to what is in this element; ends with the listeners.
pub(crate) fn hear(root: &HtmlElement, tell: impl Fn(Deed) + 'static) -> [Listener; 4] {
    let tell = Rc::new(tell);
    ["click", "input", "submit", "keydown"].map(|name| {
        let tell = Rc::clone(&tell);
        page::attend(root, name, move |event| {
            let Some(target) = event.target() else {
                return;
            };
            match name {
                "click" => clicked(&event, target.unchecked_ref(), &*tell),
                "input" if score(target.unchecked_ref()).is_none() => tell(Deed::Answered),
                "submit" => {
                    event.prevent_default();
                    tell(Deed::WentOn);
                }
                "keydown" if page::text_of(&event, "key") == "Escape" => tell(Deed::Closed),
                _ => {}
            }
        })
    })
}

/// Arrow keys click a score as well, so this hears of every choice.
fn clicked(event: &Event, target: &Element, tell: &dyn Fn(Deed)) {
    if let Some(score) = score(target) {
        tell(Deed::Selected(score));
        // A click that no pointer made (an arrow key's) has no detail.
        if page::number_of(event, "detail") > 0.0 {
            tell(Deed::Chose(score));
        }
    }
    match target.get_attribute("part").as_deref() {
        Some(part::CLOSE) => tell(Deed::Closed),
        Some(part::BACK) => tell(Deed::WentBack),
        _ => {}
    }
}

/// The score that this is the control of.
pub(crate) fn score(control: &Element) -> Option<u8> {
    let is_score = page::text_of(control, "name") == "score";
    is_score.then(|| page::text_of(control, "value").parse().ok())?
}
