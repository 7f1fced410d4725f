//! What the visitor does to a card: its events, heard in one place and told as deeds.

use crate::card::part;
use crate::director::Director;
use crate::page::{self, Listener};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, Event, HtmlElement};

/// What the visitor did to the card.
#[derive(Debug)]
pub(crate) enum Deed {
    /// Came into the card with the keyboard's focus, from there.
    CameFrom(JsValue),
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
pub(crate) fn hear(root: &HtmlElement, director: &'static Director) -> [Listener; 5] {
    ["click", "focusin", "input", "submit", "keydown"].map(|name| {
        page::attend(root, name, move |event| {
            if let Some(target) = event.target() {
                happened(name, &event, target.unchecked_ref(), director);
            }
        })
    })
}

fn happened(name: &str, event: &Event, target: &Element, director: &'static Director) {
    match name {
        "click" => clicked(event, target, director),
        "focusin" => director.hear(Deed::CameFrom(page::read(event, "relatedTarget"))),
        "input" if score(target).is_none() => director.hear(Deed::Answered),
        "submit" => {
            event.prevent_default();
            director.hear(Deed::WentOn);
        }
        "keydown" => {
            // The page's own shortcuts are not for what is typed here.
            event.stop_propagation();
            if page::text_of(event, "key") == "Escape" {
                director.hear(Deed::Closed);
            }
        }
        _ => {}
    }
}

/// Arrow keys click a score as well, so this hears of every choice.
fn clicked(event: &Event, target: &Element, director: &'static Director) {
    if let Some(score) = score(target) {
        director.hear(Deed::Selected(score));
        // A click that no pointer made (an arrow key's) has no detail.
        if page::number_of(event, "detail") > 0.0 {
            director.hear(Deed::Chose(score));
        }
    }
    match target.get_attribute("part").as_deref() {
        Some(part::CLOSE) => director.hear(Deed::Closed),
        Some(part::BACK) => director.hear(Deed::WentBack),
        _ => {}
    }
}

/// The score that this is the control of.
pub(crate) fn score(control: &Element) -> Option<u8> {
    let is_score = page::text_of(control, "name") == "score";
    is_score.then(|| page::text_of(control, "value").parse().ok())?
}
