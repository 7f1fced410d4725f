//! What a start must put right and remember: a torn tail is set aside, the newest keys are recalled.
//!
//! A line found is not yet a line on disk: a `kill -9` between write and sync leaves it in the system's
//! memory. So the end of a segment is stored once more before its keys count as stored (`index.rs`), or a retry
//! would be told so too early. Only the newest segment is looked at for a torn tail. Nothing is ever cut from an older one but
//! an unfinished last line, by the keeper: a bad line there is the report's to count, since a cut in the middle would turn
//! one flipped bit into lost answers.

use super::folders::Folders;
use super::index;
use super::segment::{self, Form, Found};
use super::storage::Storage;
use super::tail;
use super::tally::{self, Highest, Kept, Tally};
use super::window::Window;
use std::io;
use std::sync::Arc;

/// What the writer goes on from.
pub(super) struct Recovered {
    pub(super) next_event_segment: u64,
    pub(super) next_contact_segment: u64,
    pub(super) window: Window,
    pub(super) tally: Arc<Tally>,
}

/// Mends the ends of the newest segments and fills the window from the newest segments.
pub(super) fn recover(storage: &Arc<dyn Storage>, folders: &Folders) -> io::Result<Recovered> {
    let disk = storage.as_ref();
    let contacts = segment::find(disk, &folders.contacts)?;
    if let Some(newest) = newest(&contacts) {
        tail::set_aside(disk, newest)?;
        // Once there is a newer one, a power cut must not tear this one any more.
        tail::store_again(disk, newest)?;
    }
    let events = segment::find(disk, &folders.events)?;
    if let Some(newest) = newest(&events) {
        tail::set_aside(disk, newest)?;
    }
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

/// The newest segment with lines, if it may have a torn tail: a packed one was checked before it got its name.
fn newest(found: &[Found]) -> Option<&Found> {
    let newest = found.iter().rev().find(|found| found.has_lines());
    newest.filter(|found| found.form == Form::Plain)
}
