//! The files of outboxes, for whoever looks at them or takes something out without being the collector that
//! sends from there.

use super::super::delivery::Delivery;
use super::super::turn::Turn;
use jiff::Timestamp;
use memchr::memmem;
use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use survey::id::EventId;

/// Beside the deliveries: the fingerprint of the address that has said that it wants no more.
pub(super) const GONE: &str = "gone";
/// Beside the deliveries: ids of those that have arrived last.
pub(super) const ARRIVED: &str = "arrived";

/// Whether the receiver of this outbox has said that it wants no more.
pub(crate) fn is_closed(folder: &Path) -> bool {
    folder.join(GONE).exists()
}

/// Takes back that the receiver wants no more.
pub(crate) fn reopen(folder: &Path) -> io::Result<()> {
    remove(&folder.join(GONE))
}

/// Every outbox under `folder`, with its name: one for each webhook that ever was told.
pub(crate) fn outboxes(folder: &Path) -> io::Result<Vec<(String, PathBuf)>> {
    let mut found = Vec::new();
    for path in entries(folder)? {
        if let (true, Some(name)) = (path.is_dir(), path.file_name()) {
            found.push((name.to_string_lossy().into_owned(), path));
        }
    }
    found.sort();
    Ok(found)
}

/// All deliveries in a folder, the oldest first; whatever else lies there is left alone.
pub(crate) fn read(folder: &Path) -> io::Result<Vec<Delivery>> {
    let mut found: Vec<Delivery> = Vec::new();
    for path in entries(folder)? {
        if is_of(&path, "json")
            && let Some(delivery) = fs::read(&path)
                .ok()
                .and_then(|bytes| serde_json::from_slice(&bytes).ok())
        {
            found.push(delivery);
        }
    }
    found.sort_by(|one, other| (one.made_at, &one.id).cmp(&(other.made_at, &other.id)));
    Ok(found)
}

/// Removes all that waits under `folder`, for whichever webhook, and names one of these responses; and what
/// a crash left of a file that was being written, since half a file does not say whose it was.
pub(in crate::alerts) fn hold_back(folder: &Path, responses: &BTreeSet<EventId>) -> io::Result<()> {
    if !folder.is_dir() {
        return Ok(());
    }
    let _turn = Turn::to_erase(folder)?;
    let names: Vec<String> = responses.iter().map(ToString::to_string).collect();
    for (_, outbox) in outboxes(folder)? {
        remove_unfinished(&outbox)?;
        for path in entries(&outbox)? {
            if is_of(&path, "json") && is_in(&path, &names)? {
                remove(&path)?;
            }
        }
        // So that a power cut brings none of it back.
        File::open(&outbox)?.sync_all()?;
    }
    Ok(())
}

/// Removes what was made until `oldest` from an outbox that nothing is sent from, and the outbox if nothing
/// else is left; gives how many deliveries are.
pub(in crate::alerts) fn clear(folder: &Path, oldest: Timestamp) -> io::Result<usize> {
    let (old, left): (Vec<_>, Vec<_>) = read(folder)?
        .into_iter()
        .partition(|delivery| delivery.made_at <= oldest);
    for delivery in old {
        remove(&path(folder, &delivery.id))?;
    }
    remove_unfinished(folder)?;
    if left.is_empty() {
        remove(&folder.join(GONE))?;
        remove(&folder.join(ARRIVED))?;
        match fs::remove_dir(folder) {
            // Somebody keeps something of their own there.
            Err(error) if error.kind() == io::ErrorKind::DirectoryNotEmpty => {}
            removed => removed?,
        }
    }
    Ok(left.len())
}

/// Removes what a crash left of files that were being written: nobody may be writing there.
pub(super) fn remove_unfinished(folder: &Path) -> io::Result<()> {
    let unfinished = entries(folder)?.into_iter();
    let mut unfinished = unfinished.filter(|path| is_of(path, "tmp"));
    unfinished.try_for_each(|path| remove(&path))
}

/// Somebody else may have removed it.
pub(super) fn remove(path: &Path) -> io::Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

/// The file of a delivery.
pub(super) fn path(folder: &Path, id: &str) -> PathBuf {
    folder.join(format!("{id}.json"))
}

/// What is in a folder; nothing where there is none.
fn entries(folder: &Path) -> io::Result<Vec<PathBuf>> {
    match fs::read_dir(folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Vec::new()),
        entries => entries?.map(|entry| Ok(entry?.path())).collect(),
    }
}

fn is_of(path: &Path, kind: &str) -> bool {
    path.extension().is_some_and(|extension| extension == kind)
}

/// Looked for in the text, so that a file that nobody can read any more is no hiding place.
fn is_in(path: &Path, names: &[String]) -> io::Result<bool> {
    let text = match fs::read(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(false),
        text => text?,
    };
    let is_there = |name: &String| memmem::find(&text, name.as_bytes()).is_some();
    Ok(names.iter().any(is_there))
}
