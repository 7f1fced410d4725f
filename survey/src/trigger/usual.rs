//! The parameters of triggers where a survey file gives none; an offer leaves them out.

/// `dwell`: half a minute of reading, as on a product page.
pub const DWELL_SECONDS: f64 = 30.0;
/// `scroll`: half of the page's height.
pub const SCROLL_PERCENT: f64 = 50.0;
/// `exit_intent`: how near the top the pointer leaves, in CSS pixels.
pub const EXIT_EDGE_PX: f64 = 20.0;
/// `exit_intent`: seconds on the page before leaving counts.
pub const EXIT_ARMED_AFTER: f64 = 5.0;
/// `return`: seconds the page was hidden.
pub const RETURN_SECONDS: f64 = 10.0;
/// `idle`: seconds without any input; people may be reading.
pub const IDLE_SECONDS: f64 = 45.0;
/// `visible`: half of the element.
pub const VISIBLE_PERCENT: f64 = 50.0;
/// `rage_click`: clicks in a run.
pub const RAGE_CLICKS: f64 = 3.0;
/// `rage_click`: milliseconds that each click comes within after the one before.
pub const RAGE_WITHIN_MS: f64 = 1_000.0;
/// `rage_click`: CSS pixels that each click is away from the one before at most.
pub const RAGE_PX: f64 = 30.0;
/// `page_views`: pages of this visit.
pub const PAGE_VIEWS: f64 = 3.0;
/// `visit`: visits of this visitor, this one included.
pub const VISITS: f64 = 2.0;
/// `form_abandon`: every form.
pub const FORM: &str = "form";
/// `form_abandon`: seconds after the last input.
pub const FORM_SECONDS: f64 = 20.0;
