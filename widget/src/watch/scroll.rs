//! `scroll`: how deep the page was seen, measured whenever it scrolls.

use super::{Seen, Watch};
use crate::page;
use std::cell::RefCell;
use std::rc::Rc;
use survey::trigger::ScrollDepth;

pub(super) fn watch(percent: f64, seen: Seen) -> Watch {
    let mut depth = ScrollDepth::default();
    let look = Rc::new(RefCell::new(move || {
        let (top, viewport, height) = page::scroll_position();
        if depth.observe(top, viewport, height) * 100.0 >= percent {
            seen(None);
        }
    }));
    // A short page is seen whole without any scrolling.
    let first = Rc::clone(&look);
    let timer = page::after(0.0, move || first.borrow_mut()());
    let listener = page::listen(&page::window(), "scroll", move |_| look.borrow_mut()());
    Watch {
        _listeners: vec![listener],
        _timer: Rc::new(RefCell::new(Some(timer))),
        ..Watch::default()
    }
}
