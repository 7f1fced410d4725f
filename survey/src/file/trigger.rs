//! The `[[trigger]]` tables: the moments at which a survey asks.

use super::section::{Section, list};
use super::selector::selector;
use super::target::condition;
use crate::trigger::{Moment, Touch, Trigger, usual};

const A_DAY: f64 = 24.0 * 60.0 * 60.0;

/// Half a minute of visible, active time: what a survey without triggers waits for.
pub(super) const fn unhurried() -> Trigger {
    Trigger {
        moment: Moment::Dwell {
            seconds: usual::DWELL_SECONDS,
        },
        delay: 0.0,
        all: Vec::new(),
    }
}

pub(super) fn trigger(section: &Section<'_>) -> Option<Trigger> {
    let moment = moment(section);
    let delay = number(section, "delay", 0.0, 0.0, A_DAY);
    let all = list(section, "all", |entry| entry.section(self::moment));
    Some(Trigger {
        moment: moment?,
        delay: delay?,
        all: all?,
    })
}

type Read = fn(&Section<'_>) -> Option<Moment>;

/// Every moment, and what reads its parameters.
pub(super) const MOMENTS: [(&str, Read); 15] = [
    ("load", |_| Some(Moment::Load)),
    ("dwell", |section| {
        let seconds = seconds(section, usual::DWELL_SECONDS)?;
        Some(Moment::Dwell { seconds })
    }),
    ("scroll", |section| {
        let percent = percent(section, usual::SCROLL_PERCENT)?;
        Some(Moment::Scroll { percent })
    }),
    ("exit_intent", exit_intent),
    ("return", |section| {
        let seconds = seconds(section, usual::RETURN_SECONDS)?;
        Some(Moment::Return { seconds })
    }),
    ("idle", |section| {
        let seconds = number(section, "seconds", usual::IDLE_SECONDS, 1.0, A_DAY)?;
        Some(Moment::Idle { seconds })
    }),
    ("click", |section| {
        let selector = section
            .require("selector")
            .and_then(|entry| selector(&entry))?;
        Some(Moment::Click { selector })
    }),
    ("visible", visible),
    ("rage_click", rage_click),
    ("event", event),
    ("page_views", |section| {
        let count = whole(section, "count", usual::PAGE_VIEWS, 1, 1_000)?;
        Some(Moment::PageViews { count })
    }),
    ("visit", |section| {
        let count = whole(section, "count", usual::VISITS, 1, 1_000)?;
        Some(Moment::Visit { count })
    }),
    ("form_abandon", form_abandon),
    ("copy", |section| {
        let selector = selector_or(section, "")?;
        Some(Moment::Copy { selector })
    }),
    ("script_error", |_| Some(Moment::ScriptError)),
];

fn moment(section: &Section<'_>) -> Option<Moment> {
    let read = section
        .require("on")
        .and_then(|entry| entry.choice(&MOMENTS));
    if read.is_none() {
        section.give_up();
    }
    read?(section)
}

fn exit_intent(section: &Section<'_>) -> Option<Moment> {
    let edge_px = number(section, "edge_px", usual::EXIT_EDGE_PX, 0.0, 200.0);
    let armed_after = number(section, "armed_after", usual::EXIT_ARMED_AFTER, 0.0, A_DAY);
    let touch = list(section, "touch", |entry| {
        entry.choice(&[Touch::ScrollUp, Touch::Return].map(|touch| (touch.name(), touch)))
    });
    Some(Moment::ExitIntent {
        edge_px: edge_px?,
        armed_after: armed_after?,
        touch: touch?,
    })
}

fn visible(section: &Section<'_>) -> Option<Moment> {
    let selector = section
        .require("selector")
        .and_then(|entry| selector(&entry));
    let percent = percent(section, usual::VISIBLE_PERCENT);
    Some(Moment::Visible {
        selector: selector?,
        percent: percent?,
    })
}

fn rage_click(section: &Section<'_>) -> Option<Moment> {
    let clicks = whole(section, "clicks", usual::RAGE_CLICKS, 2, 20);
    let within_ms = number(section, "within_ms", usual::RAGE_WITHIN_MS, 1.0, 10_000.0);
    let px = number(section, "px", usual::RAGE_PX, 1.0, 500.0);
    Some(Moment::RageClick {
        clicks: clicks?,
        within_ms: within_ms?,
        px: px?,
    })
}

fn event(section: &Section<'_>) -> Option<Moment> {
    let name = section.require("name").and_then(|entry| entry.text());
    let conditions = list(section, "where", condition);
    Some(Moment::Event {
        name: name?.to_owned(),
        conditions: conditions?,
    })
}

fn form_abandon(section: &Section<'_>) -> Option<Moment> {
    let selector = selector_or(section, usual::FORM);
    let seconds = number(section, "seconds", usual::FORM_SECONDS, 1.0, A_DAY);
    Some(Moment::FormAbandon {
        selector: selector?,
        seconds: seconds?,
    })
}

fn selector_or(section: &Section<'_>, usual: &str) -> Option<String> {
    let entry = section.get("selector");
    entry.map_or_else(|| Some(usual.to_owned()), |entry| selector(&entry))
}

fn seconds(section: &Section<'_>, usual: f64) -> Option<f64> {
    number(section, "seconds", usual, 0.0, A_DAY)
}

fn percent(section: &Section<'_>, usual: f64) -> Option<f64> {
    number(section, "percent", usual, 0.0, 100.0)
}

fn number(
    section: &Section<'_>,
    name: &'static str,
    usual: f64,
    least: f64,
    most: f64,
) -> Option<f64> {
    let entry = section.get(name);
    entry.map_or(Some(usual), |entry| entry.number(least..=most))
}

fn whole(
    section: &Section<'_>,
    name: &'static str,
    usual: f64,
    least: i32,
    most: i32,
) -> Option<f64> {
    let entry = section.get(name);
    entry.map_or(Some(usual), |entry| {
        entry.whole(least..=most).map(f64::from)
    })
}
