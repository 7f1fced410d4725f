//! The `[[trigger]]` tables: the moments at which a survey asks.

use super::section::{Section, list};
use super::target::condition;
use crate::trigger::{Moment, Trigger};

/// Half a minute of visible, active time: what a survey without triggers waits for.
pub(super) const fn unhurried() -> Trigger {
    Trigger {
        moment: Moment::Dwell { seconds: 30.0 },
        delay: 0.0,
        all: Vec::new(),
    }
}

pub(super) fn trigger(section: &Section<'_>) -> Option<Trigger> {
    let moment = moment(section);
    let delay = seconds(section, "delay", 0.0);
    let all = list(section, "all", |entry| entry.section(self::moment));
    Some(Trigger {
        moment: moment?,
        delay: delay?,
        all: all?,
    })
}

#[derive(Clone, Copy)]
enum On {
    Load,
    Dwell,
    Scroll,
    ExitIntent,
    Event,
}

fn moment(section: &Section<'_>) -> Option<Moment> {
    let on = section.require("on").and_then(|entry| {
        entry.choice(&[
            ("load", On::Load),
            ("dwell", On::Dwell),
            ("scroll", On::Scroll),
            ("exit_intent", On::ExitIntent),
            ("event", On::Event),
        ])
    });
    let Some(on) = on else {
        section.give_up();
        return None;
    };
    match on {
        On::Load => Some(Moment::Load),
        On::Dwell => Some(Moment::Dwell {
            seconds: seconds(section, "seconds", 30.0)?,
        }),
        On::Scroll => Some(Moment::Scroll {
            percent: number(section, "percent", 50.0, 100.0)?,
        }),
        On::ExitIntent => {
            let edge_px = number(section, "edge_px", 20.0, 200.0);
            let armed_after = seconds(section, "armed_after", 5.0);
            Some(Moment::ExitIntent {
                edge_px: edge_px?,
                armed_after: armed_after?,
            })
        }
        On::Event => {
            let name = section.require("name").and_then(|entry| entry.text());
            let conditions = list(section, "where", condition);
            Some(Moment::Event {
                name: name?.to_owned(),
                conditions: conditions?,
            })
        }
    }
}

fn seconds(section: &Section<'_>, name: &'static str, usual: f64) -> Option<f64> {
    number(section, name, usual, 24.0 * 60.0 * 60.0)
}

fn number(section: &Section<'_>, name: &'static str, usual: f64, most: f64) -> Option<f64> {
    section
        .get(name)
        .map_or(Some(usual), |entry| entry.number(0.0..=most))
}
