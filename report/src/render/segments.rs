//! A survey's segments, one a line, and what of them differs.

use super::{columns, words};
use crate::by::By;
use crate::comparison::{Comparison, With};
use crate::figures::{ANSWERS_FIRM, ANSWERS_MIN, Figure};
use crate::segment_report::SegmentReport;
use crate::verdict::{p_value, thousands};

/// So many are printed; the JSON has them all.
const SEGMENTS_MAX: usize = 40;

pub(super) fn block(by: &By, segments: &[SegmentReport]) -> Vec<String> {
    let Some(name) = segments
        .first()
        .and_then(|segment| segment.summary.figures.first())
        .map(|figure| figure.name)
    else {
        return Vec::new();
    };
    let mut lines = vec![
        format!(
            "  {} {:>8} {:>7}  {:>9}  95 % interval",
            columns::padded(&format!("by {}", by.name()), 20),
            "shown",
            "n",
            short(words::figure(name)),
        )
        .trim_end()
        .to_owned(),
    ];
    lines.extend(segments.iter().take(SEGMENTS_MAX).map(line));
    let unnamed = segments.len().saturating_sub(SEGMENTS_MAX);
    if unnamed > 0 {
        lines.push(format!(
            "  and {unnamed} more: `--format json` has them all"
        ));
    }
    lines
}

fn line(segment: &SegmentReport) -> String {
    let summary = &segment.summary;
    let start = format!(
        "  {} {:>8} {:>7}",
        columns::padded(segment.value(), 20),
        thousands(summary.impressions),
        thousands(summary.n)
    );
    let Some((figure, value)) = summary
        .figures
        .first()
        .and_then(|figure| Some((figure, figure.value?)))
    else {
        return format!("{start}  fewer than {ANSWERS_MIN} answers");
    };
    let value = words::value(figure.name, value);
    let remark = remark(segment.comparison.as_ref(), summary.n);
    format!("{start}  {value:>9}  {:<14} {remark}", interval(figure))
        .trim_end()
        .to_owned()
}

fn interval(figure: &Figure) -> String {
    match (figure.low, figure.high) {
        (Some(low), Some(high)) => {
            let number = |value| words::number(figure.name, value);
            format!("{} to {}", number(low), number(high))
        }
        _ => "none".to_owned(),
    }
}

/// What differs is marked with an arrow; an arrow without a test would be a guess.
fn remark(comparison: Option<&Comparison>, n: u64) -> String {
    if let Some(comparison) = comparison.filter(|comparison| comparison.is_real())
        && let (Some(difference), Some(p)) = (comparison.difference, comparison.p_adjusted)
    {
        let arrow = match (comparison.with, difference < 0.0) {
            (With::Rest, true) => "↓",
            (With::Rest, false) => "↑",
            (With::Previous, true) => "↘",
            (With::Previous, false) => "↗",
        };
        return format!("{arrow} {}", p_value(p));
    }
    if n < ANSWERS_FIRM {
        "preliminary".to_owned()
    } else {
        String::new()
    }
}

fn short(name: &str) -> String {
    name.split(' ')
        .next_back()
        .map(|word| columns::cut(word, 9))
        .unwrap_or_default()
}
