//! `scroll`: how deep the page was seen, measured whenever something scrolls.

use super::{Heard, Sense, Watcher};
use crate::page;
use survey::trigger::{ScrollDepth, is_the_page};
use wasm_bindgen::JsCast;
use web_sys::Element;

pub(super) fn watch(percent: f64) -> impl Watcher {
    Watching {
        percent,
        page: ScrollDepth::default(),
        inner: ScrollDepth::default(),
    }
}

struct Watching {
    percent: f64,
    page: ScrollDepth,
    /// What scrolls in the page's stead.
    inner: ScrollDepth,
}

impl Watcher for Watching {
    fn hears(&self) -> &'static [&'static str] {
        &["scroll", "resize"]
    }

    /// A short page is seen whole without any scrolling, unless something in it scrolls instead.
    fn sense(&mut self, event: Option<Heard<'_>>, _: f64) -> Sense {
        let (top, viewport, height) = page::scroll_position();
        let element = match event.and_then(|event| event.target()) {
            Some(target) => target.dyn_into().ok(),
            None => page::inner_scroller(),
        };
        let depth = match element {
            Some(element) => self.within(&element, viewport),
            None => self.page.observe(top, viewport, height),
        };
        if depth * 100.0 >= self.percent {
            Sense::Came(None)
        } else {
            Sense::Nothing
        }
    }
}

impl Watching {
    fn within(&mut self, element: &Element, viewport: f64) -> f64 {
        let of = |name| page::number_of(element, name);
        let (width, height) = (of("clientWidth"), of("clientHeight"));
        let window = page::number_of(&page::window(), "innerWidth");
        if is_the_page(width, height, window, viewport) {
            self.inner
                .observe(of("scrollTop"), height, of("scrollHeight"))
        } else {
            0.0
        }
    }
}
