//! What a start must put right and remember: a torn tail is set aside, the newest keys are recalled.
//!
//! A line found is not yet a line on disk: a `kill -9` between write and sync leaves it in the system's
//! memory. So each segment is synced before its keys count as stored, or a retry would be told so too
//! early. Only the newest segment can have a torn tail. Nothing is ever cut from an older one: a bad line there
//! is the report's to count, since a cut in the middle would turn one flipped bit into lost answers.

use super::segment::{self, Found};
use super::storage::Storage;
use super::window::Window;
use serde::Deserialize;
use std::borrow::Cow;
use std::io::{self, BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use survey::accept::EventKey;
use survey::id::EventId;

/// What the writer goes on from.
pub(super) struct Recovered {
    pub(super) next_number: u64,
    pub(super) window: Window,
}

/// Mends the newest segment and fills the window from the newest segments.
pub(super) fn recover(storage: &dyn Storage, events: &Path) -> io::Result<Recovered> {
    let found = segment::find(storage, events)?;
    let next_number = found.last().map_or(1, |newest| newest.number + 1);
    let segments: Vec<&Found> = found
        .iter()
        .filter(|found| is_segment(&found.path))
        .collect();
    if let Some(newest) = segments.last() {
        set_tail_aside(storage, &newest.path)?;
    }
    let mut window = Window::default();
    for segment in segments.iter().rev() {
        if window.is_full() {
            break;
        }
        storage.open(&segment.path)?.sync()?;
        each_line(storage, &segment.path, |line, _| {
            if let Some(key) = key_of(line) {
                window.insert_older(key);
            }
        })?;
    }
    Ok(Recovered {
        next_number,
        window,
    })
}

fn is_segment(path: &Path) -> bool {
    path.extension()
        .is_some_and(|extension| extension == "jsonl")
}

/// Moves what follows the last complete line that parses to `<segment>.torn`. Interrupted anywhere, it
/// can be done again: the segment is cut only once the tail is safe beside it.
fn set_tail_aside(storage: &dyn Storage, path: &Path) -> io::Result<()> {
    let (mut good, mut end) = (0, 0);
    each_line(storage, path, |line, after| {
        end = after;
        if line.ends_with(b"\n") && key_of(line).is_some() {
            good = after;
        }
    })?;
    if good == end {
        return Ok(());
    }
    let torn = torn_path(path);
    let mut tail = Vec::new();
    storage.read(path, good)?.read_to_end(&mut tail)?;
    storage.replace(&torn, &tail)?;
    if let Some(partition) = path.parent() {
        storage.sync_folder(partition)?;
    }
    let file = storage.open(path)?;
    file.truncate(good)?;
    file.sync()?;
    let bytes = tail.len();
    tracing::warn!(
        "set {bytes} bytes of an unfinished write aside as {}",
        torn.display()
    );
    Ok(())
}

fn torn_path(segment: &Path) -> PathBuf {
    let mut torn = segment.as_os_str().to_owned();
    torn.push(".torn");
    torn.into()
}

/// Calls `read` with each line, its newline included, and the offset after it.
fn each_line(
    storage: &dyn Storage,
    path: &Path,
    mut read: impl FnMut(&[u8], u64),
) -> io::Result<()> {
    let mut reader = BufReader::with_capacity(1 << 16, storage.read(path, 0)?);
    let (mut line, mut offset) = (Vec::new(), 0);
    while reader.read_until(b'\n', &mut line)? > 0 {
        offset += line.len() as u64;
        read(&line, offset);
        line.clear();
    }
    Ok(())
}

/// The key of a stored line, or `None` where it is not one.
fn key_of(line: &[u8]) -> Option<EventKey> {
    #[derive(Deserialize)]
    struct Key<'l> {
        #[serde(borrow)]
        id: Cow<'l, str>,
        seq: u32,
    }
    let key: Key<'_> = serde_json::from_slice(line).ok()?;
    let id: EventId = key.id.parse().ok()?;
    Some(EventKey {
        id: id.as_u128(),
        seq: key.seq,
    })
}
