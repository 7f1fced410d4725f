//! How `hark erase`, `hark retain` and `hark cases` reach the process that holds the folder: a file asks, a file answers.
//!
//! Files and not a socket: what was asked for survives a crash of either side and is done at the next
//! start, and whoever may write to the data folder may ask, nobody else.

use super::erase::Erasure;
use super::storage::{self, Storage};
use serde::{Deserialize, Serialize};
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use survey::case::CaseLine;

/// What is asked for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Request {
    /// Forget what these have said.
    Erase(Erasure),
    /// Remove segments older than so many days.
    Retain {
        /// How many days are kept.
        days: u32,
    },
    /// Write down what was done about a response. Asked for again after a crash it is written once more,
    /// word for word, and counts once.
    Case(CaseLine),
}

/// What was done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Answer {
    /// So many lines were removed, contacts among them.
    Erased {
        /// How many.
        lines: usize,
    },
    /// So many segments were removed.
    Retained {
        /// How many.
        segments: usize,
    },
    /// What was done is on disk.
    Written,
    /// Nothing was done: the request cannot be read.
    Refused {
        /// What is wrong with it.
        why: String,
    },
}

const ASKED: &str = "request.json";
const ANSWERED: &str = "answer.json";

/// Puts a request down under a name that no other has; gives its path.
pub(super) fn ask(
    storage: &dyn Storage,
    requests: &Path,
    name: &str,
    request: &Request,
) -> io::Result<PathBuf> {
    let path = requests.join(format!("{name}.{ASKED}"));
    write(storage, &path, request)?;
    Ok(path)
}

/// Puts a request in place of the one that is there.
pub(super) fn write(storage: &dyn Storage, path: &Path, request: &Request) -> io::Result<()> {
    storage::replace(storage, path, &serde_json::to_vec(request)?)
}

/// The requests nobody has answered yet.
pub(super) fn waiting(storage: &dyn Storage, requests: &Path) -> io::Result<Vec<PathBuf>> {
    let mut names = storage.names(requests)?;
    names.retain(|name| name.ends_with(ASKED));
    names.sort();
    Ok(names.iter().map(|name| requests.join(name)).collect())
}

pub(super) fn read(storage: &dyn Storage, request: &Path) -> io::Result<Request> {
    Ok(serde_json::from_slice(&whole(storage, request)?)?)
}

/// Answers a request, and takes it away. Interrupted in between it is done and answered once more.
pub(super) fn answer(storage: &dyn Storage, request: &Path, answer: &Answer) -> io::Result<()> {
    put_answer(storage, request, answer)?;
    storage.remove(request)?;
    request
        .parent()
        .map_or(Ok(()), |requests| storage.sync_folder(requests))
}

/// Says that a request cannot be read, and sets it aside.
pub(super) fn refuse(storage: &dyn Storage, request: &Path, why: &io::Error) -> io::Result<()> {
    let why = why.to_string();
    put_answer(storage, request, &Answer::Refused { why })?;
    storage::settle(storage, request, &aside(request))
}

/// Where a request lies that was refused.
pub(super) fn aside(request: &Path) -> PathBuf {
    request.with_added_extension("refused")
}

fn put_answer(storage: &dyn Storage, request: &Path, answer: &Answer) -> io::Result<()> {
    storage::replace(storage, &answer_path(request), &serde_json::to_vec(answer)?)
}

/// The answer to a request, once it is there and the request is gone; it is taken away.
pub(super) fn take_answer(storage: &dyn Storage, request: &Path) -> io::Result<Option<Answer>> {
    if storage.length(request).is_ok() {
        return Ok(None);
    }
    let path = answer_path(request);
    let bytes = match whole(storage, &path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        bytes => bytes?,
    };
    storage.remove(&path)?;
    Ok(Some(serde_json::from_slice(&bytes)?))
}

fn answer_path(request: &Path) -> PathBuf {
    let name = request.file_name().and_then(|name| name.to_str());
    let name = name.and_then(|name| name.strip_suffix(ASKED));
    request.with_file_name(format!("{}{ANSWERED}", name.unwrap_or_default()))
}

fn whole(storage: &dyn Storage, path: &Path) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    storage.read(path, 0)?.read_to_end(&mut bytes)?;
    Ok(bytes)
}
