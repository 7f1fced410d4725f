//! `hark('…')`: what a page may say to the widget.

use crate::director::Director;
use crate::explain::explain;
use crate::js::{from_js, to_js};
use crate::page;
use crate::visit::submission;
use js_sys::{Array, Function, Promise};
use survey::condition::Values;
use survey::offer::Consent;
use wasm_bindgen::{JsCast, JsValue};

/// Carries out one call; gives what the page gets back.
pub(crate) fn call(director: &'static Director, arguments: &Array) -> JsValue {
    let word = |position| arguments.get(position).as_string();
    let name = word(0);
    // What is withdrawn or forgotten must not be put on the device by what waited.
    if !matches!(name.as_deref(), Some("event" | "consent" | "reset")) {
        director.catch_up();
    }
    match name.as_deref() {
        Some("event") => tell(director, word(1), &arguments.get(2)),
        Some("set") => {
            let values = values(&arguments.get(1));
            director.visit.borrow_mut().attributes.set(values);
            director.arm();
        }
        Some("show") => show(director, &word(1).unwrap_or_default()),
        Some("close") => {
            director.close();
            director.ready.take();
        }
        Some("on") => listen(director, word(1), arguments.get(2)),
        Some("explain") => return Promise::resolve(&to_js(&explain(director))).into(),
        Some("identify") => director
            .memory
            .borrow_mut()
            .identify(word(1).unwrap_or_default()),
        // The loader lets nothing else through.
        Some("consent") => director.set_consent(
            word(1)
                .and_then(|consent| Consent::named(&consent))
                .unwrap_or_default(),
        ),
        Some("reset") => director.memory.borrow_mut().forget(),
        // The browser has nothing else to do.
        Some("idle") => director.get_ready(),
        Some("moved") => director.moved(arguments.get(1).is_truthy()),
        other => page::complain(&["there is no call `", other.unwrap_or("…"), "`"].concat()),
    }
    JsValue::UNDEFINED
}

/// An event is kept for the record, and may be what a survey waits for.
fn tell(director: &'static Director, name: Option<String>, props: &JsValue) {
    let Some(name) = name else {
        return page::complain("an event needs a name: hark('event', 'name')");
    };
    let mut event = submission("event");
    event.seq = 1;
    event.name = Some(name);
    event.props = Some(values(props));
    director.told(event);
}

fn show(director: &'static Director, id: &str) {
    let survey = director.offer.surveys.iter().find(|survey| survey.id == id);
    match survey {
        Some(survey) => director.show(survey, None, None),
        None => page::complain(&["there is no live survey `", id, "`"].concat()),
    }
}

fn listen(director: &'static Director, name: Option<String>, function: JsValue) {
    match (name, function.dyn_into::<Function>()) {
        (Some(name), Ok(function)) => director.listeners.add(name, function),
        _ => page::complain("a listener needs a name and a function: hark('on', 'shown', fn)"),
    }
}

/// Strings, numbers and flags of an object; anything else in it is left out.
fn values(object: &JsValue) -> Values {
    from_js(object).map_or_else(Values::new, |plain| Values::read(&plain))
}
