//! A survey's segments, one a line: the figure that is compared, how far it is from what it is compared
//! with, and whether that is more than chance.

use super::{columns, words};
use crate::by::By;
use crate::comparison::{Comparison, With};
use crate::figures::{ANSWERS_FIRM, ANSWERS_MIN, Figure, FigureName};
use crate::segment_report::SegmentReport;
use crate::verdict::{p_value, thousands};

/// So many are printed; the JSON has them all.
const SEGMENTS_MAX: usize = 40;

pub(super) fn block(by: &By, segments: &[SegmentReport]) -> Vec<String> {
    let Some(name) = segments
        .first()
        .and_then(|segment| segment.summary.compared())
        .map(|figure| figure.name)
    else {
        return Vec::new();
    };
    let mut lines = vec![
        format!(
            "  {} {:>8} {:>7} {:>9}  95 % interval  {}",
            columns::padded(&format!("by {}", by.name()), 16),
            "shown",
            "n",
            head(name),
            if by.is_time() {
                "since before"
            } else {
                "beside the rest"
            },
        )
        .trim_end()
        .to_owned(),
    ];
    let shown = segments.iter().take(SEGMENTS_MAX);
    lines.extend(shown.clone().map(line));
    let unnamed = segments.len().saturating_sub(SEGMENTS_MAX);
    if unnamed > 0 {
        lines.push(format!(
            "  and {unnamed} more: `--format json` has them all"
        ));
    }
    if shown.map(mark).any(|mark| !mark.is_empty()) {
        lines.push(format!(
            "  * preliminary: fewer than {ANSWERS_FIRM} answers"
        ));
    }
    lines
}

fn line(segment: &SegmentReport) -> String {
    let summary = &segment.summary;
    let start = format!(
        "  {} {:>8} {:>7}",
        columns::padded(segment.value(), 16),
        thousands(summary.impressions),
        thousands(summary.n) + mark(segment)
    );
    let Some((figure, value)) = summary
        .compared()
        .and_then(|figure| Some((figure, figure.value?)))
    else {
        return format!("{start}  fewer than {ANSWERS_MIN} answers");
    };
    let value = words::value(figure.name, value);
    let difference = segment
        .comparison
        .as_ref()
        .map_or_else(String::new, differs);
    format!("{start} {value:>9}  {:<14} {difference}", interval(figure))
        .trim_end()
        .to_owned()
}

/// Behind the n of a figure that is preliminary.
fn mark(segment: &SegmentReport) -> &'static str {
    let summary = &segment.summary;
    let is_known = summary
        .compared()
        .is_some_and(|figure| figure.value.is_some());
    if is_known && summary.n < ANSWERS_FIRM {
        "*"
    } else {
        ""
    }
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

/// The raw difference. What is more than chance is marked with an arrow; an arrow without a test would be a
/// guess.
fn differs(comparison: &Comparison) -> String {
    let Some(difference) = comparison.difference else {
        return String::new();
    };
    let raw = words::signed(comparison.figure, difference);
    let p = comparison.p_adjusted.filter(|_| comparison.is_real());
    let tested = p.map_or_else(String::new, |p| {
        let arrow = match (comparison.with, difference < 0.0) {
            (With::Rest, true) => "↓",
            (With::Rest, false) => "↑",
            (With::Previous, true) => "↘",
            (With::Previous, false) => "↗",
        };
        format!("{arrow} {}", p_value(p))
    });
    format!("{raw:>6} {tested}")
}

const fn head(name: FigureName) -> &'static str {
    match name {
        FigureName::Nps => "NPS",
        FigureName::Csat => "satisfied",
        FigureName::CsatBottom2 => "unhappy",
        FigureName::CesEasy => "easy",
        FigureName::CsatMean | FigureName::CesMean => "mean",
        FigureName::ResponseRate => "answered",
        FigureName::Completion => "completed",
        FigureName::CommentShare => "commented",
    }
}
