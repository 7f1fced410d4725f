//! `exit_intent` on a desk: the pointer leaves quickly through the top.

use super::{Seen, Watch};
use crate::page;
use std::cell::RefCell;
use std::rc::Rc;
use survey::trigger::{ExitIntent, Leave};
use wasm_bindgen::JsCast;
use web_sys::MouseEvent;

pub(super) fn watch(edge_px: f64, armed_after: f64, seen: Seen) -> Watch {
    // Where nothing hovers, nothing leaves.
    if !page::matches_media("(hover: hover) and (pointer: fine)") {
        return Watch::default();
    }
    let rule = Rc::new(RefCell::new(ExitIntent::new(
        edge_px,
        armed_after,
        page::now(),
    )));
    let moves = Rc::clone(&rule);
    let moves = page::listen(&page::document(), "mousemove", move |event| {
        let event: &MouseEvent = event.unchecked_ref();
        moves
            .borrow_mut()
            .moved(event.client_y().into(), page::now());
    });
    let leaves = page::listen(&page::document(), "mouseout", move |event| {
        let event: &MouseEvent = event.unchecked_ref();
        let leave = Leave {
            y: event.client_y().into(),
            at: page::now(),
            into_element: event.related_target().is_some(),
            busy: event.buttons() != 0 || page::is_typing(),
        };
        if rule.borrow_mut().left(leave) {
            seen(Some("pointer"));
        }
    });
    Watch {
        _listeners: vec![moves, leaves],
        ..Watch::default()
    }
}
