//! The journal: lines go in, and an answer comes back once they are on disk.
//!
//! Requests wait in a bounded [`queue`]; one plain thread, the [`writer`], owns the files and takes
//! all that waits: one write, one `fdatasync`, then every answer. The running sync is the batching
//! window, so a lone request pays one sync and a crowd shares one. This module knows nothing of HTTP
//! or surveys: a line is text with a key.

mod answering;
mod batch;
mod delivery;
mod lock;
#[cfg(test)]
mod memory;
#[cfg(test)]
mod model;
mod queue;
mod recovery;
mod segment;
mod storage;
mod window;
mod writer;

pub(crate) use delivery::{Delivery, Line, Refused, Stored};
pub(crate) use lock::LockError;
pub(crate) use writer::Ending;

use queue::Queue;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use storage::{Disk, Storage};
use tokio::sync::oneshot;
use writer::Writer;

/// Where lines are handed in.
pub(crate) struct Journal {
    queue: Arc<Queue>,
    writable: Arc<AtomicBool>,
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
    /// when and why the writer ended. To be called within a runtime.
    pub(crate) fn open(folder: &Path) -> Result<(Self, oneshot::Receiver<Ending>), OpenError> {
        let unusable = |source| OpenError::Folder {
            folder: folder.to_owned(),
            source,
        };
        create_folders(&Disk, folder).map_err(unusable)?;
        let lock = lock::take(folder)?;
        let events = folder.join("events");
        create_folders(&Disk, &events).map_err(unusable)?;
        let recovered = recovery::recover(&Disk, &events).map_err(unusable)?;

        let queue = Arc::new(Queue::default());
        let writable = Arc::new(AtomicBool::new(true));
        let (answering, answers) = answering::answering();
        tokio::spawn(answers.give());
        let writer = Writer::new(
            Box::new(Disk),
            events,
            recovered,
            Arc::clone(&writable),
            answering,
        );
        let (tell, ended) = oneshot::channel();
        let waiting = Arc::clone(&queue);
        let work = move || {
            let ending = writer.run(&waiting);
            drop(lock);
            // Nobody listens any more when serving has already failed for another reason.
            let _ = tell.send(ending);
        };
        let thread = thread::Builder::new().name("journal".to_owned());
        thread.spawn(work).map_err(unusable)?;
        Ok((Self { queue, writable }, ended))
    }

    /// Stores the lines; says how many were new only once they are on disk.
    pub(crate) async fn store(
        &self,
        day: jiff::civil::Date,
        lines: Vec<Line>,
    ) -> Result<Stored, Refused> {
        let (reply, answer) = oneshot::channel();
        self.queue.push(Delivery { day, lines, reply })?;
        // A writer that ended drops what it can no longer store, and the reply with it.
        answer.await.unwrap_or(Err(Refused::Closed))
    }

    /// Whether the last attempt to write succeeded.
    pub(crate) fn is_writable(&self) -> bool {
        self.writable.load(Ordering::Relaxed)
    }

    /// Takes no more lines; the writer stores what waits and ends.
    pub(crate) fn close(&self) {
        self.queue.close();
    }
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
