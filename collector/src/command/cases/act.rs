//! What is done about a case: written down by whoever holds the data folder.

use super::find;
use crate::cli::{AssignCase, By, CaseAt, CaseDeed, NoteCase};
use crate::console::{print, say};
use crate::failure::Failure;
use crate::journal::{self, Request};
use crate::settings;
use jiff::Timestamp;
use report::render::case_status;
use std::io::{self, Read};
use survey::case::{CaseLine, Deed, Status};

/// The case has this status from now on.
pub(super) fn turn(
    typed: CaseDeed,
    status: Status,
    clock: fn() -> Timestamp,
) -> Result<(), Failure> {
    let deed = Deed {
        status: Some(status),
        note: words(typed.note)?,
        ..Deed::default()
    };
    write(typed.at, deed, typed.by, clock)
}

/// The case has this owner from now on.
pub(super) fn assign(typed: AssignCase, clock: fn() -> Timestamp) -> Result<(), Failure> {
    let deed = Deed {
        owner: Some(typed.owner.unwrap_or_default()),
        note: words(typed.note)?,
        ..Deed::default()
    };
    write(typed.at, deed, typed.by, clock)
}

/// Something about the case is worth knowing.
pub(super) fn note(typed: NoteCase, clock: fn() -> Timestamp) -> Result<(), Failure> {
    let deed = Deed {
        note: words(Some(typed.note))?,
        ..Deed::default()
    };
    write(typed.at, deed, typed.by, clock)
}

/// The words, or those of standard input in place of `-`.
fn words(typed: Option<String>) -> Result<Option<String>, Failure> {
    if typed.as_deref() != Some("-") {
        return Ok(typed);
    }
    let mut text = String::new();
    io::stdin()
        .read_to_string(&mut text)
        .map_err(Failure::Input)?;
    Ok(Some(text))
}

fn write(at: CaseAt, deed: Deed, by: By, clock: fn() -> Timestamp) -> Result<(), Failure> {
    let by = by.by.filter(|by| !by.is_empty());
    let typed_note = deed.note.clone();
    let deed = Deed { by, ..deed }.checked()?;
    let data = settings::data_folder(&at.config, at.data)?;
    let case = find(&data, &at.id, clock())?.case;
    if !case.is_changed_by(&deed) {
        say("nothing is written down: it is so already; --note adds what there is to say");
    } else {
        let id = case.response.id;
        let (site, survey) = (&case.response.site, &case.response.survey);
        let line = CaseLine::new(id, site, survey, deed.clone(), format!("{:.3}", clock()));
        journal::ask(&data, &Request::Case(line), clock)?;
        if typed_note.is_some_and(|typed| deed.note.as_ref() != Some(&typed.trim().to_owned())) {
            say("personal data in the note is masked");
        }
    }
    let status = case_status(deed.status.unwrap_or(case.status));
    let owner = deed.owner.or(case.owner).filter(|owner| !owner.is_empty());
    let owner = owner.map_or_else(String::new, |owner| format!(", {owner}"));
    print(format_args!("{} {status}{owner}\n", case.response.id))
}
