//! The journal: lines go in, and an answer comes back once they are on disk.
//!
//! Requests wait in a bounded [`queue`]; one plain thread, the [`writer`], owns the open files and takes
//! all that waits: one write, one `fdatasync`, then every answer. The running sync is the batching
//! window, so a lone request pays one sync and a crowd shares one (and is given half a millisecond to
//! gather: `docs/decisions/0051-where-the-time-of-an-answer-goes.md`). A second thread, the [`keeper`],
//! compresses, removes and rewrites what is sealed. This module knows nothing of HTTP or surveys: a
//! line is text with a key.

mod answering;
mod ask;
mod batch;
mod compress;
#[cfg(test)]
mod counting;
mod delivery;
mod erase;
mod filter;
mod folders;
mod gauges;
mod health;
#[cfg(test)]
mod histories;
mod index;
mod keeper;
mod lines;
mod lock;
mod mark;
#[cfg(test)]
mod memory;
#[cfg(test)]
mod model;
mod news;
#[cfg(test)]
mod process;
mod queue;
mod recovery;
mod request;
mod retain;
mod rounds;
mod run;
mod segment;
mod series;
mod storage;
mod tail;
mod tally;
mod window;
mod writer;

pub(crate) use ask::{AskError, ask};
pub(crate) use delivery::{Line, Refused, Stored};
pub(crate) use erase::Erasure;
pub(crate) use gauges::Gauges;
pub(crate) use health::Ailment;
pub(crate) use keeper::Retention;
pub(crate) use lock::LockError;
pub(crate) use mark::{Completion, subject};
pub(crate) use news::News;
pub(crate) use request::{Answer, Request};
pub(crate) use tally::Tally;
pub(crate) use writer::Ending;

use delivery::Delivery;
use folders::Folders;
use health::Health;
use jiff::civil::Date;
use jiff::{Timestamp, tz::TimeZone};
use keeper::Keeper;
use queue::Queue;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{self, Sender};
use std::thread;
use storage::{Disk, Storage};
use tokio::runtime;
use tokio::sync::{oneshot, watch};
use writer::Writer;

/// Where lines are handed in.
pub(crate) struct Journal {
    queue: Arc<Queue>,
    health: Arc<Health>,
    gauges: Arc<Gauges>,
    tally: Arc<Tally>,
    /// Dropped with it, which ends the keeper.
    _keeping: Sender<()>,
}

/// Why the journal cannot be opened.
#[derive(Debug, thiserror::Error)]
pub(crate) enum OpenError {
    #[error(transparent)]
    Lock(#[from] LockError),
    #[error("cannot use the data folder `{}`: {source}", folder.display())]
    Folder { folder: PathBuf, source: io::Error },
}

impl Journal {
    /// Takes the folder for this process, mends a torn tail and starts the writer; the receiver hears
    /// when and why the writer ended. Without a retention only what is asked for is done besides.
    pub(crate) fn open(
        folder: &Path,
        retention: Option<Retention>,
        clock: fn() -> Timestamp,
    ) -> Result<(Self, oneshot::Receiver<Ending>), OpenError> {
        let unusable = |source| OpenError::Folder {
            folder: folder.to_owned(),
            source,
        };
        let storage: Arc<dyn Storage> = Arc::new(Disk);
        create_folders(&Disk, folder).map_err(unusable)?;
        let lock = Arc::new(lock::take(folder)?);
        let folders = Folders::of(folder);
        folders.create(&Disk).map_err(unusable)?;
        let recovered = recovery::recover(&storage, &folders).map_err(unusable)?;

        let gauges = Arc::<Gauges>::default();
        let health = Arc::<Health>::default();
        let queue = Arc::new(Queue::new(Arc::clone(&gauges)));
        let (answering, answers) = answering::answering();
        // A command has no runtime; its answers are given where they are made.
        if let Ok(runtime) = runtime::Handle::try_current() {
            runtime.spawn(answers.give());
        }
        let tally = Arc::clone(&recovered.tally);
        let writer = Writer::new(
            &storage,
            &folders,
            recovered,
            Arc::clone(&health),
            Arc::clone(&gauges),
            answering,
        );
        let (open_events, open_contacts) = writer.open();
        let keeper = Keeper {
            storage,
            folders,
            queue: Arc::clone(&queue),
            open_events,
            open_contacts,
            retention,
            health: Arc::clone(&health),
            gauges: Arc::clone(&gauges),
            tally: Arc::clone(&tally),
            clock,
            forget: report::forget,
            hold_back: crate::alerts::hold_back,
        };
        let (tell, ended) = oneshot::channel();
        let waiting = Arc::clone(&queue);
        let writers_lock = Arc::clone(&lock);
        let write = move || {
            let ending = writer.run(&waiting);
            drop(writers_lock);
            // Nobody listens any more when serving has already failed for another reason.
            let _ = tell.send(ending);
        };
        let (keeping, stop) = mpsc::channel();
        let keep = move || {
            keeper.run(&stop);
            drop(lock);
        };
        let thread = |name: &str| thread::Builder::new().name(name.to_owned());
        thread("journal").spawn(write).map_err(unusable)?;
        thread("keeper").spawn(keep).map_err(unusable)?;
        let journal = Self {
            queue,
            health,
            gauges,
            tally,
            _keeping: keeping,
        };
        Ok((journal, ended))
    }

    /// Stores the lines; says how many were new only once they are on disk.
    pub(crate) async fn store(&self, day: Date, lines: Vec<Line>) -> Result<Stored, Refused> {
        let (delivery, answer) = Delivery::new(day, lines);
        self.queue.push(delivery)?;
        // A writer that ended drops what it can no longer store, and the reply with it.
        answer.await.unwrap_or(Err(Refused::Closed))
    }

    /// What is wrong, if anything is: `None` when the last attempt to write succeeded and there is space.
    pub(crate) fn ailment(&self) -> Option<Ailment> {
        self.health.ailment()
    }

    /// What it says of itself.
    pub(crate) fn gauges(&self) -> &Gauges {
        &self.gauges
    }

    /// Hears of every change of the lines on disk.
    pub(crate) fn news(&self) -> watch::Receiver<News> {
        self.gauges.news.listen()
    }

    /// How many responses were completed, by site and survey.
    pub(crate) fn tally(&self) -> &Tally {
        &self.tally
    }

    /// Takes no more lines; the writer stores what waits and ends.
    pub(crate) fn close(&self) {
        self.queue.close();
    }
}

/// The UTC day of a moment: lines are filed by that of their receipt.
pub(crate) fn day_of(moment: Timestamp) -> Date {
    moment.to_zoned(TimeZone::UTC).date()
}

/// Creates a folder in one that is there, so that its name survives a power cut.
pub(crate) fn create_folder(folder: &Path) -> io::Result<()> {
    create_folders(&Disk, folder)
}

/// Writes a small file in place of one that may be there: whatever happens meanwhile, there is either the
/// old one or the new one, and once this returns it survives a power cut.
pub(crate) fn replace_file(path: &Path, bytes: &[u8]) -> io::Result<()> {
    storage::replace(&Disk, path, bytes)
}

/// Creates the folder and those above it, so that their names survive a power cut.
fn create_folders(storage: &dyn Storage, folder: &Path) -> io::Result<()> {
    let above = match folder.parent() {
        Some(above) if above != Path::new("") => above,
        Some(_) => Path::new("."),
        None => return Ok(()),
    };
    if !above.is_dir() {
        create_folders(storage, above)?;
    }
    storage.create_folder(folder)?;
    match storage.sync_folder(above) {
        // A folder that may not even be read is not one in which this process created anything.
        Err(error) if error.kind() == io::ErrorKind::PermissionDenied => Ok(()),
        synced => synced,
    }
}
