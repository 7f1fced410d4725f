//! `load`: the widget itself starts only after the page has loaded, so the moment is now.

use super::{Seen, Watch};
use crate::page;
use std::cell::RefCell;
use std::rc::Rc;

pub(super) fn watch(seen: Seen) -> Watch {
    // Not at once: whoever watches is still being set up.
    let timer = page::after(0.0, move || seen(None));
    Watch {
        _timer: Rc::new(RefCell::new(Some(timer))),
        ..Watch::default()
    }
}
