//! Cases as a table, those that wait longest first.

use jiff::Timestamp;

use super::super::columns::{self, cut, padded};
use super::words::{due, figures, plain, score, status};
use crate::cases::{Case, Cases};
use crate::verdict::thousands;

/// The first 48 bits of an id are its time: two cards that appear in the same millisecond share these.
const ID_CHARACTERS: usize = 13;
const COLUMNS: usize = 80;

/// The figures, then two lines a case: where it stands, and what was written.
#[must_use]
pub fn cases(cases: &Cases, now: Timestamp) -> String {
    let mut lines = vec![format!("Follow-up, {} UTC", super::words::moment(now))];
    lines.extend(
        figures(&cases.figures)
            .iter()
            .map(|said| format!("  {said}")),
    );
    lines.push(String::new());
    if cases.cases.is_empty() {
        lines.push(nothing(cases).to_owned());
    } else {
        lines.push(row("case", "due", "status", "owner", "score", "survey"));
    }
    let ids: Vec<String> = cases.cases.iter().map(Case::id).collect();
    for (case, id) in cases.cases.iter().zip(&ids) {
        lines.extend(block(case, shortest(id, &ids), now));
    }
    let hidden = cases.total.saturating_sub(cases.cases.len() as u64);
    if hidden > 0 {
        lines.push(String::new());
        lines.push(format!(
            "and {} more; --limit shows them",
            thousands(hidden)
        ));
    }
    lines.push(String::new());
    lines.join("\n")
}

const fn nothing(cases: &Cases) -> &'static str {
    if cases.figures.cases == 0 {
        "No cases: no low score with a comment or a contact."
    } else {
        "None of these cases."
    }
}

fn block(case: &Case, id: &str, now: Timestamp) -> Vec<String> {
    let response = &case.response;
    let owner = plain(case.owner.as_deref().unwrap_or_default());
    let first = row(
        id,
        &due(case, now),
        status(case.status),
        &owner,
        &score(case),
        &plain(&response.survey),
    );
    let comment = response.comment.as_deref().map(plain);
    let comment = comment.map(|text| format!("“{text}”"));
    let contact = response.contact.then(|| "left a contact".to_owned());
    let page = Some(plain(&response.page)).filter(|page| !page.is_empty());
    let said: Vec<String> = page.into_iter().chain(contact).chain(comment).collect();
    let second = format!("    {}", cut(&said.join(", "), COLUMNS - 4));
    vec![first, second]
}

fn row(id: &str, due: &str, status: &str, owner: &str, score: &str, place: &str) -> String {
    let row = format!(
        "{id:<ID_CHARACTERS$}  {due:<12}{status:<10}{}{score:>5}  ",
        padded(owner, 12)
    );
    let left = COLUMNS.saturating_sub(columns::of(&row));
    (row + &cut(place, left)).trim_end().to_owned()
}

/// Enough of an id to tell it from the others.
fn shortest<'i>(id: &'i str, others: &[String]) -> &'i str {
    (ID_CHARACTERS..id.len())
        .filter_map(|length| id.get(..length))
        .find(|start| {
            let same = others.iter().filter(|other| other.starts_with(start));
            same.count() <= 1 && !start.ends_with('-')
        })
        .unwrap_or(id)
}
