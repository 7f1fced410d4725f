//! The browser engines the end-to-end tests are run in, one after the other.

use clap::ValueEnum;

/// Which of them, and how much in each.
#[derive(Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub(super) enum Browsers {
    /// All tests in Chromium
    #[default]
    Chromium,
    /// All tests in Firefox, but for those that end in `_in_chromium` or `_not_in_firefox`
    Firefox,
    /// All tests in WebKitGTK, but for those that end in `_in_chromium` or `_not_in_webkit`
    Webkit,
    /// All tests in Chromium, the core journeys in Firefox and WebKit: what continuous integration runs
    Core,
    /// All tests in all three
    All,
}

/// The files of tests that go from a trigger to a figure, and through what a visitor may expect.
const CORE: [&str; 4] = ["--test", "journeys", "--test", "answering"];

/// One engine.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Engine {
    Chromium,
    Firefox,
    WebKit,
}

impl Browsers {
    /// The engines, each with whether only the core journeys are run in it.
    pub(super) fn runs(self) -> &'static [(Engine, bool)] {
        use Engine::{Chromium, Firefox, WebKit};
        match self {
            Self::Chromium => &[(Chromium, false)],
            Self::Firefox => &[(Firefox, false)],
            Self::Webkit => &[(WebKit, false)],
            Self::Core => &[(Chromium, false), (Firefox, true), (WebKit, true)],
            Self::All => &[(Chromium, false), (Firefox, false), (WebKit, false)],
        }
    }

    /// Whether an engine is needed at all.
    pub(super) fn includes(self, engine: Engine) -> bool {
        self.runs().iter().any(|(runs, _)| *runs == engine)
    }
}

impl Engine {
    /// As `HARK_BROWSER` has it.
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Chromium => "chromium",
            Self::Firefox => "firefox",
            Self::WebKit => "webkit",
        }
    }

    /// The step that runs the tests in it.
    pub(super) const fn step(self, is_core: bool) -> &'static str {
        match (self, is_core) {
            (Self::Chromium, _) => "end-to-end tests",
            (Self::Firefox, true) => "core journeys in Firefox",
            (Self::Firefox, false) => "end-to-end tests in Firefox",
            (Self::WebKit, true) => "core journeys in WebKit",
            (Self::WebKit, false) => "end-to-end tests in WebKit",
        }
    }

    /// The packages and files whose tests are run in it.
    pub(super) const fn files(is_core: bool) -> &'static [&'static str] {
        if is_core { &CORE } else { &[] }
    }

    /// What of the tests' names says that they are none for it.
    pub(super) const fn skipped(self) -> &'static [&'static str] {
        match self {
            Self::Chromium => &[],
            Self::Firefox => &["_in_chromium", "_not_in_firefox"],
            Self::WebKit => &["_in_chromium", "_not_in_webkit"],
        }
    }
}
