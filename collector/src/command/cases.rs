//! `hark cases`: who waits for an answer, and what was done.

mod act;

use super::progress::Progress;
use crate::cli::{CaseFormat, CaseList, CaseStatus, CaseVerb, Cases, ShowCase};
use crate::console::{print, say};
use crate::failure::Failure;
use crate::settings;
use jiff::Timestamp;
use report::cases::{self, Found, Lookup, Wanted, Which};
use report::{Query, render, when};
use serde::Serialize;
use std::path::Path;
use survey::case::Status;

/// So many a table lists unless it is told otherwise.
const LISTED: usize = 50;

pub(crate) fn run(typed: Cases, clock: fn() -> Timestamp) -> Result<(), Failure> {
    match typed.verb {
        None => list(typed.list, clock()),
        Some(CaseVerb::Show(typed)) => show(typed, clock()),
        Some(CaseVerb::Answer(typed)) => act::turn(typed, Status::Answered, clock),
        Some(CaseVerb::Resolve(typed)) => act::turn(typed, Status::Resolved, clock),
        Some(CaseVerb::Close(typed)) => act::turn(typed, Status::NoAction, clock),
        Some(CaseVerb::Reopen(typed)) => act::turn(typed, Status::Open, clock),
        Some(CaseVerb::Assign(typed)) => act::assign(typed, clock),
        Some(CaseVerb::Note(typed)) => act::note(typed, clock),
    }
}

fn list(typed: CaseList, now: Timestamp) -> Result<(), Failure> {
    let (since, until) = when::span(typed.since.as_deref(), typed.until.as_deref(), now)?;
    let data = settings::data_folder(&typed.config, typed.data)?;
    let usual = match typed.format {
        CaseFormat::Table => LISTED,
        CaseFormat::Json | CaseFormat::Csv => usize::MAX,
    };
    let wanted = Wanted {
        query: Query {
            survey: typed.survey,
            site: typed.site,
            since,
            until,
            include_automated: typed.include_automated,
            ..Query::default()
        },
        now,
        owner: typed.owner,
        which: which(typed.status),
        most: typed.limit.unwrap_or(usual),
    };
    let cases = Progress::shown(|progress| {
        cases::read(&data, &wanted, &|done, of| progress.is_at(done, of))
    })?;
    for absent in &cases.absent {
        say(absent);
    }
    match typed.format {
        CaseFormat::Table => print(render::cases(&cases, now)),
        CaseFormat::Json => print(json(&cases)?),
        CaseFormat::Csv => print(render::cases_csv(&cases)?),
    }
}

fn which(status: CaseStatus) -> Which {
    match status {
        CaseStatus::Unsettled => Which::Unsettled,
        CaseStatus::Overdue => Which::Overdue,
        CaseStatus::Open => Which::Of(Status::Open),
        CaseStatus::Answered => Which::Of(Status::Answered),
        CaseStatus::Resolved => Which::Of(Status::Resolved),
        CaseStatus::NoAction => Which::Of(Status::NoAction),
        CaseStatus::All => Which::All,
    }
}

fn show(typed: ShowCase, now: Timestamp) -> Result<(), Failure> {
    let data = settings::data_folder(&typed.at.config, typed.at.data)?;
    let found = find(&data, &typed.at.id, now)?;
    if typed.json {
        print(json(&found)?)
    } else {
        print(render::case(&found, now))
    }
}

/// The case that is meant, or why there is none.
fn find(data: &Path, id: &str, now: Timestamp) -> Result<Found, Failure> {
    let idea = id.parse().map_err(|_| Failure::NoCaseId(id.to_owned()))?;
    let lookup = Progress::shown(|progress| {
        cases::find(data, &idea, now, &|done, of| progress.is_at(done, of))
    })?;
    match lookup {
        Lookup::One(found) => Ok(*found),
        Lookup::NoCase(id) => Err(Failure::NotACase(id.to_string())),
        Lookup::Nothing => Err(Failure::NoSuchCase(id.to_owned())),
        Lookup::Several { total, first } => Err(Failure::SeveralCases {
            typed: id.to_owned(),
            total,
            first: first.iter().map(cases::Case::id).collect(),
        }),
    }
}

fn json(of: &impl Serialize) -> Result<String, Failure> {
    let text = serde_json::to_string_pretty(of);
    text.map(|text| text + "\n")
        .map_err(|error| Failure::Output(error.into()))
}
