//! Asks whoever holds the folder, or holds it oneself for as long as it takes.

use super::folders::Folders;
use super::lock::LockError;
use super::request::{self, Answer, Request};
use super::storage::{Disk, Storage};
use super::{Journal, OpenError};
use jiff::Timestamp;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::Duration;

/// How often it looks for an answer.
const TICK: Duration = Duration::from_millis(20);

/// Why nothing could be asked for.
#[derive(Debug, thiserror::Error)]
pub(crate) enum AskError {
    #[error("there are no answers in the data folder `{}`", .0.display())]
    NoJournal(PathBuf),
    #[error("the running collector cannot read what was asked for, and has done nothing: {why}; it lies in `{}`", aside.display())]
    Refused { aside: PathBuf, why: String },
    #[error(transparent)]
    Open(#[from] OpenError),
}

/// Has it done, by the running collector if there is one. Once this has begun, the next start of hark
/// completes what a crash may interrupt.
pub(crate) fn ask(
    folder: &Path,
    request: &Request,
    clock: fn() -> Timestamp,
) -> Result<Answer, AskError> {
    let folders = Folders::of(folder);
    if !folders.events.is_dir() {
        return Err(AskError::NoJournal(folder.to_owned()));
    }
    let unusable = |source| OpenError::Folder {
        folder: folder.to_owned(),
        source,
    };
    Disk.create_folder(&folders.requests).map_err(unusable)?;
    let name = format!("{}-{}", clock().as_nanosecond(), std::process::id());
    let path = request::ask(&Disk, &folders.requests, &name, request).map_err(unusable)?;
    let mut own = None;
    loop {
        match request::take_answer(&Disk, &path).map_err(unusable)? {
            Some(Answer::Refused { why }) => {
                let aside = request::aside(&path);
                return Err(AskError::Refused { aside, why });
            }
            Some(answer) => return Ok(answer),
            None => {}
        }
        if own.is_none() {
            own = open_if_free(folder, clock)?;
        }
        thread::sleep(TICK);
    }
}

/// The journal, unless another process has it.
fn open_if_free(folder: &Path, clock: fn() -> Timestamp) -> Result<Option<Journal>, OpenError> {
    // Whoever asks to erase has not asked for old lines to go, nor waits for anything to be packed.
    match Journal::open(folder, None, clock) {
        Ok((journal, _)) => Ok(Some(journal)),
        Err(OpenError::Lock(LockError::Taken(_))) => Ok(None),
        Err(error) => Err(error),
    }
}
