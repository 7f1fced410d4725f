//! Telling the page what happened: `hark('on', …)` and `CustomEvent`s on the window.

use crate::page;
use js_sys::Function;
use std::cell::RefCell;
use wasm_bindgen::JsValue;
use web_sys::{CustomEvent, CustomEventInit};

/// What the page can listen to.
#[derive(Clone, Copy)]
pub(crate) enum News {
    /// A card became visible.
    Shown,
    /// A score was given.
    Answered,
    /// The end was reached.
    Completed,
    /// The card was closed without an answer.
    Dismissed,
}

impl News {
    const fn name(self) -> &'static str {
        match self {
            Self::Shown => "shown",
            Self::Answered => "answered",
            Self::Completed => "completed",
            Self::Dismissed => "dismissed",
        }
    }
}

/// Everybody on the page who listens.
#[derive(Default)]
pub(crate) struct Listeners(RefCell<Vec<(String, Function)>>);

impl Listeners {
    /// Adds a listener for the news of this name.
    pub(crate) fn add(&self, name: String, function: Function) {
        self.0.borrow_mut().push((name, function));
    }

    /// Tells it to everybody, with the event as sent.
    pub(crate) fn tell(&self, news: News, detail: &JsValue) {
        let functions: Vec<Function> = self
            .0
            .borrow()
            .iter()
            .filter(|(name, _)| name == news.name())
            .map(|(_, function)| function.clone())
            .collect();
        for function in functions {
            // The page's mistake stays the page's, and stops nobody else.
            let _ = function.call1(&JsValue::UNDEFINED, detail);
        }
        let init = CustomEventInit::new();
        init.set_detail(detail);
        let name = ["hark:", news.name()].concat();
        if let Ok(event) = CustomEvent::new_with_event_init_dict(&name, &init) {
            let _ = page::window().dispatch_event(&event);
        }
    }
}
