//! The visitor's side: watches a page, asks at the right moment, sends what is answered.
//!
//! It runs on somebody else's page: one element, no global but `hark`, nothing left behind. It knows
//! the collector only by its address and by the types of the `survey` crate.

mod announce;
mod armed;
mod aside;
mod calls;
mod card;
mod deed;
mod director;
mod explain;
mod impression;
mod js;
mod memory;
mod mount;
mod outbox;
mod page;
mod stage;
mod visit;
mod watch;

use director::Director;
use js_sys::{Array, Function};
use memory::Memory;
use outbox::Outbox;
use survey::offer::{Consent, Offer};
use visit::Visit;
use wasm_bindgen::prelude::*;

/// A third of the size of the usual one, which a tenth of the Wasm would be spent on.
#[global_allocator]
static ALLOCATOR: rlsf::SmallGlobalTlsf = rlsf::SmallGlobalTlsf::new();

/// Starts on this page; gives the function that carries out `hark('…')`.
///
/// `offer` is what the loader fetched and parsed, the site's surveys; `consent` what holds; `pages` how
/// many there were since the page was loaded, the first included.
///
/// # Errors
/// When the offer is not one: loader and widget come from different versions.
#[wasm_bindgen]
#[allow(clippy::needless_pass_by_value)] // Wasm-bindgen borrows neither.
pub fn start(
    site: &str,
    base: &str,
    offer: JsValue,
    consent: &str,
    pages: u32,
) -> Result<Function, JsError> {
    let offer = js::from_js(&offer).as_ref().and_then(Offer::read);
    let offer =
        offer.ok_or_else(|| JsError::new("loader and collector are of different versions"))?;
    let consent = Consent::named(consent).unwrap_or_default();
    let memory = Memory::recall(site, &offer.site, consent);
    let director = Director::start(offer, memory, Visit::new(pages), Outbox::new(base, site));
    let call = Closure::<dyn Fn(Array) -> JsValue>::new(move |arguments| {
        calls::call(director, &arguments)
    });
    Ok(call.into_js_value().unchecked_into())
}
