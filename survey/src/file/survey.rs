//! From the text of `surveys/<id>.toml` to a survey, or to every fault in it.

use super::appearance::appearance;
use super::duration;
use super::fault::Fault;
use super::follow_up::follow_up;
use super::section::{self, Entry, Section, choice, list, optional};
use super::target::{anywhere, target};
use super::text::text;
use super::thanks::thanks;
use super::trigger::{trigger, unhurried};
use crate::definition::{Appearance, Status, Survey, Text, Thanks, Variant};
use crate::frequency::Frequency;
use crate::metric::Metric;
use crate::offer::Style;

/// Room enough for any order of surveys, and short to write.
const PRIORITIES: std::ops::RangeInclusive<i32> = -1_000..=1_000;

/// Reads a survey file; `id` is its name without the ending.
///
/// # Errors
/// Every fault of the file, with its place, in the order of the file.
pub fn parse(id: &str, contents: &str) -> Result<Survey, Vec<Fault>> {
    section::parse(contents, |file| survey(id, file))
}

// Every key is asked for before anything is given up, so that all faults are found at once.
fn survey(id: &str, file: &Section<'_>) -> Option<Survey> {
    check_id(id, file);
    let metric = file.require("metric").and_then(|entry| {
        entry.choice(&[
            ("csat", Metric::Csat),
            ("ces", Metric::Ces),
            ("nps", Metric::Nps),
        ])
    });
    let status = choice(
        file,
        "status",
        Status::Live,
        &[
            ("draft", Status::Draft),
            ("live", Status::Live),
            ("paused", Status::Paused),
        ],
    );
    let variant = file
        .get("wording")
        .map_or(Some(Variant::Standard), |entry| variant(&entry, metric));
    let priority = file
        .get("priority")
        .map_or(Some(0), |entry| entry.whole(PRIORITIES));
    let style = file
        .get("style")
        .map_or(Some(Style::default()), |entry| style(&entry, metric));
    let question = optional(file, "question", text);
    let anchors = anchors(file);
    let follow_ups = list(file, "follow_up", |entry| entry.section(follow_up));
    let thanks = file
        .get("thanks")
        .map_or_else(|| Some(Thanks::default()), |entry| entry.section(thanks));
    let target = file
        .get("target")
        .map_or_else(|| Some(anywhere()), |entry| entry.section(target));
    let triggers = match file.get("trigger") {
        Some(entry) => entry.filled_list(|entry| entry.section(trigger)),
        None => Some(vec![unhurried()]),
    };
    let frequency = file
        .get("frequency")
        .map_or(Some(Frequency::OF_A_SURVEY), |entry| {
            entry.section(|section| duration::frequency(section, Frequency::OF_A_SURVEY))
        });
    let appearance = file.get("appearance").map_or_else(
        || Some(Appearance::default()),
        |entry| entry.section(appearance),
    );
    let (anchor_low, anchor_high) = anchors?;
    Some(Survey {
        id: id.to_owned(),
        metric: metric?,
        status: status?,
        priority: priority?,
        variant: variant?,
        question: question?,
        style: style?,
        anchor_low,
        anchor_high,
        follow_ups: follow_ups?,
        thanks: thanks?,
        target: target?,
        triggers: triggers?,
        frequency: frequency?,
        appearance: appearance?,
    })
}

/// Ids stand in addresses, file names and column values, so they are kept plain.
fn check_id(id: &str, file: &Section<'_>) {
    let is_plain = |character: char| character.is_ascii_alphanumeric() || "-_".contains(character);
    if id.is_empty() || id.len() > 64 || !id.chars().all(is_plain) {
        let hint = "name the file with at most 64 letters, digits, `-` and `_`";
        file.fault(
            format!("`{id}` cannot be a survey's id"),
            Some(hint.to_owned()),
        );
    }
}

fn variant(entry: &Entry<'_>, metric: Option<Metric>) -> Option<Variant> {
    let standard = ("standard", Variant::Standard);
    let purchase = ("purchase", Variant::Purchase);
    match metric? {
        Metric::Nps => entry.choice(&[standard]),
        Metric::Csat => entry.choice(&[standard, purchase]),
        Metric::Ces => entry.choice(&[
            standard,
            ("issue", Variant::Standard),
            purchase,
            ("find", Variant::Find),
        ]),
    }
}

/// Stars and faces stand for satisfaction; on another scale they would mean something else.
fn style(entry: &Entry<'_>, metric: Option<Metric>) -> Option<Style> {
    let style = entry.choice(&Style::ALL.map(|style| (style.name(), style)))?;
    if style != Style::Numbers && metric.is_some_and(|metric| metric != Metric::Csat) {
        let hint = "stars and smileys are for `csat`".to_owned();
        entry.fault(format!("`style` cannot be `{}`", style.name()), Some(hint));
        return None;
    }
    Some(style)
}

fn anchors(file: &Section<'_>) -> Option<(Option<Text>, Option<Text>)> {
    let low = optional(file, "anchor_low", text);
    let high = optional(file, "anchor_high", text);
    let (low, high) = (low?, high?);
    if low.is_some() != high.is_some() {
        let message = "`anchor_low` and `anchor_high` come together or not at all";
        file.fault(message.to_owned(), None);
        return None;
    }
    Some((low, high))
}

#[cfg(test)]
mod tests;
