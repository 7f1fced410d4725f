//! Stepping aside: what has the page's focus is never hidden by the card altogether (WCAG 2.2, 2.4.11).
//!
//! Keyboards bring the focus under a card that came by itself. It lets the page show through until the
//! focus goes on, and can be reached all the while.

use crate::page::{self, Listener};
use web_sys::HtmlElement;

/// The class of a card that has stepped aside.
const ASIDE: &str = "aside";

/// Looks where the focus is now, then where it goes, and where it is scrolled to.
pub(crate) fn step_aside(root: &HtmlElement) -> [Listener; 2] {
    look(root);
    ["focusin", "scroll"].map(|name| {
        let root = root.clone();
        page::listen(&page::window(), name, move |_| look(&root))
    })
}

fn look(root: &HtmlElement) {
    let hides = page::all(root, "section").iter().any(page::hides_focus);
    root.set_class_name(if hides { ASIDE } else { "" });
}
