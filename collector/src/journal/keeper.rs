//! What the second thread does: everything about sealed segments. When it does it: `rounds.rs`.
//!
//! It never touches an open segment; what needs one sealed asks the writer through the queue. So the
//! writer stays the only one that adds lines, and nothing here delays an answer.

use super::delivery::{Delivery, Line};
use super::erase::{self, Erasure, Meant};
use super::folders::Folders;
use super::gauges::Gauges;
use super::health::Health;
use super::index;
use super::queue::Queue;
use super::request::{self, Answer, Request};
use super::retain::{self, Passed};
use super::segment::{self, Form, Found, SEALED_AT};
use super::series::Open;
use super::storage::Storage;
use super::tail;
use super::tally::{Kept, Tally};
use super::window::REMEMBERED;
use super::{compress, day_of};
use jiff::Timestamp;
use jiff::civil::Date;
use std::collections::BTreeSet;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

/// How long lines are kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Retention {
    /// Lines, by the day of their receipt.
    pub(crate) days: u32,
    /// Contacts, likewise.
    pub(crate) contact_days: u32,
}

pub(super) struct Keeper {
    pub(super) storage: Arc<dyn Storage>,
    pub(super) folders: Folders,
    pub(super) queue: Arc<Queue>,
    pub(super) open_events: Open,
    pub(super) open_contacts: Open,
    /// None for a command, which does what it was asked to and nothing else.
    pub(super) retention: Option<Retention>,
    pub(super) health: Arc<Health>,
    pub(super) gauges: Arc<Gauges>,
    pub(super) tally: Arc<Tally>,
    pub(super) clock: fn() -> Timestamp,
    /// Removes what reports have kept of the lines in a data folder.
    pub(super) forget: fn(&Path) -> io::Result<()>,
    /// Removes what waits in a data folder to be told to others, and is about what is erased.
    pub(super) hold_back: fn(&Path, &Erasure) -> io::Result<()>,
}

impl Keeper {
    pub(super) fn log<T>(&self, what: &str, done: io::Result<T>) -> Option<T> {
        done.inspect_err(|error| tracing::error!("cannot {what}: {error}"))
            .ok()
    }

    pub(super) fn look_at_disk(&self) {
        if let Ok(Some(room)) = self.storage.room(&self.folders.data) {
            self.health.look_at(room);
            self.gauges.free_bytes.set(room.free);
        }
        self.health.probe(self.storage.as_ref(), &self.folders.data);
    }

    /// What a crash left unfinished, and what it had only left to remove.
    pub(super) fn clean(&self) -> io::Result<()> {
        self.remove(|form| matches!(form, Form::Unfinished | Form::Superfluous))
    }

    fn remove(&self, is_meant: impl Fn(Form) -> bool) -> io::Result<()> {
        for folder in [&self.folders.events, &self.folders.contacts] {
            for found in segment::find(self.storage.as_ref(), folder)? {
                if is_meant(found.form) {
                    self.storage.remove(&found.path)?;
                }
            }
        }
        Ok(())
    }

    /// Sets aside what a failing or full disk left at the end of a segment: half a line is nobody's.
    fn finish_tails(&self) -> io::Result<()> {
        let storage = self.storage.as_ref();
        for (folder, open) in self.series() {
            for found in sealed(storage, folder, open)? {
                if found.form == Form::Plain {
                    tail::set_last_line_aside(storage, &found)?;
                }
            }
        }
        Ok(())
    }

    fn series(&self) -> [(&Path, &Open); 2] {
        let Folders {
            events, contacts, ..
        } = &self.folders;
        [(events, &self.open_events), (contacts, &self.open_contacts)]
    }

    /// Removes what has been kept for as long as the settings say, as far as the segments show that so many days
    /// have passed; the newest of them was begun at most so long ago.
    pub(super) fn remove_old(
        &self,
        today: Date,
        running: Duration,
        retention: Retention,
    ) -> io::Result<()> {
        let events = segment::find(self.storage.as_ref(), &self.folders.events)?;
        let passed = Passed::of(&events, today, running);
        let Retention { days, .. } = retention;
        let mut doubtful = 0;
        self.retain(today, retention, |day, kept| {
            let is_sure = passed.shows(day, kept);
            doubtful += usize::from(!is_sure);
            is_sure
        })?;
        if doubtful > 0 {
            tracing::warn!(
                "segments kept though the clock calls them too old: {doubtful}; what was stored since does not show \
                 that so many days have passed. If the clock is right, `hark retain --days {days}` removes them"
            );
        }
        Ok(())
    }

    /// Removes the sealed segments of days that are so long over and of which that is sure; gives how many.
    pub(super) fn retain(
        &self,
        today: Date,
        retention: Retention,
        mut is_sure: impl FnMut(Date, u32) -> bool,
    ) -> io::Result<usize> {
        let storage = self.storage.as_ref();
        self.keep_tally()?;
        let mut removed = 0;
        for ((folder, open), days) in self
            .series()
            .into_iter()
            .zip([retention.days, retention.contact_days])
        {
            for found in sealed(storage, folder, open)? {
                if found
                    .day()
                    .is_some_and(|day| retain::is_over(day, today, days) && is_sure(day, days))
                {
                    retain::remove(storage, &found)?;
                    removed += usize::from(found.has_lines());
                    if folder == self.folders.events {
                        index::remove(storage, &self.folders.index, found.number)?;
                    }
                }
            }
        }
        self.gauges.expired.add(removed);
        if removed > 0 {
            (self.forget)(&self.folders.data)?;
            self.gauges.news.tell();
            tracing::info!("segments removed by age: {removed}");
        }
        Ok(removed)
    }

    /// Compresses sealed segments that are full or whose day is over, and indexes as many of the newest
    /// as the next start has use for.
    pub(super) fn tend(&self, today: Date) -> io::Result<()> {
        let (storage, index) = (self.storage.as_ref(), &self.folders.index);
        self.finish_tails()?;
        self.keep_tally()?;
        let mut known = 0;
        let sealed = sealed(storage, &self.folders.events, &self.open_events)?;
        for segment in sealed.iter().rev().filter(|found| found.has_lines()) {
            let segment = &self.pack_if_due(segment, today)?;
            if known < REMEMBERED {
                known += index::make(storage, index, segment)?;
            } else {
                index::remove(storage, index, segment.number)?;
            }
        }
        Ok(())
    }

    /// Writes down how many responses were completed, before any line that says so can go.
    fn keep_tally(&self) -> io::Result<()> {
        let (storage, path) = (self.storage.as_ref(), &self.folders.completed);
        let sealed = sealed(storage, &self.folders.events, &self.open_events)?;
        // Looked at after the list was made: what is sealed by then has been counted.
        let kept = Kept {
            through: sealed.last().map_or(0, |newest| newest.number),
            completed: self.tally.all(),
        };
        if kept == Kept::read(storage, path) {
            return Ok(());
        }
        kept.write(storage, path)
    }

    fn pack_if_due(&self, segment: &Found, today: Date) -> io::Result<Found> {
        let (storage, index) = (self.storage.as_ref(), &self.folders.index);
        let is_over = segment.day().is_some_and(|day| day < today);
        let is_full = || Ok::<_, io::Error>(storage.length(&segment.path)? >= SEALED_AT);
        if segment.form != Form::Plain || !(is_over || is_full()?) {
            return Ok(segment.clone());
        }
        let keys = index::stored(storage, segment)?.keys;
        let packed = compress::compress(storage, segment)?;
        index::write(storage, index, &packed, &keys)?;
        self.gauges.compressed.add(1);
        Ok(packed)
    }

    /// Does what commands have asked for, but for what has `failed` a moment ago: it waits, and keeps nothing
    /// else waiting.
    pub(super) fn answer_requests(&self, failed: &mut BTreeSet<PathBuf>) {
        let (storage, requests) = (self.storage.as_ref(), &self.folders.requests);
        let waiting = request::waiting(storage, requests).unwrap_or_default();
        for path in waiting {
            if failed.contains(&path) {
                continue;
            }
            let answered = match request::read(storage, &path) {
                Ok(asked) => self
                    .answer(&path, &asked)
                    .and_then(|answer| request::answer(storage, &path, &answer)),
                Err(error) => {
                    let name = path.display();
                    tracing::error!("cannot read the request `{name}`, it is set aside: {error}");
                    request::refuse(storage, &path, &error)
                }
            };
            if self.log("do what was asked for", answered).is_none() {
                failed.insert(path);
            }
        }
    }

    fn answer(&self, path: &Path, asked: &Request) -> io::Result<Answer> {
        match asked {
            Request::Retain { days } => {
                let today = day_of((self.clock)());
                let contacts = self.retention.map(|retention| retention.contact_days);
                let retention = Retention {
                    days: *days,
                    contact_days: contacts.map_or(*days, |contacts| contacts.min(*days)),
                };
                self.queue.seal();
                // Whoever asks has looked at the clock.
                let segments = self.retain(today, retention, |_, _| true)?;
                Ok(Answer::Retained { segments })
            }
            Request::Erase(erasure) => {
                self.hide(erasure)?;
                self.queue.seal();
                // Once lines begin to go, nobody could tell any more which responses were a visitor's.
                let erasure = self.resolve(erasure)?;
                let resolved = Request::Erase(erasure.clone());
                request::write(self.storage.as_ref(), path, &resolved)?;
                let lines = self.erase(&erasure)?;
                Ok(Answer::Erased { lines })
            }
            Request::Case(line) => {
                self.write(vec![line.text()])?;
                Ok(Answer::Written)
            }
        }
    }

    /// Erase lines hide at once what is removed in a moment.
    fn hide(&self, erasure: &Erasure) -> io::Result<()> {
        self.write(erasure.lines(&format!("{:.3}", (self.clock)())))
    }

    /// Has the writer store lines that are no events.
    fn write(&self, lines: Vec<String>) -> io::Result<()> {
        let lines = lines.into_iter().map(Line::of_staff).collect();
        let (delivery, answer) = Delivery::new(day_of((self.clock)()), lines);
        let refused = |refused| io::Error::other(format!("{refused}"));
        self.queue.push(delivery).map_err(refused)?;
        let stored = answer.blocking_recv().map_err(io::Error::other)?;
        stored.map(drop).map_err(refused)
    }

    /// What is asked for, with every response that its visitors gave.
    pub(super) fn resolve(&self, erasure: &Erasure) -> io::Result<Erasure> {
        let storage = self.storage.as_ref();
        let events = sealed(storage, &self.folders.events, &self.open_events)?;
        erasure.with_responses(storage, &events)
    }

    /// Rewrites every sealed segment in which something of this is left; gives how many lines are gone.
    pub(super) fn erase(&self, erasure: &Erasure) -> io::Result<usize> {
        // Half a line does not say whose it was, and nothing in a torn tail was ever acknowledged. A copy
        // that a crash left behind would not be rewritten, and what was rewritten or removed before
        // would come back in a power cut if its name was not synced.
        self.clean()?;
        self.finish_tails()?;
        self.keep_tally()?;
        self.remove(|form| form == Form::Torn)?;
        self.sync_names()?;
        let storage = self.storage.as_ref();
        let meant = Meant::of(erasure);
        let mut removed = 0;
        for segment in sealed(storage, &self.folders.contacts, &self.open_contacts)? {
            removed += erase::rewrite(storage, &segment, |line| meant.is_meant(line))?;
        }
        removed += self.rewrite_events(|line| meant.is_meant(line))?;
        // The lines that hid the others have nothing left to hide.
        self.rewrite_events(|line| meant.is_own(line))?;
        (self.hold_back)(&self.folders.data, erasure)?;
        (self.forget)(&self.folders.data)?;
        self.gauges.erased.add(removed);
        self.gauges.news.tell();
        tracing::info!("lines erased: {removed}");
        Ok(removed)
    }

    fn sync_names(&self) -> io::Result<()> {
        let storage = self.storage.as_ref();
        for folder in [&self.folders.events, &self.folders.contacts] {
            for partition in storage.names(folder)? {
                if partition.starts_with("date=") {
                    storage.sync_folder(&folder.join(partition))?;
                }
            }
            storage.sync_folder(folder)?;
        }
        Ok(())
    }

    fn rewrite_events(&self, is_meant: impl Fn(&[u8]) -> bool) -> io::Result<usize> {
        let storage = self.storage.as_ref();
        let mut removed = 0;
        for segment in sealed(storage, &self.folders.events, &self.open_events)? {
            let lines = erase::rewrite(storage, &segment, &is_meant)?;
            if lines > 0 {
                index::remove(storage, &self.folders.index, segment.number)?;
            }
            removed += lines;
        }
        Ok(removed)
    }
}

/// Everything in the folder that nobody writes to any more.
fn sealed(storage: &dyn Storage, folder: &Path, open: &Open) -> io::Result<Vec<Found>> {
    let mut found = segment::find(storage, folder)?;
    found.retain(|found| open.is_sealed(found.number));
    Ok(found)
}
