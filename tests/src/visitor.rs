//! A visitor: one person with a browser of their own, and what they do with it.

use crate::answer;
use crate::card::Card;
use crate::driver::Driver;
use crate::engine::{Engine, Hand};
use crate::wait::until;
use serde_json::{Value, json};
use std::cell::RefCell;
use std::path::Path;
use tempfile::TempDir;
use thirtyfour::prelude::*;

/// A visitor, until they leave.
pub struct Visitor {
    pub(crate) browser: WebDriver,
    pub(crate) engine: Engine,
    _driver: Driver,
    _profile: TempDir,
}

/// Counts what of the page shifts without the visitor having caused it. What moves within the card
/// moves right after a click there, which the browser does not count as long as it is not overloaded.
/// What shifts before the page has loaded is its own doing: Hark does nothing until then.
const COUNT_SHIFTS: &str = "window.shifts = 0; \
     const hasLoaded = () => performance.getEntriesByType('navigation')[0].loadEventStart || Infinity; \
     const isOfPage = ({ node }) => node && !node.closest?.('hark-survey'); \
     new PerformanceObserver((list) => { for (const entry of list.getEntries()) \
     if (entry.startTime > hasLoaded() && !entry.hadRecentInput && entry.sources.some(isOfPage)) window.shifts += entry.value; }) \
     .observe({ type: 'layout-shift', buffered: true });";

impl Visitor {
    /// Somebody at a desk.
    pub async fn new() -> Self {
        Self::with(Hand::Mouse).await
    }

    async fn with(hand: Hand) -> Self {
        let engine = Engine::of_this_run();
        let driver = Driver::start(engine).await;
        let profile = tempfile::tempdir().expect("a temporary folder");
        let wishes = engine.wishes(hand, profile.path());
        let browser = WebDriver::new(&driver.address, wishes).await;
        let visitor = Self {
            browser: browser.expect("a browser"),
            engine,
            _driver: driver,
            _profile: profile,
        };
        if engine == Engine::Chromium {
            visitor.brings(COUNT_SHIFTS).await;
        }
        visitor
    }

    /// Somebody with a phone. Only Chromium has one with a touch screen; elsewhere it is a small window
    /// and a coarse pointer.
    ///
    /// # Panics
    /// When the window keeps its size.
    pub async fn with_phone() -> Self {
        let visitor = Self::with(Hand::Finger).await;
        if visitor.engine != Engine::Chromium {
            let window = visitor.browser.set_window_rect(0, 0, 500, 900).await;
            window.expect("a small window");
            return visitor;
        }
        let screen = json!({ "width": 390, "height": 844, "deviceScaleFactor": 1, "mobile": true });
        visitor
            .tell_browser("Emulation.setDeviceMetricsOverride", screen)
            .await;
        let touch = json!({ "enabled": true, "maxTouchPoints": 5 });
        visitor
            .tell_browser("Emulation.setTouchEmulationEnabled", touch)
            .await;
        visitor
    }

    /// What a phone passes for: under WebKitGTK no pointer is coarse, and a small window is one at a desk.
    #[must_use]
    pub fn kind_of_phone(&self) -> &'static str {
        match self.engine {
            Engine::WebKit => "desktop",
            Engine::Chromium | Engine::Firefox => "mobile",
        }
    }

    /// Prefers dark screens.
    pub async fn prefers_dark(&self) {
        let features = json!({ "features": [{ "name": "prefers-color-scheme", "value": "dark" }] });
        self.tell_browser("Emulation.setEmulatedMedia", features)
            .await;
    }

    /// Tells Chromium something by its own protocol.
    ///
    /// # Panics
    /// In other engines, and when Chromium refuses.
    pub async fn tell_browser(&self, command: &str, parameters: Value) -> Value {
        assert_eq!(
            self.engine,
            Engine::Chromium,
            "`{command}` is Chromium's own: a test that needs it ends in `_in_chromium`"
        );
        self.browser
            .cdp()
            .send_raw(command, parameters)
            .await
            .expect(command)
    }

    /// Runs a script in every page from now on, before anything else in it; gives what ends that.
    pub async fn brings(&self, script: &str) -> Value {
        let script = json!({ "source": script });
        self.tell_browser("Page.addScriptToEvaluateOnNewDocument", script)
            .await
    }

    /// Ends what [`Self::brings`] has begun.
    pub async fn leaves_behind(&self, brought: Value) {
        self.tell_browser("Page.removeScriptToEvaluateOnNewDocument", brought)
            .await;
    }

    /// Loses the network, or finds it again.
    pub async fn is_offline(&self, offline: bool) {
        let network = json!({ "offline": offline, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1 });
        self.tell_browser("Network.emulateNetworkConditions", network)
            .await;
    }

    /// Opens a page in a new tab and closes the one before, whatever stands in it.
    ///
    /// # Panics
    /// When there is no other tab.
    pub async fn closes_the_tab_and_opens(&self, address: &str) {
        self.closes_the_tab().await;
        self.opens(address).await;
    }

    /// Opens a page.
    pub async fn opens(&self, address: &str) {
        self.browser.goto(address).await.expect(address);
    }

    /// Runs a script in the page; gives what it returns, awaited.
    pub async fn runs(&self, script: &str) -> Value {
        let script = answer::asked(script, self.engine);
        let answer = self.browser.execute_async(&script, Vec::new()).await;
        answer::read(answer.expect("a script that runs").json(), self.engine)
    }

    /// Scrolls until this share of the page was above the lower edge of the screen.
    pub async fn scrolls_to(&self, percent: u32) {
        let script =
            format!("scrollTo(0, document.documentElement.scrollHeight * {percent} / 100)");
        self.runs(&script).await;
    }

    /// Presses a key.
    pub async fn presses(&self, key: Key) {
        let keys = self.browser.action_chain().send_keys(key);
        keys.perform().await.expect("a key press");
    }

    /// Presses a key while Shift is held down.
    pub async fn presses_with_shift(&self, key: Key) {
        let keys = self.browser.action_chain().key_down(Key::Shift);
        let keys = keys.send_keys(key).key_up(Key::Shift);
        keys.perform().await.expect("a key press");
    }

    /// Clicks an element of the page.
    pub async fn clicks(&self, selector: &str) {
        let element = self.browser.find(By::Css(selector)).await.expect(selector);
        element.click().await.expect(selector);
    }

    /// Waits for the card.
    pub async fn card(&self) -> Card<'_> {
        until("a card", || async {
            match self.card_now().await {
                Some(card) => Ok(card),
                None => Err((self.explanation().await, self.console().await)),
            }
        })
        .await
    }

    /// The card, if one can be seen right now; one that waits for its moment is hidden.
    pub async fn card_now(&self) -> Option<Card<'_>> {
        let shown = By::Css("hark-survey:not([hidden])");
        let host = self.browser.find(shown).await.ok()?;
        Some(Card::new(self, host))
    }

    /// Waits until the card is gone.
    pub async fn sees_no_card(&self) {
        until("no card", || async {
            self.card_now().await.map_or(Ok(()), |_| Err("a card"))
        })
        .await;
    }

    /// What `hark('explain')` says.
    pub async fn explanation(&self) -> Value {
        self.runs("return window.hark?.('explain')").await
    }

    /// Waits until the widget watches for the triggers of a survey.
    pub async fn is_waited_for(&self, survey: &str) {
        until(&format!("{survey} to be armed"), || async {
            let rows = self.explanation().await;
            let mut found = rows.as_array().into_iter().flatten();
            let is_armed = found.any(|row| {
                let gates = row["gates"].as_array().into_iter().flatten();
                let mut trigger = gates.filter(|gate| gate["gate"] == "trigger");
                row["survey"] == survey && trigger.any(|gate| gate["passes"] == true)
            });
            if is_armed {
                return Ok(());
            }
            Err((rows, self.console().await))
        })
        .await;
    }

    /// Waits until a gate of a survey is closed, and gives its reason.
    pub async fn reason_against(&self, survey: &str, gate: &str) -> String {
        until(&format!("a closed gate {gate}"), || async {
            let rows = self.explanation().await;
            let row = rows
                .as_array()
                .into_iter()
                .flatten()
                .find(|row| row["survey"] == survey);
            let gates = row.and_then(|row| row["gates"].as_array());
            let found = gates
                .into_iter()
                .flatten()
                .find(|found| found["gate"] == gate);
            match found {
                Some(found) if found["passes"] == false => {
                    Ok(found["reason"].as_str().unwrap_or_default().to_owned())
                }
                _ => Err(rows),
            }
        })
        .await
    }

    /// The paths of everything the page has asked the collector for.
    pub async fn requests(&self, collector: &str) -> Vec<String> {
        let names = self
            .runs("return performance.getEntriesByType('resource').map(({ name }) => name)")
            .await;
        let names = names
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(Value::as_str);
        names
            .filter_map(|name| name.strip_prefix(collector))
            .map(str::to_owned)
            .collect()
    }

    /// Waits until the loader has its surveys and has had the time to act on them.
    pub async fn is_left_in_peace(&self, collector: &str) {
        until("the surveys to be fetched", || async {
            let requests = self.requests(collector).await;
            let has_them = requests.iter().any(|path| path.starts_with("/v1/"));
            if has_them { Ok(()) } else { Err(requests) }
        })
        .await;
        // The loader acts on them at once; two idle moments later there is nothing left to do.
        let idle = "const idle = window.requestIdleCallback ?? setTimeout; \
                    await new Promise((rest) => idle(() => idle(rest)))";
        self.runs(idle).await;
    }

    /// Lets a card be seen for so many milliseconds.
    pub async fn has_looked_for(&self, milliseconds: f64) {
        let now = || async {
            self.runs("return performance.now()")
                .await
                .as_f64()
                .expect("a time")
        };
        let end = now().await + milliseconds;
        until("time to pass", || async {
            let now = now().await;
            if now > end { Ok(()) } else { Err(now) }
        })
        .await;
    }

    /// How far anything on the page has shifted; only Chromium can tell, elsewhere nothing has.
    pub async fn layout_shift(&self) -> f64 {
        if self.engine != Engine::Chromium {
            return 0.0;
        }
        let shifts = self.runs("return window.shifts").await;
        shifts.as_f64().expect("a number")
    }

    /// Everything on the console since the last look; outside of Chromium, what the pages of the
    /// storefront have written down themselves.
    pub async fn console(&self) -> Vec<String> {
        if self.engine != Engine::Chromium {
            let said = self.runs("return (window.said ?? []).splice(0)").await;
            return serde_json::from_value(said).expect("lines");
        }
        let entries = self.browser.browser_log().await.expect("the console");
        entries.into_iter().map(|entry| entry.message).collect()
    }

    /// Everything on the console until something is said there.
    ///
    /// # Panics
    /// When it never is.
    pub async fn console_with(&self, said: &str) -> Vec<String> {
        let seen = RefCell::new(Vec::new());
        until(&format!("`{said}` on the console"), || async {
            let news = self.console().await;
            let mut seen = seen.borrow_mut();
            seen.extend(news);
            if seen.iter().any(|line: &String| line.contains(said)) {
                Ok(seen.clone())
            } else {
                Err(seen.clone())
            }
        })
        .await
    }

    /// Looks into the first frame of the page from now on, and no more at the page around it.
    ///
    /// # Panics
    /// When there is none.
    pub async fn enters_the_frame(&self) {
        let frame = self.browser.enter_frame(0).await;
        frame.expect("a frame");
    }

    /// Takes a picture of what is seen.
    pub async fn photographs(&self, file: &Path) {
        if let Some(folder) = file.parent() {
            std::fs::create_dir_all(folder).expect("a folder");
        }
        self.browser.screenshot(file).await.expect("a picture");
    }

    /// Closes the tab, whatever stands in it; the browser stays, and sends what the page has left it.
    ///
    /// # Panics
    /// When there is no other tab.
    pub async fn closes_the_tab(&self) {
        let other = self.browser.new_tab().await.expect("another tab");
        self.browser.close_window().await.expect("a closed tab");
        let other = self.browser.switch_to_window(other).await;
        other.expect("the other tab");
    }

    /// Closes the browser.
    pub async fn leaves(self) {
        self.browser.quit().await.expect("a closed browser");
    }
}
