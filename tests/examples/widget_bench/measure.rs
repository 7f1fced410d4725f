//! One visit: a page under 4× CPU throttle in a browser of its own, until it has come to rest, and then the
//! form.

use crate::contender::Contender;
use crate::profile;
use crate::site::Site;
use e2e::{Shop, Visitor};
use serde_json::json;

/// What one visit cost. All times in milliseconds of the throttled machine.
#[derive(Clone, Copy, Default)]
pub(crate) struct Sample {
    /// Bodies that are not the shop's own, as sent, until the form is there.
    pub(crate) bytes: f64,
    /// Its scripts on the main thread from the start until five seconds after load.
    pub(crate) script: f64,
    /// Tasks of more than 50 ms, the page's own included.
    pub(crate) long_tasks: f64,
    /// The same from the trigger on.
    pub(crate) long_tasks_of_form: f64,
    pub(crate) layout_shift: f64,
    /// JavaScript's heap with what buffers and Wasm's memory hold, after a collection, in bytes.
    pub(crate) heap: f64,
    /// From what the page says until the first control of an answer can be seen.
    pub(crate) visible: f64,
}

const SURVEY: &str = "metric = \"nps\"\n[[trigger]]\non = \"event\"\nname = \"now\"";

/// The pages of the live surveys that are not for this one.
const ELSEWHERE: [&str; 5] = ["cart", "checkout", "order", "product", "search"];

/// Long tasks, and how far anything has shifted. The page itself reads what it keeps on the device.
const WATCH: &str = "if (self == top) window.kept = localStorage.shop.length; window.long = 0; window.shift = 0; \
     new PerformanceObserver((list) => { long += list.getEntries().length }).observe({ type: 'longtask', buffered: true }); \
     new PerformanceObserver((list) => { for (const { value } of list.getEntries()) shift += value }) \
     .observe({ type: 'layout-shift', buffered: true });";

const REST: &str = "while (document.readyState != 'complete') await new Promise((go) => setTimeout(go, 50)); \
     await new Promise((go) => setTimeout(go, 5000))";

/// Waits until a control can be seen that was not there before, wherever it is, in a shadow root or a frame,
/// and the frame it is in has been painted. What fades in can be seen as soon as it is not wholly transparent.
const APPEARS: &str = "const controls = (root, found = new Set()) => { \
       for (const one of root.querySelectorAll('*')) { \
         if (one.matches('input:not([type=hidden]),textarea,button,select,[role=radio]')) found.add(one); \
         if (one.shadowRoot) controls(one.shadowRoot, found); \
         if (one.localName == 'iframe' && one.contentDocument) controls(one.contentDocument, found); } return found; }; \
     const seen = (one) => { const { width, height } = one.getBoundingClientRect(); \
       return width > 0 && height > 0 && one.checkVisibility({ visibilityProperty: true, opacityProperty: true }); }; \
     const before = new Set([...controls(document)].filter(seen)); \
     window.longBefore = long; \
     const from = performance.now(); TRIGGER; \
     return await new Promise((done) => { const look = () => { \
       const now = performance.now(); \
       if ([...controls(document)].some((one) => !before.has(one) && seen(one))) return setTimeout(() => done(performance.now() - from)); \
       now - from > 20000 ? done('never: ' + document.body.innerHTML.slice(-400)) : requestAnimationFrame(look); }; \
       requestAnimationFrame(look); });";

/// Long tasks are told of after a while.
const TOLD: &str = "await new Promise((go) => setTimeout(go, 1000)); return [long, shift, long - (window.longBefore ?? long)]";

/// Takes one sample.
pub(crate) async fn take(contender: Contender, is_armed: bool) -> Sample {
    let elsewhere = ELSEWHERE.map(|page| {
        let file = format!(
            "metric = \"nps\"\n[target]\npages = [\"/{page}\"]\n[[trigger]]\non = \"load\""
        );
        (page, file)
    });
    let elsewhere = elsewhere.each_ref().map(|(id, file)| (*id, file.as_str()));
    let surveys: &[_] = if is_armed {
        &[("asked", SURVEY)]
    } else {
        &elsewhere
    };
    let shop = Shop::open_with(surveys, "", "").await;
    let site = Site::open(contender, is_armed, &shop.collector).await;
    let visitor = Visitor::new().await;
    // From an earlier visit the shop has kept 2 MB.
    visitor.opens(&format!("{}/shop.css", site.address)).await;
    visitor
        .runs("localStorage.shop = 'x'.repeat(2_000_000)")
        .await;
    let throttle = json!({ "rate": 4 });
    visitor
        .tell_browser("Emulation.setCPUThrottlingRate", throttle)
        .await;
    visitor.brings(WATCH).await;
    profile::begin(&visitor).await;
    visitor.opens(&format!("{}/", site.address)).await;
    visitor.runs(REST).await;
    let spent = profile::end(&visitor, |address| site.is_of_contender(address)).await;
    // A profile without any would count it for nothing.
    assert!(
        contender != Contender::Hark || is_armed == (spent.wasm > 0.0),
        "{:.1} ms of Wasm",
        spent.wasm
    );
    // Whoever asks for a form on a page without one gets none: what is there from the start is weighed.
    let visible = if is_armed && contender != Contender::Nothing {
        let waits = APPEARS.replace("TRIGGER", contender.trigger());
        let visible = visitor.runs(&waits).await;
        let Some(visible) = visible.as_f64() else {
            let asked = visitor.requests(&site.address).await;
            panic!(
                "{}: {visible}\n{asked:#?}\n{:#?}",
                contender.name(),
                visitor.console().await
            );
        };
        visible
    } else {
        0.0
    };
    let seen = visitor.runs(TOLD).await;
    visitor
        .tell_browser("HeapProfiler.collectGarbage", json!({}))
        .await;
    let heap = visitor
        .tell_browser("Runtime.getHeapUsage", json!({}))
        .await;
    let part = |name: &str| heap[name].as_f64().unwrap_or_default();
    let sample = Sample {
        bytes: site.bytes() as f64,
        script: spent.script,
        long_tasks: seen[0].as_f64().expect("a number"),
        layout_shift: seen[1].as_f64().expect("a number"),
        long_tasks_of_form: seen[2].as_f64().expect("a number"),
        heap: part("usedSize") + part("backingStorageSize"),
        visible,
    };
    visitor.leaves().await;
    sample
}

/// The middle one of all samples, by one of their figures.
pub(crate) fn median(samples: &[Sample], figure: impl Fn(&Sample) -> f64) -> f64 {
    let mut values: Vec<f64> = samples.iter().map(figure).collect();
    values.sort_by(f64::total_cmp);
    let middle = values.len() / 2;
    if values.len() % 2 == 1 {
        values[middle]
    } else {
        f64::midpoint(values[middle - 1], values[middle])
    }
}
