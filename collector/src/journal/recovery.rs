//! What a start must put right and remember: a torn tail is set aside, the newest keys are recalled.
//!
//! A line found is not yet a line on disk: a `kill -9` between write and sync leaves it in the system's
//! memory. So a segment is synced before its keys count as stored, or a retry would be told so too
//! early. Only the newest segment can have a torn tail. Nothing is ever cut from an older one: a bad line there
//! is the report's to count, since a cut in the middle would turn one flipped bit into lost answers.

use super::folders::Folders;
use super::index;
use super::lines::{self, each_line_of, parse};
use super::segment::{self, Form, Found};
use super::storage::{self, Storage};
use super::tally::{self, Highest, Kept, Tally};
use super::window::Window;
use std::io::{self, Read};
use std::sync::Arc;

/// What the writer goes on from.
pub(super) struct Recovered {
    pub(super) next_event_segment: u64,
    pub(super) next_contact_segment: u64,
    pub(super) window: Window,
    pub(super) tally: Arc<Tally>,
}

/// Mends the newest segments and fills the window from the newest segments.
pub(super) fn recover(storage: &Arc<dyn Storage>, folders: &Folders) -> io::Result<Recovered> {
    let disk = storage.as_ref();
    let contacts = segment::find(disk, &folders.contacts)?;
    mend(disk, &contacts)?;
    let events = segment::find(disk, &folders.events)?;
    mend(disk, &events)?;
    let mut window = Window::new(Arc::clone(storage), folders.index.clone());
    let Kept {
        through,
        mut completed,
    } = Kept::read(disk, &folders.completed);
    for segment in events.iter().rev().filter(|found| found.has_lines()) {
        let mut numbers = None;
        if !window.is_full() {
            let (run, read) = index::keys(disk, &folders.index, segment, &window.hasher())?;
            window.insert_older(run)?;
            numbers = read;
        } else if segment.number <= through {
            break;
        }
        if segment.number > through {
            let numbers = numbers.map_or_else(|| Highest::of(disk, segment), Ok)?;
            tally::raise(&mut completed, numbers);
        }
    }
    Ok(Recovered {
        next_event_segment: next_number(&events),
        next_contact_segment: next_number(&contacts),
        window,
        tally: Arc::new(Tally::new(completed)),
    })
}

fn next_number(found: &[Found]) -> u64 {
    found.last().map_or(1, |newest| newest.number + 1)
}

/// Sets the newest segment's torn tail aside, and has the rest on disk: once there is a newer one, a
/// power cut must not tear this one any more.
fn mend(storage: &dyn Storage, found: &[Found]) -> io::Result<()> {
    let newest = found.iter().rev().find(|found| found.has_lines());
    match newest {
        // A packed one was checked before it got its name.
        Some(newest) if newest.form == Form::Plain => {
            set_tail_aside(storage, newest)?;
            storage.open(&newest.path)?.sync()
        }
        _ => Ok(()),
    }
}

/// Moves what follows the last complete line that parses to `<segment>.torn`. Interrupted anywhere, it
/// can be done again: the segment is cut only once the tail is safe beside it.
fn set_tail_aside(storage: &dyn Storage, segment: &Found) -> io::Result<()> {
    let path = &segment.path;
    let begin = lines::doubtful_from(storage, segment)?;
    let (mut good, mut end) = (begin, begin);
    each_line_of(storage.read(path, begin)?, |line, after| {
        end = begin + after;
        // What the first piece belongs to began before: it is behind all doubt.
        let is_rest = begin > 0 && good == begin;
        if line.ends_with(b"\n") && (is_rest || parse(line).is_some()) {
            good = end;
        }
        Ok(())
    })?;
    if good == end {
        return Ok(());
    }
    let torn = path.with_added_extension("torn");
    let mut tail = Vec::new();
    storage.read(path, good)?.read_to_end(&mut tail)?;
    storage::replace(storage, &torn, &tail)?;
    storage.open(path)?.truncate(good)?;
    let bytes = tail.len();
    tracing::warn!(
        "set {bytes} bytes of an unfinished write aside as {}",
        torn.display()
    );
    Ok(())
}
