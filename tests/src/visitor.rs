//! A visitor: one person with a browser of their own, and what they do with it.

use crate::card::Card;
use crate::driver::Driver;
use crate::wait::until;
use serde_json::{Value, json};
use std::cell::RefCell;
use std::path::Path;
use tempfile::TempDir;
use thirtyfour::common::log::LoggingPrefsLogLevel;
use thirtyfour::prelude::*;

/// A visitor, until they leave.
pub struct Visitor {
    pub(crate) browser: WebDriver,
    _driver: Driver,
    _profile: TempDir,
}

/// Nothing of the browser's own may reach out.
const SWITCHES: [&str; 10] = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--hide-scrollbars",
    "--force-device-scale-factor=1",
];

/// Counts what of the page shifts without the visitor having caused it. What moves within the card
/// moves right after a click there, which the browser does not count as long as it is not overloaded.
const COUNT_SHIFTS: &str = "window.shifts = 0; \
     const isOfPage = ({ node }) => node && !node.closest?.('hark-survey'); \
     new PerformanceObserver((list) => { for (const entry of list.getEntries()) \
     if (!entry.hadRecentInput && entry.sources.some(isOfPage)) window.shifts += entry.value; }) \
     .observe({ type: 'layout-shift', buffered: true });";

/// A headless browser has no pointer unless told: a mouse that hovers, or a finger that does not.
const MOUSE: &str = "--blink-settings=primaryHoverType=2,availableHoverTypes=2,\
     primaryPointerType=4,availablePointerTypes=4";
const FINGER: &str = "--blink-settings=primaryHoverType=1,availableHoverTypes=1,\
     primaryPointerType=2,availablePointerTypes=2";

impl Visitor {
    /// Somebody at a desk.
    pub async fn new() -> Self {
        Self::with(MOUSE).await
    }

    async fn with(pointer: &str) -> Self {
        let driver = Driver::start().await;
        let profile = tempfile::tempdir().expect("a temporary folder");
        let mut wishes = DesiredCapabilities::chrome();
        for switch in SWITCHES {
            wishes.add_arg(switch).expect("a switch");
        }
        let folder = format!("--user-data-dir={}", profile.path().display());
        wishes.add_arg(&folder).expect("a switch");
        wishes.add_arg("--window-size=1280,800").expect("a switch");
        wishes.add_arg(pointer).expect("a switch");
        wishes
            .set_logging_prefs("browser", LoggingPrefsLogLevel::All)
            .expect("a wish");
        let browser = WebDriver::new(&driver.address, wishes)
            .await
            .expect("a browser");
        let visitor = Self {
            browser,
            _driver: driver,
            _profile: profile,
        };
        visitor
            .tell_browser(
                "Page.addScriptToEvaluateOnNewDocument",
                json!({ "source": COUNT_SHIFTS }),
            )
            .await;
        visitor
    }

    /// Somebody with a phone.
    pub async fn with_phone() -> Self {
        let visitor = Self::with(FINGER).await;
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

    /// Prefers dark screens.
    pub async fn prefers_dark(&self) {
        let features = json!({ "features": [{ "name": "prefers-color-scheme", "value": "dark" }] });
        self.tell_browser("Emulation.setEmulatedMedia", features)
            .await;
    }

    pub(crate) async fn tell_browser(&self, command: &str, parameters: Value) -> Value {
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
        let other = self.browser.new_tab().await.expect("another tab");
        self.browser.close_window().await.expect("a closed tab");
        let other = self.browser.switch_to_window(other).await;
        other.expect("the other tab");
        self.opens(address).await;
    }

    /// Opens a page.
    pub async fn opens(&self, address: &str) {
        self.browser.goto(address).await.expect(address);
    }

    /// Runs a script in the page; gives what it returns, awaited.
    pub async fn runs(&self, script: &str) -> Value {
        let script = format!(
            "const done = arguments[arguments.length - 1];\
             Promise.resolve((async () => {{ {script} }})()).then(done, (error) => done(String(error)));"
        );
        let answer = self.browser.execute_async(&script, Vec::new()).await;
        answer.expect("a script that runs").json().clone()
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

    /// The card, if there is one right now.
    pub async fn card_now(&self) -> Option<Card<'_>> {
        let host = self.browser.find(By::Css("hark-survey")).await.ok()?;
        let shadow = host.get_shadow_root().await.ok()?;
        Some(Card::new(self, shadow))
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
        let idle =
            "await new Promise((idle) => requestIdleCallback(() => requestIdleCallback(idle)))";
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

    /// How far anything on the page has shifted.
    pub async fn layout_shift(&self) -> f64 {
        let shifts = self.runs("return window.shifts").await;
        shifts.as_f64().expect("a number")
    }

    /// Everything on the console since the last look.
    pub async fn console(&self) -> Vec<String> {
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

    /// Closes the tab, whatever stands in it.
    pub async fn closes_the_tab(self) {
        let other = self.browser.new_tab().await.expect("another tab");
        self.browser.close_window().await.expect("a closed tab");
        self.browser
            .switch_to_window(other)
            .await
            .expect("the other tab");
        self.leaves().await;
    }

    /// Closes the browser.
    pub async fn leaves(self) {
        self.browser.quit().await.expect("a closed browser");
    }
}
