//! `hark new`: a survey to begin with, as a draft with everything it may want said beside it.

use crate::cli::{self, Measured};
use crate::console::{print, say};
use crate::failure::Failure;
use crate::settings;
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::Path;

pub(crate) fn run(typed: cli::New) -> Result<(), Failure> {
    let text = match typed.metric {
        Measured::Csat => include_str!("new/csat.toml"),
        Measured::Ces => include_str!("new/ces.toml"),
        Measured::Nps => include_str!("new/nps.toml"),
    };
    // The text is right, so that only the id can be wrong; it may be no path to somewhere else either.
    if survey::file::parse(&typed.id, text).is_err() {
        return Err(Failure::NoSurveyId(typed.id));
    }
    let folder = settings::survey_folder(&typed.config, typed.surveys)?;
    let path = folder.join(format!("{}.toml", typed.id));
    let refused = |source| Failure::Unwritable {
        path: path.clone(),
        source,
    };
    fs::create_dir_all(&folder).map_err(refused)?;
    write(&path, text).map_err(|error| match error.kind() {
        io::ErrorKind::AlreadyExists => Failure::SurveyExists(path.clone()),
        _ => refused(error),
    })?;
    print(format_args!("{}\n", path.display()))?;
    say(
        "It is a draft. Change what it asks, whom and when; then run `hark check`, and set \
         `status = \"live\"`.",
    );
    Ok(())
}

/// A file of that name that is there already stays as it is.
fn write(path: &Path, text: &str) -> io::Result<()> {
    let mut file = File::create_new(path)?;
    let written = file
        .write_all(text.as_bytes())
        .and_then(|()| file.sync_all());
    if written.is_err() {
        // Half a survey is none; the failure matters more than that it stays.
        let _ = fs::remove_file(path);
    }
    written
}
