//! The report as text for a terminal, at most 80 columns but for paths, as rows, and as a page. No
//! colour is needed.

mod bars;
mod cases;
pub(crate) mod columns;
mod csv;
mod empty;
mod footer;
mod headline;
mod html;
mod json;
pub mod kpi;
mod said;
mod segments;
mod sparkline;
mod survey;
pub mod words;
mod wrap;

use crate::comments::Said;
use crate::summary::Report;
pub use cases::{
    case, cases, cases_csv, due as case_due, figures as case_figures, lasting as case_time,
    status as case_status,
};
pub use csv::csv;
pub use html::html;
pub(crate) use html::moved_most;
pub use json::json;
pub use said::about;

/// The report as a table: what moved most, then each survey with its headline figure first, then
/// what it rests on.
#[must_use]
pub fn table(report: &Report) -> String {
    table_and_comments(report, &Said::default())
}

/// The same, with what people wrote: behind what moved most, and below the figures of each survey.
#[must_use]
pub fn table_and_comments(report: &Report, said: &Said) -> String {
    let mut lines = Vec::new();
    if let Some(headline) = &report.headline {
        lines.extend(headline::block(headline));
        lines.extend(said.voices.iter().flat_map(said::voices));
        lines.push(String::new());
    }
    for survey in &report.surveys {
        lines.extend(survey::block(survey, report.query.by.as_ref()));
        lines.push(String::new());
        let (id, site, metric) = (&survey.survey, &survey.site, survey.metric);
        let by_language = said.by_language_on(id, site, metric);
        for comments in said.on(id, site, metric).into_iter().chain(by_language) {
            lines.extend(said::block(comments, report.query.survey.is_some()));
            lines.push(String::new());
        }
    }
    if report.surveys.is_empty() {
        lines.extend(empty::block(report));
        lines.push(String::new());
    }
    lines.extend(footer::block(report));
    lines.push(String::new());
    lines.join("\n")
}

/// One line of a table: a label, a value, and what is to be said about it.
fn row(label: &str, value: impl std::fmt::Display, remark: &str) -> String {
    let value = value.to_string();
    format!("  {label:<16}{value:<9}{remark}")
        .trim_end()
        .to_owned()
}
