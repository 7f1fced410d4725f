//! `hark erase`: forgets what a visitor said, or one response.

use crate::cli;
use crate::console::print;
use crate::failure::Failure;
use crate::journal::{self, Answer, Erasure, Request};
use crate::settings;
use jiff::Timestamp;
use std::collections::BTreeSet;
use std::io;
use survey::id::EventId;

pub(crate) fn run(typed: cli::Erase, clock: fn() -> Timestamp) -> Result<(), Failure> {
    let data = settings::data_folder(&typed.config, typed.data)?;
    let erasure = Erasure {
        visitors: named(typed.visitor)?,
        responses: named(typed.response)?,
    };
    let unknown = |id: &&String| id.parse::<EventId>().is_err();
    if let Some(id) = erasure.responses.iter().find(unknown) {
        return Err(Failure::NoResponseId(id.clone()));
    }
    let lines = match journal::ask(&data, &Request::Erase(erasure), clock)? {
        Answer::Erased { lines } => lines,
        _ => 0,
    };
    print(format_args!("lines removed: {lines}\n"))
}

/// The ids, with those of standard input, one a line, in place of `-`.
fn named(typed: Vec<String>) -> Result<BTreeSet<String>, Failure> {
    let mut ids = BTreeSet::new();
    for id in typed {
        if id == "-" {
            for line in io::stdin().lines() {
                ids.insert(line.map_err(Failure::Input)?.trim().to_owned());
            }
        } else {
            ids.insert(id);
        }
    }
    ids.remove("");
    Ok(ids)
}
