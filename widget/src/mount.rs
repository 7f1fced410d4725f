//! The one element on the shop's page: made, filled, and taken away again.

use crate::aside::step_aside;
use crate::card::{card, tab};
use crate::deed;
use crate::director::Director;
use crate::js;
use crate::page::{self, Listener, Timer};
use crate::stage::Stage;
use leptos::IntoView;
use leptos::tachys::view::{Mountable, Render};
use std::rc::Rc;
use survey::offer::{Offer, OfferedSurvey, Position};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{CssStyleSheet, HtmlElement, ShadowRootInit, ShadowRootMode};

/// Assistive technology has settled on the page by then, in milliseconds.
const ANNOUNCED_AFTER: f64 = 1_000.0;

/// Something of ours on the page; it goes when this is dropped.
pub(crate) struct Mounted {
    host: HtmlElement,
    root: HtmlElement,
    _listeners: Vec<Listener>,
}

impl Mounted {
    /// Whether the page has left it where it was.
    pub(crate) fn is_on_page(&self) -> bool {
        self.host.is_connected()
    }

    /// Puts the focus on its first button.
    pub(crate) fn focus(&self) {
        page::focus(&self.root, "button");
    }
}

impl Drop for Mounted {
    fn drop(&mut self) {
        self.host.remove();
    }
}

/// A card on the page, made and listening.
pub(crate) struct Card {
    pub(crate) survey: &'static OfferedSurvey,
    pub(crate) stage: Rc<Stage>,
    pub(crate) mounted: Mounted,
}

impl Card {
    /// Makes a card that waits for its moment on the page, neither seen nor reached: what it looks like is
    /// worked out before anybody waits for it. `None` where there are no shadow roots or no place for it.
    pub(crate) fn new(director: &'static Director, survey: &'static OfferedSurvey) -> Option<Self> {
        let words = &director.offer.card;
        let (host, root) = host(&director.offer, card(survey, words))?;
        let mounted = Mounted {
            host,
            _listeners: deed::hear(&root, director).into(),
            root: root.clone(),
        };
        page::hide(&mounted.host, true);
        place(survey)?.append_child(&mounted.host).ok()?;
        Some(Self {
            survey,
            stage: Rc::new(Stage::new(root, survey, words)),
            mounted,
        })
    }

    /// Lets it be seen. One that was asked for takes the focus.
    pub(crate) fn show(&self, is_invited: bool) {
        page::hide(&self.mounted.host, false);
        if is_invited {
            self.stage.focus();
        }
    }
}

/// What a card does once it can be seen, until this is dropped.
pub(crate) struct Presence {
    _listeners: Vec<Listener>,
    _announcement: Option<Timer>,
}

impl Presence {
    /// Looks where the focus and the keyboard on the screen go; a card that came by itself is announced.
    pub(crate) fn begin(stage: &Rc<Stage>, is_invited: bool) -> Self {
        let announcement = (!is_invited).then(|| {
            let stage = Rc::clone(stage);
            page::after(ANNOUNCED_AFTER, move || stage.announce())
        });
        let root = stage.root();
        let listeners = step_aside(root).into_iter().chain(keyboard(root));
        Self {
            _listeners: listeners.collect(),
            _announcement: announcement,
        }
    }
}

/// Puts the button on the page that opens a card.
pub(crate) fn mount_tab(
    offer: &'static Offer,
    survey: &'static OfferedSurvey,
    open: impl Fn() + 'static,
) -> Option<Mounted> {
    let (host, root) = host(offer, tab(survey, &offer.card))?;
    place(survey)?.append_child(&host).ok()?;
    let click = page::listen(&root, "click", move |_| open());
    Some(Mounted {
        host,
        root,
        _listeners: vec![click],
    })
}

/// Where a survey has its place on the page.
pub(crate) fn place(survey: &OfferedSurvey) -> Option<HtmlElement> {
    let document = page::document();
    match survey.position {
        Position::Inline => {
            let found = document.query_selector(&survey.inline).ok().flatten();
            found.map(JsCast::unchecked_into)
        }
        _ => document.body(),
    }
}

/// A host, on no page yet, and in its shadow root the element that holds the view.
fn host(offer: &Offer, view: impl IntoView) -> Option<(HtmlElement, HtmlElement)> {
    let document = page::document();
    let element = |name| Some(document.create_element(name).ok()?.unchecked_into());
    let host: HtmlElement = element("hark-survey")?;
    host.set_attribute("lang", &offer.language).ok()?;
    host.set_attribute("dir", &offer.dir).ok()?;
    let shadow = host
        .attach_shadow(&ShadowRootInit::new(ShadowRootMode::Open))
        .ok()?;
    let sheet = CssStyleSheet::new().ok()?;
    sheet
        .replace_sync(include_str!(concat!(env!("OUT_DIR"), "/card.css")))
        .ok()?;
    shadow.set_adopted_style_sheets(&js_sys::Array::of1(&sheet));
    let root: HtmlElement = element("div")?;
    shadow.append_child(&root).ok()?;
    // Nothing in the view ever changes by itself, so what Leptos would keep for that may go.
    view.into_view().build().mount(&root, None);
    Some((host, root))
}

/// Keeps a sheet at the bottom above the keyboard on the screen, which covers the page unseen by it.
fn keyboard(root: &HtmlElement) -> Option<Listener> {
    let seen = page::read(&page::window(), "visualViewport");
    let root = root.clone();
    let viewport: &web_sys::EventTarget = seen.dyn_ref()?;
    let measured = seen.clone();
    Some(page::listen(viewport, "resize", move |_| {
        let seen = |name| page::number_of(&measured, name);
        let window: JsValue = page::window().into();
        let below = page::number_of(&window, "innerHeight") - seen("height") - seen("offsetTop");
        // Somebody who has zoomed in sees less as well, and no keyboard.
        let covered = if seen("scale") == 1.0 { below } else { 0.0 };
        let covered = js::to_json(&covered.max(0.0).floor().into());
        let style = root.style();
        let _ = style.set_property("--keyboard", &[covered.as_str(), "px"].concat());
    }))
}
