//! Shop figures as a table for a terminal: what moved, then stage by stage, then what cannot be known.

mod csv;
mod html;

use std::io;

use super::{words, wrap};
use crate::figures::ANSWERS_FIRM;
use crate::kpi::{BandKpi, Kpi, Level, Measure, Purchases, SiteKpi, StageKpi};
use crate::verdict::thousands;
pub use csv::csv;
pub use html::html;

/// Shop figures in at most 80 columns, the most important first.
#[must_use]
pub fn table(kpi: &Kpi) -> String {
    let mut lines = Vec::new();
    for site in &kpi.sites {
        lines.extend(block(site));
        lines.push(String::new());
    }
    if kpi.sites.is_empty() {
        lines.extend(wrap::wrap(NOTHING, 0));
        lines.push(String::new());
    }
    let filters = kpi.query.filters();
    if !filters.is_empty() {
        lines.extend(wrap::labelled("only", &filters.join(", ")));
    }
    lines.extend(wrap::labelled("95 % intervals", METHODS));
    lines.push(String::new());
    lines.join("\n")
}

pub(super) const NOTHING: &str =
    "No survey was shown and no purchase was told of in what was asked for.";

/// Shop figures as one JSON object, in full precision.
///
/// # Errors
/// When a value cannot be written as JSON, which none of ours is.
pub fn json(kpi: &Kpi) -> io::Result<String> {
    Ok(serde_json::to_string_pretty(kpi)? + "\n")
}

/// How intervals and tests are made.
pub const METHODS: &str = "Wilson for shares, Student t for means, order statistics for \
     medians; differences by Newcombe and Welch";

fn block(site: &SiteKpi) -> Vec<String> {
    let mut lines = Vec::new();
    if let Some(moved) = &site.moved {
        lines.extend(wrap::wrap(
            &format!("{}: {}", site.site, moved.verdict()),
            0,
        ));
        lines.push(String::new());
    }
    let title = format!(
        "Shop figures of {}: {}",
        site.site,
        purchases(&site.purchases)
    );
    lines.extend(wrap::wrap(&title, 0));
    for stage in &site.stages {
        lines.push(String::new());
        lines.extend(stage_block(stage));
    }
    lines.push(String::new());
    lines.push("What cannot be known from these events".to_owned());
    for sentence in &site.unknown {
        lines.extend(wrap::wrap(&format!("  - {sentence}"), 4));
    }
    lines
}

/// How many purchases, and what they are worth.
#[must_use]
pub fn purchases(purchases: &Purchases) -> String {
    let number = format!("{} purchases", thousands(purchases.n));
    let currency = purchases
        .currency
        .as_ref()
        .map_or_else(String::new, |currency| format!(" {currency}"));
    let level = |level: &Level| {
        let value = level.value?;
        let number = |value| Measure::ValuePerPurchase.number(value);
        let interval = match (level.low, level.high) {
            (Some(low), Some(high)) => format!(" ({} to {})", number(low), number(high)),
            _ => String::new(),
        };
        Some(format!("{}{currency}{interval}", number(value)))
    };
    match (level(&purchases.mean), level(&purchases.median)) {
        (Some(mean), Some(median)) => {
            format!("{number}, mean value {mean}, median {median}")
        }
        _ => format!("{number}; too few with a value"),
    }
}

fn stage_block(stage: &StageKpi) -> Vec<String> {
    let mut lines = Vec::new();
    let heads = stage.bands.iter().map(|band| head(band).to_owned());
    lines.push(cells(stage.stage.title(), heads));
    let sessions = stage.bands.iter().map(|band| thousands(band.sessions));
    lines.push(cells("  sessions", sessions));
    for measure in measures(stage) {
        lines.extend(measure_rows(stage, measure));
    }
    if let Some(verdict) = stage.verdict() {
        lines.extend(wrap::wrap(&format!("  {verdict}"), 2));
    }
    lines
}

/// Those that are measured in this stage.
#[must_use]
pub fn measures(stage: &StageKpi) -> Vec<Measure> {
    let first = stage.bands.first();
    first.map_or_else(Vec::new, |band| band.levels.keys().copied().collect())
}

/// What came back, as the head of a column.
#[must_use]
pub fn head(band: &BandKpi) -> &'static str {
    match band.band {
        "no_score" => "no score",
        name => name,
    }
}

fn measure_rows(stage: &StageKpi, measure: Measure) -> Vec<String> {
    let level = |band: &BandKpi| band.levels.get(&measure).copied().unwrap_or_default();
    let levels: Vec<Level> = stage.bands.iter().map(level).collect();
    let label = format!("  {}", measure.label());
    let mut lines = vec![cells(
        &label,
        levels.iter().map(|level| value(measure, level)),
    )];
    if levels.iter().any(|level| level.low.is_some()) {
        lines.push(cells(
            "",
            levels.iter().map(|level| interval(measure, level)),
        ));
    }
    let sessions = stage.bands.iter().map(|band| band.sessions);
    if levels.iter().map(|level| level.n).ne(sessions) {
        lines.push(cells(
            "    n",
            levels.iter().map(|level| thousands(level.n)),
        ));
    }
    lines
}

/// The value, marked if it is preliminary.
#[must_use]
pub fn value(measure: Measure, level: &Level) -> String {
    let Some(value) = level.value else {
        return if level.n == 0 { "–" } else { "too few" }.to_owned();
    };
    let mark = if level.n < ANSWERS_FIRM { "~" } else { "" };
    format!("{mark}{}", measure.value(value))
}

/// Both ends of the interval; empty where there is none.
#[must_use]
pub fn interval(measure: Measure, level: &Level) -> String {
    match (level.low, level.high) {
        (Some(low), Some(high)) => {
            format!("{}–{}", measure.number(low), measure.number(high))
        }
        _ => String::new(),
    }
}

fn cells(label: &str, cells: impl Iterator<Item = String>) -> String {
    let cells: String = cells.map(|cell| format!("{cell:>14}")).collect();
    format!("{label:<22}{cells}").trim_end().to_owned()
}

/// Sentences begin with a capital letter.
#[must_use]
pub fn sentence(text: &str) -> String {
    words::capitalised(text)
}
