//! A moment in a page's life, with what it takes to be one.

use super::usual;
use crate::condition::Condition;
use crate::plain::Plain;

/// A moment in a page's life.
#[derive(Clone, Debug, PartialEq)]
pub enum Moment {
    /// The page has loaded.
    Load,
    /// The page was visible and used for this long.
    Dwell {
        /// Visible and active seconds.
        seconds: f64,
    },
    /// This share of the page was seen.
    Scroll {
        /// From 0 to 100, of the page's height.
        percent: f64,
    },
    /// The visitor is about to go.
    ExitIntent {
        /// How near the top the pointer must leave, in CSS pixels.
        edge_px: f64,
        /// Seconds on the page before it counts.
        armed_after: f64,
        /// What shows it where nothing hovers; nothing does unless it is named.
        touch: Vec<Touch>,
    },
    /// The page is seen again.
    Return {
        /// Seconds it was hidden at least.
        seconds: f64,
    },
    /// Nobody did anything, though the page was visible.
    Idle {
        /// Seconds without any input.
        seconds: f64,
    },
    /// Something was clicked.
    Click {
        /// A CSS selector of what.
        selector: String,
    },
    /// Something can be seen.
    Visible {
        /// A CSS selector of what.
        selector: String,
        /// From 0 to 100, of its height, or of the viewport's where it is higher than that.
        percent: f64,
    },
    /// Somebody clicks again and again in the same place.
    RageClick {
        /// Clicks in a run.
        clicks: f64,
        /// Milliseconds that each comes within after the one before.
        within_ms: f64,
        /// CSS pixels that each is away from the one before at most.
        px: f64,
    },
    /// The page said so, with `hark('event', name, props)`.
    Event {
        /// The event's name.
        name: String,
        /// What its properties must be.
        conditions: Vec<Condition>,
    },
    /// So many pages were seen in this visit.
    PageViews {
        /// How many at least.
        count: f64,
    },
    /// The visitor has come so many times.
    Visit {
        /// How many at least, this visit included.
        count: f64,
    },
    /// A form was begun and not sent.
    FormAbandon {
        /// A CSS selector of the form.
        selector: String,
        /// Seconds since the last input.
        seconds: f64,
    },
    /// Text was copied.
    Copy {
        /// A CSS selector of where; anywhere when empty.
        selector: String,
    },
    /// A script of the page failed.
    ScriptError,
}

/// What shows on a touch screen that the visitor is about to go; both are guesses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Touch {
    /// A fast scroll up.
    ScrollUp,
    /// Coming back to the page after it was hidden.
    Return,
}

impl Moment {
    /// Reads a moment as an offer holds it: its name, and what is not usual about it.
    pub(crate) fn read(plain: &Plain) -> Self {
        let selector = plain.text("selector");
        let seconds = |usual| plain.number_or("seconds", usual);
        let percent = |usual| plain.number_or("percent", usual);
        let count = |usual| plain.number_or("count", usual);
        match plain.word("on") {
            "dwell" => Self::Dwell {
                seconds: seconds(usual::DWELL_SECONDS),
            },
            "scroll" => Self::Scroll {
                percent: percent(usual::SCROLL_PERCENT),
            },
            "exit_intent" => Self::ExitIntent {
                edge_px: plain.number_or("edge_px", usual::EXIT_EDGE_PX),
                armed_after: plain.number_or("armed_after", usual::EXIT_ARMED_AFTER),
                touch: plain.list("touch").iter().map(Touch::read).collect(),
            },
            "return" => Self::Return {
                seconds: seconds(usual::RETURN_SECONDS),
            },
            "idle" => Self::Idle {
                seconds: seconds(usual::IDLE_SECONDS),
            },
            "click" => Self::Click { selector },
            "visible" => Self::Visible {
                selector,
                percent: percent(usual::VISIBLE_PERCENT),
            },
            "rage_click" => Self::RageClick {
                clicks: plain.number_or("clicks", usual::RAGE_CLICKS),
                within_ms: plain.number_or("within_ms", usual::RAGE_WITHIN_MS),
                px: plain.number_or("px", usual::RAGE_PX),
            },
            "event" => Self::Event {
                name: plain.text("name"),
                conditions: plain.list("where").iter().map(Condition::read).collect(),
            },
            "page_views" => Self::PageViews {
                count: count(usual::PAGE_VIEWS),
            },
            "visit" => Self::Visit {
                count: count(usual::VISITS),
            },
            "form_abandon" => Self::FormAbandon {
                selector: if selector.is_empty() {
                    usual::FORM.to_owned()
                } else {
                    selector
                },
                seconds: seconds(usual::FORM_SECONDS),
            },
            "copy" => Self::Copy { selector },
            "script_error" => Self::ScriptError,
            _ => Self::Load,
        }
    }

    /// The name used in survey files and events.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Load => "load",
            Self::Dwell { .. } => "dwell",
            Self::Scroll { .. } => "scroll",
            Self::ExitIntent { .. } => "exit_intent",
            Self::Return { .. } => "return",
            Self::Idle { .. } => "idle",
            Self::Click { .. } => "click",
            Self::Visible { .. } => "visible",
            Self::RageClick { .. } => "rage_click",
            Self::Event { .. } => "event",
            Self::PageViews { .. } => "page_views",
            Self::Visit { .. } => "visit",
            Self::FormAbandon { .. } => "form_abandon",
            Self::Copy { .. } => "copy",
            Self::ScriptError => "script_error",
        }
    }
}

impl Touch {
    fn read(plain: &Plain) -> Self {
        match plain.as_text() {
            Some("scroll_up") => Self::ScrollUp,
            _ => Self::Return,
        }
    }

    /// The name used in survey files, and in events as the signal.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::ScrollUp => "scroll_up",
            Self::Return => "return",
        }
    }
}
