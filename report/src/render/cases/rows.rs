//! Cases as rows for a spreadsheet.

use std::io;

use jiff::Timestamp;

use crate::cases::{Case, Cases};
use crate::export::harmless;

/// The columns; moments are in UTC, as RFC 3339.
const HEADER: [&str; 19] = [
    "id",
    "site",
    "survey",
    "metric",
    "score",
    "status",
    "overdue",
    "owner",
    "opened_at",
    "due_at",
    "answered_at",
    "resolved_at",
    "reopened_at",
    "changed_at",
    "contact",
    "page",
    "device",
    "language",
    "comment",
];

/// The cases as CSV (RFC 4180). Text that a spreadsheet would run as a formula begins with `'`.
///
/// # Errors
/// Never in practice: it is written into memory.
pub fn cases_csv(cases: &Cases) -> io::Result<String> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(HEADER)?;
    for case in &cases.cases {
        writer.write_record(cells(case))?;
    }
    let bytes = writer.into_inner().map_err(io::Error::other)?;
    String::from_utf8(bytes).map_err(io::Error::other)
}

fn cells(case: &Case) -> [String; HEADER.len()] {
    let response = &case.response;
    let text = |text: &str| harmless(text).into_owned();
    let moment = |moment: Option<Timestamp>| moment.map_or_else(String::new, |at| at.to_string());
    [
        case.id(),
        text(&response.site),
        text(&response.survey),
        response.metric.name().to_owned(),
        response
            .score
            .map_or_else(String::new, |score| score.to_string()),
        case.status.name().to_owned(),
        case.overdue.to_string(),
        text(case.owner.as_deref().unwrap_or_default()),
        case.opened_at.to_string(),
        case.due_at.to_string(),
        moment(case.answered_at),
        moment(case.resolved_at),
        moment(case.reopened_at),
        moment(case.changed_at),
        response.contact.to_string(),
        text(&response.page),
        response.device.clone(),
        text(&response.language),
        text(response.comment.as_deref().unwrap_or_default()),
    ]
}
