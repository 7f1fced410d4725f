//! The page as the widget sees it; nothing else in the widget asks the window for anything.

use survey::offer::Device;
use wasm_bindgen::prelude::*;
use web_sys::{
    AddEventListenerOptions, Document, Element, Event, EventTarget, HtmlElement, Storage, Window,
};

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = console, js_name = error)]
    fn console_error(message: &str);
}

/// The window; the widget only ever runs in one.
pub(crate) fn window() -> Window {
    js_sys::global().unchecked_into()
}

/// The document of that window.
pub(crate) fn document() -> Document {
    window()
        .document()
        .unwrap_or_else(|| JsValue::NULL.unchecked_into())
}

/// One clear line for the shop's developer.
pub(crate) fn complain(message: &str) {
    console_error(&["Hark: ", message].concat());
}

/// Milliseconds since 1970, by the visitor's clock.
pub(crate) fn unix_milliseconds() -> f64 {
    js_sys::Date::now()
}

/// Seconds since 1970, by the visitor's clock.
pub(crate) fn unix_seconds() -> u64 {
    (unix_milliseconds() / 1_000.0) as u64
}

/// Milliseconds of a clock that nobody sets.
pub(crate) fn now() -> f64 {
    window()
        .performance()
        .map_or(0.0, |performance| performance.now())
}

/// The time as RFC 3339 writes it.
pub(crate) fn timestamp() -> String {
    js_sys::Date::new_0().to_iso_string().into()
}

/// 128 random bits.
pub(crate) fn random() -> u128 {
    let mut bytes = [0; 16];
    if let Ok(crypto) = window().crypto() {
        // Fails only beyond 65,536 bytes.
        let _ = crypto.get_random_values_with_u8_array(&mut bytes);
    }
    u128::from_le_bytes(bytes)
}

/// The path without query string and fragment.
pub(crate) fn path() -> String {
    text_of(&window().location(), "pathname")
}

/// The page's language as a BCP 47 tag.
pub(crate) fn language() -> String {
    let written = document()
        .document_element()
        .and_then(|root| root.get_attribute("lang"));
    written
        .filter(|tag| !tag.is_empty())
        .or_else(|| window().navigator().language())
        .unwrap_or_default()
}

/// The kind of device, by its pointer and its width.
pub(crate) fn device() -> Device {
    if !matches_media("(pointer: coarse)") {
        Device::Desktop
    } else if matches_media("(max-width: 767px)") {
        Device::Mobile
    } else {
        Device::Tablet
    }
}

/// Whether a media query holds.
pub(crate) fn matches_media(query: &str) -> bool {
    let list = window().match_media(query).ok().flatten();
    list.is_some_and(|list| list.matches())
}

/// Whether the page can be seen.
pub(crate) fn is_visible() -> bool {
    !read(&document(), "hidden").is_truthy()
}

/// Whether the browser says that a program drives it.
pub(crate) fn is_automated() -> bool {
    read(&window().navigator(), "webdriver").is_truthy()
}

/// A property, looked up by its name: for what `web-sys` does not know, and cheaper where it does.
pub(crate) fn read(of: &JsValue, name: &str) -> JsValue {
    js_sys::Reflect::get(of, &name.into()).unwrap_or(JsValue::UNDEFINED)
}

/// A property that is a text; empty where there is none.
pub(crate) fn text_of(of: &JsValue, name: &str) -> String {
    read(of, name).as_string().unwrap_or_default()
}

/// A property that is a number; zero where there is none.
pub(crate) fn number_of(of: &JsValue, name: &str) -> f64 {
    read(of, name).as_f64().unwrap_or_default()
}

/// `localStorage` or `sessionStorage`, where the browser allows it.
pub(crate) fn storage(name: &str) -> Option<Storage> {
    let storage = read(&window(), name);
    storage.is_object().then(|| storage.unchecked_into())
}

/// Whether a regular expression matches the page's path, together with its query where the expression
/// names a question mark.
pub(crate) fn path_matches(pattern: &str) -> bool {
    let mut page = path();
    if survey::condition::holds(pattern, "\\?") {
        page += &text_of(&window().location(), "search");
    }
    js_sys::RegExp::new(pattern, "").test(&page)
}

/// Top of the viewport, its height, and the page's height, in CSS pixels.
pub(crate) fn scroll_position() -> (f64, f64, f64) {
    let window = window();
    let top = number_of(&window, "scrollY");
    let height = document()
        .document_element()
        .map_or(0.0, |root| number_of(&root, "scrollHeight"));
    (top, number_of(&window, "innerHeight"), height)
}

/// What scrolls in the page's stead, if anything in the middle of the page does.
pub(crate) fn inner_scroller() -> Option<Element> {
    let window = window();
    let middle = |name| (number_of(&window, name) / 2.0) as f32;
    let mut found = document().element_from_point(middle("innerWidth"), middle("innerHeight"));
    while let Some(element) = found {
        let style = window.get_computed_style(&element).ok().flatten();
        let overflow = style.map(|style| text_of(&style, "overflowY"));
        let scrolls = matches!(overflow.as_deref(), Some("auto" | "scroll"));
        if scrolls && number_of(&element, "scrollHeight") > number_of(&element, "clientHeight") {
            return Some(element);
        }
        found = element.parent_element();
    }
    None
}

/// How much of the height of the first element that a selector finds is in sight, that height, and the
/// viewport's, in CSS pixels.
pub(crate) fn seen_of(selector: &str) -> Option<(f64, f64, f64)> {
    let element = document().query_selector(selector).ok().flatten()?;
    let place = element.get_bounding_client_rect();
    let (top, bottom) = (number_of(&place, "top"), number_of(&place, "bottom"));
    let viewport = number_of(&window(), "innerHeight");
    let seen = bottom.min(viewport) - top.max(0.0);
    Some((seen, bottom - top, viewport))
}

/// Whether what an event happened to is, or is in, what a selector names.
pub(crate) fn is_within(event: &Event, selector: &str) -> bool {
    is_in(&read(event, "target"), selector)
}

/// Whether what is selected ends in what a selector names.
pub(crate) fn selects_within(selector: &str) -> bool {
    let end = read(&selection(), "focusNode");
    is_in(&read(&end, "parentNode"), selector)
}

fn is_in(node: &JsValue, selector: &str) -> bool {
    let element = node.dyn_ref::<Element>();
    element.is_some_and(|element| matches!(element.closest(selector), Ok(Some(_))))
}

/// Whether a field that takes text has the focus, in a shadow root as well; a frame takes what it may.
pub(crate) fn is_typing() -> bool {
    const FIELDS: &str = "input:not([type=button],[type=submit],[type=checkbox],[type=radio]),\
                          textarea,select,iframe,[contenteditable]:not([contenteditable=false])";
    let mut root: JsValue = document().into();
    loop {
        let Ok(focused) = read(&root, "activeElement").dyn_into::<Element>() else {
            return false;
        };
        if focused.matches(FIELDS).unwrap_or(false) {
            return true;
        }
        root = read(&focused, "shadowRoot");
    }
}

/// Whether text of the page is selected.
pub(crate) fn selects_text() -> bool {
    read(&selection(), "isCollapsed") == false
}

fn selection() -> JsValue {
    let selection = window().get_selection();
    selection.map_or(JsValue::UNDEFINED, JsValue::from)
}

/// Why this is no moment to interrupt, if it is not.
pub(crate) fn interruption() -> Option<&'static str> {
    // The second is a word that older browsers do not know, and would refuse the first for.
    const DIALOGS: [&str; 2] = ["dialog[open],[aria-modal=true]", ":popover-open"];
    if !is_visible() {
        return Some("the page is hidden");
    }
    if is_typing() {
        return Some("somebody is typing");
    }
    if selects_text() {
        return Some("text is selected");
    }
    let document = document();
    let opens = |dialog| matches!(document.query_selector(dialog), Ok(Some(_)));
    DIALOGS.into_iter().any(opens).then_some("a dialog is open")
}

/// The elements that a selector finds within another one; none where it is no selector.
pub(crate) fn all(root: &Element, selector: &str) -> Vec<Element> {
    let found = root.query_selector_all(selector);
    found.map_or_else(
        |_| Vec::new(),
        |found| {
            let found = js_sys::Array::from(&found).into_iter();
            found.map(JsCast::unchecked_into).collect()
        },
    )
}

/// Puts text into the first element that a selector finds.
pub(crate) fn write(root: &Element, selector: &str, text: &str) {
    if let Some(element) = all(root, selector).first() {
        element.set_text_content(Some(text));
    }
}

/// Puts the focus on the first element that a selector finds.
pub(crate) fn focus(root: &Element, selector: &str) {
    if let Some(element) = all(root, selector).first() {
        let _ = element.unchecked_ref::<HtmlElement>().focus();
    }
}

/// Whether an element covers all that can be seen of what has the page's focus, or nearly all.
pub(crate) fn hides_focus(element: &Element) -> bool {
    let document = document();
    let Some(focused) = document.active_element() else {
        return false;
    };
    // Where nothing has the focus, the body says that it does.
    if document.body().is_some_and(|body| *body == focused) {
        return false;
    }
    let (cover, place) = (
        element.get_bounding_client_rect(),
        focused.get_bounding_client_rect(),
    );
    let is_between = |start, end, size| {
        let low = number_of(&place, start).max(0.0);
        let high = number_of(&place, end).min(number_of(&window(), size));
        let edge = (high - low) / 8.0;
        edge > 0.0
            && number_of(&cover, start) <= low + edge
            && high - edge <= number_of(&cover, end)
    };
    is_between("left", "right", "innerWidth") && is_between("top", "bottom", "innerHeight")
}

/// Hides an element, or shows it again.
pub(crate) fn hide(element: &Element, hides: bool) {
    element.unchecked_ref::<HtmlElement>().set_hidden(hides);
}

/// Whether what stands in a field is not what it may hold.
pub(crate) fn is_invalid(field: &Element) -> bool {
    field.matches(":invalid").unwrap_or(false)
}

/// A listener that goes when it is dropped.
pub(crate) struct Listener {
    target: EventTarget,
    name: &'static str,
    closure: Closure<dyn FnMut(Event)>,
}

/// Listens without ever delaying the page: passive, and before anything can stop the event.
pub(crate) fn listen(
    target: &EventTarget,
    name: &'static str,
    hear: impl FnMut(Event) + 'static,
) -> Listener {
    add(target, name, true, Closure::new(hear))
}

/// Listens to what is our own, and may prevent what the browser would do.
pub(crate) fn attend(
    target: &EventTarget,
    name: &'static str,
    hear: impl FnMut(Event) + 'static,
) -> Listener {
    add(target, name, false, Closure::new(hear))
}

fn add(
    target: &EventTarget,
    name: &'static str,
    is_passive: bool,
    closure: Closure<dyn FnMut(Event)>,
) -> Listener {
    let options = AddEventListenerOptions::new();
    options.set_passive(is_passive);
    options.set_capture(true);
    let function = closure.as_ref().unchecked_ref();
    // Adding a listener to a window, document or element never fails.
    let _ = target
        .add_event_listener_with_callback_and_add_event_listener_options(name, function, &options);
    Listener {
        target: target.clone(),
        name,
        closure,
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        let function = self.closure.as_ref().unchecked_ref();
        let _ = self
            .target
            .remove_event_listener_with_callback_and_bool(self.name, function, true);
    }
}

/// A timer that stops when it is dropped.
pub(crate) struct Timer {
    handle: i32,
    _closure: Closure<dyn FnMut()>,
}

/// Calls once, after so many milliseconds.
pub(crate) fn after(milliseconds: f64, call: impl FnOnce() + 'static) -> Timer {
    let closure = Closure::once(call);
    let function = closure.as_ref().unchecked_ref();
    let handle = window()
        .set_timeout_with_callback_and_timeout_and_arguments_0(function, milliseconds.ceil() as i32)
        .unwrap_or_default();
    Timer {
        handle,
        _closure: closure,
    }
}

impl Drop for Timer {
    fn drop(&mut self) {
        window().clear_timeout_with_handle(self.handle);
    }
}
