//! What the figures rest on: the lines read, those left out, and where the unreadable ones are.

use super::{columns, row, wrap};
use crate::figures::nps::Method;
use crate::summary::{Lines, Report};
use crate::verdict::thousands;

pub(super) fn block(report: &Report) -> Vec<String> {
    let mut lines = vec![row(
        "lines read",
        thousands(report.lines.read),
        &left_out(report),
    )];
    lines.extend(unreadable(&report.lines));
    if !report.surveys.is_empty() {
        lines.extend(
            report
                .query
                .filters()
                .into_iter()
                .flat_map(|filter| only(&filter)),
        );
        let methods = if report.query.live {
            "confidence sequences: true however often one looks"
        } else {
            methods(report.query.method)
        };
        lines.push(wide_row("95 % intervals", methods));
        if report.query.live {
            let others = "that of the median time, and of what moved most, is for one look";
            lines.push(wide_row("", others));
        }
    }
    lines
}

fn left_out(report: &Report) -> String {
    let Lines {
        unreadable,
        duplicate,
        automated,
        ..
    } = report.lines;
    let fate = if report.query.include_automated {
        "counted"
    } else {
        "left out"
    };
    let over_quota = report.lines.over_quota_too();
    format!(
        "{unreadable} unreadable, {duplicate} duplicate, {automated} automated {fate}{over_quota}"
    )
}

fn unreadable(lines: &Lines) -> Vec<String> {
    let mut rows = Vec::new();
    for place in &lines.unreadable_places {
        rows.push(format!("  {}:{}", place.file.display(), place.line));
        rows.push(format!("    {}", place.reason));
    }
    let unnamed = lines.unreadable - lines.unreadable_places.len() as u64;
    if unnamed > 0 {
        rows.push(format!("  and {unnamed} more unreadable"));
    }
    rows
}

/// One of the things the report was narrowed down to; a long name has a line of its own.
fn only(filter: &str) -> Vec<String> {
    let row = wide_row("only", filter);
    if columns::of(&row) <= wrap::COLUMNS_MAX {
        vec![row]
    } else {
        vec!["  only".to_owned(), format!("    {filter}")]
    }
}

/// A label and a text that leaves no room for a remark.
fn wide_row(label: &str, text: &str) -> String {
    format!("  {label:<16}{text}")
}

const fn methods(method: Method) -> &'static str {
    match method {
        Method::AdjustedWald => "adjusted Wald for NPS, Wilson for shares, Student t for means",
        Method::BonettPrice => "Bonett-Price for NPS, Wilson for shares, Student t for means",
    }
}
