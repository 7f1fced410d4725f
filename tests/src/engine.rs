//! The browser engines a visitor may have, and what each is asked for.
//!
//! `HARK_BROWSER` says which one a run is for; `cargo xtask test --browsers all` sets it. What only
//! Chromium can do is asked of it over its own protocol; tests that need it end in `_in_chromium`, and
//! `cargo xtask test` leaves them out elsewhere.

use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use thirtyfour::Capabilities;

/// An engine.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    /// Chrome, Edge, Opera.
    Chromium,
    /// Firefox.
    Firefox,
    /// Safari, by way of WebKitGTK.
    WebKit,
}

/// What a visitor has in their hand.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Hand {
    Mouse,
    Finger,
}

/// Nothing of the browser's own may reach out.
const SWITCHES: [&str; 11] = [
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
    "--window-size=1280,800",
];

/// A headless browser has no pointer unless told: a mouse that hovers, or a finger that does not.
const MOUSE: &str = "--blink-settings=primaryHoverType=2,availableHoverTypes=2,\
     primaryPointerType=4,availablePointerTypes=4";
const FINGER: &str = "--blink-settings=primaryHoverType=1,availableHoverTypes=1,\
     primaryPointerType=2,availablePointerTypes=2";

impl Engine {
    /// The one that this run of the tests is for.
    ///
    /// # Panics
    /// When `HARK_BROWSER` names none.
    #[must_use]
    pub fn of_this_run() -> Self {
        match std::env::var("HARK_BROWSER").as_deref() {
            Err(_) | Ok("chromium") => Self::Chromium,
            Ok("firefox") => Self::Firefox,
            Ok("webkit") => Self::WebKit,
            Ok(other) => panic!("HARK_BROWSER is chromium, firefox or webkit, not {other}"),
        }
    }

    /// What a new browser is asked for.
    pub(crate) fn wishes(self, hand: Hand, profile: &Path) -> Capabilities {
        let (name, options) = match self {
            Self::Chromium => ("goog:chromeOptions", chromium(hand, profile)),
            Self::Firefox => ("moz:firefoxOptions", firefox(hand)),
            Self::WebKit => ("webkitgtk:browserOptions", webkit()),
        };
        let mut wishes = Capabilities::new();
        wishes.set(name, options).expect("a wish");
        if self == Self::Chromium {
            let logs = json!({ "browser": "ALL" });
            wishes.set("browserName", "chrome").expect("a wish");
            wishes.set("goog:loggingPrefs", logs).expect("a wish");
        }
        wishes
    }
}

fn chromium(hand: Hand, profile: &Path) -> Value {
    let folder = format!("--user-data-dir={}", profile.display());
    let pointer = if hand == Hand::Mouse { MOUSE } else { FINGER };
    let mut switches = SWITCHES.to_vec();
    switches.extend([folder.as_str(), pointer]);
    json!({ "args": switches })
}

/// Pointers are flags: 1 is coarse, 2 is fine, 4 hovers.
fn firefox(hand: Hand) -> Value {
    let pointer = if hand == Hand::Mouse { 6 } else { 1 };
    json!({
        "binary": "/usr/bin/firefox-esr",
        "args": ["-headless", "--width=1280", "--height=885"],
        "prefs": {
            "ui.primaryPointerCapabilities": pointer,
            "ui.allPointerCapabilities": pointer,
            "datareporting.policy.dataSubmissionEnabled": false,
            "app.normandy.enabled": false,
            "intl.accept_languages": "en-US",
        }
    })
}

fn webkit() -> Value {
    let folders = std::fs::read_dir("/usr/lib/x86_64-linux-gnu").expect("libraries");
    let browsers = folders
        .flatten()
        .map(|folder| folder.path().join("MiniBrowser"));
    let of_webkit = |path: &PathBuf| path.to_string_lossy().contains("/webkit2gtk-");
    let mut browsers = browsers.filter(of_webkit);
    let browser = browsers.find(|path| path.is_file());
    json!({ "binary": browser.expect("WebKit's MiniBrowser"), "args": ["--automation"] })
}
