//! What a visitor does with hand and finger: input as the browser gets it from a mouse, a wheel or a
//! touch screen, not as a script would pretend it.

use crate::engine::Engine;
use crate::visitor::Visitor;
use crate::wait::until;
use serde_json::{Value, json};
use std::time::{SystemTime, UNIX_EPOCH};
use thirtyfour::Key;

/// One frame of a usual screen, in seconds.
const FRAME: f64 = 0.016;

impl Visitor {
    /// Moves the pointer along a path, one point a frame.
    ///
    /// Each event carries the time at which the hand would have made it, so that a busy machine does
    /// not slow the hand down.
    pub async fn moves_along(&self, path: &[(i32, i32)]) {
        self.moves_slowly_along(path, FRAME).await;
    }

    /// The same with so many seconds from point to point.
    pub async fn moves_slowly_along(&self, path: &[(i32, i32)], seconds: f64) {
        self.drags_along(path, seconds, 0).await;
    }

    /// The same with buttons held down: 1 is the left one.
    pub async fn drags_along(&self, path: &[(i32, i32)], seconds: f64, buttons: u8) {
        if self.engine != Engine::Chromium {
            return self.is_moved_along(path, seconds, buttons).await;
        }
        let mut at = seconds_since_1970() - seconds * path.len() as f64;
        for (x, y) in path {
            at += seconds;
            let event = json!({
                "type": "mouseMoved", "x": x, "y": y, "buttons": buttons, "timestamp": at
            });
            self.tell_browser("Input.dispatchMouseEvent", event).await;
        }
    }

    /// What a page is told of a hand that moves: elsewhere than in Chromium no driver moves a pointer out
    /// of the page, so the page tells itself. The browser's own pointer comes to rest before: it is still on
    /// the page, and WebKit tells of it once more whenever something has moved below it.
    async fn is_moved_along(&self, path: &[(i32, i32)], seconds: f64, buttons: u8) {
        let rest = "await new Promise((rest) => { let timer; const waits = () => { \
             clearTimeout(timer); timer = setTimeout(rest, 200) }; addEventListener('mousemove', waits); waits() })";
        self.runs(rest).await;
        let script = format!(
            "let at = performance.now() - {seconds} * 1000 * {}; for (const [x, y] of {}) {{ at += {seconds} * 1000; \
             const name = y < 0 ? 'mouseout' : 'mousemove'; \
             const moved = new MouseEvent(name, {{ bubbles: true, clientX: x, clientY: y, buttons: {buttons} }}); \
             Object.defineProperty(moved, 'timeStamp', {{ value: at }}); document.body.dispatchEvent(moved); }}",
            path.len(),
            json!(path)
        );
        self.runs(&script).await;
    }

    /// Moves the pointer up and out of the page, as quickly as a hand on its way to close the tab.
    pub async fn leaves_through_the_top(&self) {
        self.moves_along(&[
            (640, 500),
            (642, 380),
            (645, 260),
            (650, 140),
            (652, 20),
            (653, -1),
        ])
        .await;
    }

    /// Clicks with the left button wherever that is.
    pub async fn clicks_at(&self, x: i64, y: i64, times: u32) {
        if self.engine != Engine::Chromium {
            let mut hand = self.browser.action_chain().move_to(x, y);
            for _ in 0..times {
                hand = hand.click();
            }
            return hand.perform().await.expect("clicks");
        }
        for click in 1..=times {
            self.uses_the_button("mousePressed", x, y, click).await;
            self.uses_the_button("mouseReleased", x, y, click).await;
        }
    }

    /// Presses the left button there, and holds it down.
    pub async fn presses_the_button_at(&self, x: i64, y: i64) {
        if self.engine != Engine::Chromium {
            let hand = self.browser.action_chain().move_to(x, y).click_and_hold();
            return hand.perform().await.expect("a button held down");
        }
        self.uses_the_button("mousePressed", x, y, 1).await;
    }

    /// Lets the left button go there.
    pub async fn releases_the_button_at(&self, x: i64, y: i64) {
        if self.engine != Engine::Chromium {
            let hand = self.browser.action_chain().move_to(x, y).release();
            return hand.perform().await.expect("a button let go");
        }
        self.uses_the_button("mouseReleased", x, y, 1).await;
    }

    async fn uses_the_button(&self, kind: &str, x: i64, y: i64, click: u32) {
        let event = json!({
            "type": kind, "x": x, "y": y, "button": "left", "clickCount": click
        });
        self.tell_browser("Input.dispatchMouseEvent", event).await;
    }

    /// Clicks into the middle of something, again and again.
    pub async fn hammers_on(&self, selector: &str, times: u32) {
        let (x, y) = self.middle_of(selector).await;
        self.clicks_at(x, y, times).await;
    }

    async fn middle_of(&self, selector: &str) -> (i64, i64) {
        let script = format!(
            "const {{ x, y, width, height }} = document.querySelector('{selector}').getBoundingClientRect(); \
             return [Math.round(x + width / 2), Math.round(y + height / 2)]"
        );
        let middle = self.runs(&script).await;
        let at = |index: usize| middle[index].as_i64().expect(selector);
        (at(0), at(1))
    }

    /// Turns the wheel over the middle of the screen by so many pixels, down if positive.
    pub async fn turns_the_wheel(&self, pixels: i32) {
        if self.engine != Engine::Chromium {
            // No client of WebDriver that we know turns wheels.
            let script = format!(
                "let under = document.elementFromPoint(innerWidth / 2, 400); \
                 while (under && under.scrollHeight <= under.clientHeight) under = under.parentElement; \
                 (under ?? document.scrollingElement).scrollBy(0, {pixels})"
            );
            self.runs(&script).await;
            return;
        }
        let event = json!({
            "type": "mouseWheel", "x": 640, "y": 400, "deltaX": 0, "deltaY": pixels
        });
        self.tell_browser("Input.dispatchMouseEvent", event).await;
    }

    /// Taps with a finger into the middle of something, again and again.
    pub async fn taps_on(&self, selector: &str, times: u32) {
        let (x, y) = self.middle_of(selector).await;
        for _ in 0..times {
            let down = json!({ "type": "touchStart", "touchPoints": [{ "x": x, "y": y }] });
            self.tell_browser("Input.dispatchTouchEvent", down).await;
            let up = json!({ "type": "touchEnd", "touchPoints": [] });
            self.tell_browser("Input.dispatchTouchEvent", up).await;
        }
    }

    /// Flicks a finger down over a phone, for the page to go up, and lets it run on.
    pub async fn flicks_up(&self) {
        self.flicks(&[60, 160, 285, 410, 535, 660, 785]).await;
    }

    /// Flicks a finger up over a phone, for the page to go down, and lets it run on.
    pub async fn flicks_down(&self) {
        self.flicks(&[785, 660, 535, 410, 285, 160, 60]).await;
    }

    /// One point a frame, at the times at which the finger would have been there: they decide how far
    /// the page runs on.
    async fn flicks(&self, heights: &[u32]) {
        let mut at = seconds_since_1970() - FRAME * (heights.len() + 1) as f64;
        let mut kind = "touchStart";
        for y in heights {
            at += FRAME;
            let touch = json!({
                "type": kind, "touchPoints": [{ "x": 195, "y": y }], "timestamp": at
            });
            self.tell_browser("Input.dispatchTouchEvent", touch).await;
            kind = "touchMove";
        }
        let end = json!({ "type": "touchEnd", "touchPoints": [], "timestamp": at });
        self.tell_browser("Input.dispatchTouchEvent", end).await;
        self.comes_to_rest().await;
    }

    /// Waits until the page scrolls no more.
    pub async fn comes_to_rest(&self) {
        let rest = "let top; do { top = scrollY; \
                    await new Promise((frame) => setTimeout(frame, 200)) } while (top != scrollY)";
        self.runs(rest).await;
    }

    /// Types into a field that has the focus.
    pub async fn types(&self, text: &str) {
        let keys = self.browser.action_chain().send_keys(text);
        keys.perform().await.expect("typing");
    }

    /// Copies what is selected.
    ///
    /// # Panics
    /// When the browser does not take the keys.
    pub async fn copies(&self) {
        let keys = self.browser.action_chain();
        let keys = keys
            .key_down(Key::Control)
            .send_keys("c")
            .key_up(Key::Control);
        keys.perform().await.expect("a shortcut");
    }

    /// Composes a word with an input method, and has not chosen its characters yet.
    pub async fn composes(&self, text: &str) {
        let composition = json!({
            "text": text, "selectionStart": 0, "selectionEnd": text.chars().count()
        });
        self.tell_browser("Input.imeSetComposition", composition)
            .await;
    }

    /// Leaves the shop, and is back so many hours later with a new tab, by the clock of its pages.
    ///
    /// # Panics
    /// When there is no other tab to be had.
    pub async fn comes_back_after(self, hours: u32) -> Self {
        let other = self.browser.new_tab().await.expect("another tab");
        self.browser.close_window().await.expect("a closed tab");
        let windows = &self.browser;
        windows
            .switch_to_window(other)
            .await
            .expect("the other tab");
        let later = format!(
            "const now = Date.now; Date.now = () => now() + {}",
            hours * 3_600_000
        );
        let script = json!({ "source": later });
        self.tell_browser("Page.addScriptToEvaluateOnNewDocument", script)
            .await;
        self
    }

    /// Looks at another tab for so many milliseconds, and comes back. WebKit's driver opens another one behind
    /// the page, so there the window itself is laid aside.
    ///
    /// # Panics
    /// When there is no other tab to be had, or the page is not hidden.
    pub async fn is_away_for(&self, milliseconds: f64) {
        if self.engine == Engine::WebKit {
            return self.is_laid_aside_for(milliseconds).await;
        }
        let here = self.browser.window().await.expect("this tab");
        let other = self.browser.new_tab().await.expect("another tab");
        let windows = &self.browser;
        windows
            .switch_to_window(other)
            .await
            .expect("the other tab");
        self.has_looked_for(milliseconds).await;
        windows.close_window().await.expect("a closed tab");
        windows.switch_to_window(here).await.expect("this tab");
    }

    async fn is_laid_aside_for(&self, milliseconds: f64) {
        let window = &self.browser;
        window.minimize_window().await.expect("a window laid aside");
        assert_eq!(self.sees("document.visibilityState").await, "hidden");
        self.has_looked_for(milliseconds).await;
        let back = window.set_window_rect(0, 0, 1024, 768).await;
        back.expect("the window again");
    }

    /// What the page tells of itself, for instance `document.visibilityState`; whatever page that is, also
    /// while one follows another. (What [`Self::runs`] waits for is lost with the page it was run in.)
    pub async fn sees(&self, expression: &str) -> Value {
        let answer = self.browser.execute(format!("return {expression}"), vec![]);
        answer.await.expect(expression).json().clone()
    }

    /// Waits until an expression holds on the page.
    pub async fn waits_until(&self, expression: &str) {
        until(expression, || async {
            let seen = self.sees(expression).await;
            if seen == true { Ok(()) } else { Err(seen) }
        })
        .await;
    }
}

fn seconds_since_1970() -> f64 {
    let now = SystemTime::now().duration_since(UNIX_EPOCH);
    now.expect("a clock after 1970").as_secs_f64()
}
