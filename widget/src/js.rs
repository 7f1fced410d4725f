//! Between plain data and the browser's own values; parsing and printing is left to the browser.

use js_sys::{Array, JSON, Object, Reflect};
use survey::plain::Plain;
use wasm_bindgen::{JsCast, JsValue};

/// A value for the page.
pub(crate) fn to_js(plain: &Plain) -> JsValue {
    match plain {
        Plain::Flag(flag) => (*flag).into(),
        Plain::Number(number) => (*number).into(),
        Plain::Text(text) => text.into(),
        Plain::List(list) => {
            let array = Array::new();
            for entry in list {
                array.push(&to_js(entry));
            }
            array.into()
        }
        Plain::Object(entries) => {
            let object = Object::new();
            for (name, value) in entries {
                // Setting a property of a new object never fails.
                let _ = Reflect::set(&object, &name.into(), &to_js(value));
            }
            object.into()
        }
    }
}

/// What of a value is plain; functions, `null` and numbers that are none are left out.
pub(crate) fn from_js(value: &JsValue) -> Option<Plain> {
    if let Some(flag) = value.as_bool() {
        Some(Plain::Flag(flag))
    } else if let Some(number) = value.as_f64() {
        number.is_finite().then_some(Plain::Number(number))
    } else if let Some(text) = value.as_string() {
        Some(Plain::Text(text))
    } else if let Some(list) = value.dyn_ref::<Array>() {
        Some(Plain::List(
            list.iter().filter_map(|entry| from_js(&entry)).collect(),
        ))
    } else {
        let entry = |entry: JsValue| {
            let entry: Array = entry.unchecked_into();
            Some((entry.get(0).as_string()?, from_js(&entry.get(1))?))
        };
        // Of whatever frame: not every object is an instance of this window's `Object`.
        if !value.is_object() {
            return None;
        }
        let entries = Object::entries(value.unchecked_ref());
        Some(Plain::Object(entries.iter().filter_map(entry).collect()))
    }
}

/// As JSON. What old libraries give all lists and objects as `toJSON` is not asked: only single values are
/// printed by the browser, which never fails.
pub(crate) fn to_json(plain: &Plain) -> String {
    let print =
        |value: &JsValue| JSON::stringify(value).map_or_else(|_| String::new(), String::from);
    let (open, parts, close): (_, Vec<_>, _) = match plain {
        Plain::List(list) => ("[", list.iter().map(to_json).collect(), "]"),
        Plain::Object(entries) => {
            let entry = |(name, held): &(String, Plain)| {
                [&print(&name.into()), ":", &to_json(held)].concat()
            };
            ("{", entries.iter().map(entry).collect(), "}")
        }
        single => return print(&to_js(single)),
    };
    [open, &parts.join(","), close].concat()
}

/// From JSON, if it is some.
pub(crate) fn from_json(text: &str) -> Option<Plain> {
    from_js(&JSON::parse(text).ok()?)
}
