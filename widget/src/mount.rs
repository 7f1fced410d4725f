//! The one element on the shop's page: made, filled with the card, and taken away again.

use crate::card::{Tell, card};
use crate::page::{self, Timer};
use crate::stage::Stage;
use leptos::mount::mount_to;
use std::rc::Rc;
use survey::conversation::Said;
use survey::offer::{Offer, OfferedSurvey};
use wasm_bindgen::JsCast;
use web_sys::{CssStyleSheet, HtmlElement, ShadowRootInit, ShadowRootMode};

/// A card on the page; it goes when this is dropped.
pub(crate) struct Mounted {
    host: HtmlElement,
    _card: Box<dyn std::any::Any>,
    _announcement: Timer,
}

impl Drop for Mounted {
    fn drop(&mut self) {
        self.host.remove();
    }
}

/// Puts the card at the end of the body; `None` where a page has no body or no shadow roots.
pub(crate) fn mount(
    offer: &Offer,
    survey: &Rc<OfferedSurvey>,
    hear: impl Fn(Said) + 'static,
) -> Option<Mounted> {
    let document = page::document();
    let host: HtmlElement = document
        .create_element("hark-survey")
        .ok()?
        .unchecked_into();
    host.set_attribute("lang", &offer.language).ok()?;
    host.set_attribute("dir", &offer.dir).ok()?;
    let shadow = host
        .attach_shadow(&ShadowRootInit::new(ShadowRootMode::Open))
        .ok()?;
    let sheet = CssStyleSheet::new().ok()?;
    sheet.replace_sync(include_str!("card/card.css")).ok()?;
    shadow.set_adopted_style_sheets(&js_sys::Array::of1(&sheet));
    let root: HtmlElement = document.create_element("div").ok()?.unchecked_into();
    shadow.append_child(&root).ok()?;

    let words = offer.card.clone();
    let stage = Rc::new(Stage::new(
        root.clone(),
        Rc::clone(survey),
        words.choose.clone(),
    ));
    let followed = Rc::clone(&stage);
    let tell: Tell = Rc::new(move |deed| {
        if let Some(said) = followed.follow(deed) {
            hear(said);
        }
    });
    let asked = Rc::clone(survey);
    let announcement = words.announce.clone();
    let handle = mount_to(root, move || card(&asked, &words, &tell));
    let announcement = stage.open(announcement);
    document.body()?.append_child(&host).ok()?;
    Some(Mounted {
        host,
        _card: Box::new(handle),
        _announcement: announcement,
    })
}
