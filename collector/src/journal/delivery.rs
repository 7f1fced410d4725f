//! What one request hands to the journal, and the answer it gets.

use super::mark::Completion;
use jiff::civil::Date;
use std::time::Instant;
use survey::accept::EventKey;
use tokio::sync::oneshot;

/// One event as it will stand on disk, without its newline.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Line {
    /// By which it is recognised when it arrives again; none for what is no event, as an erasure.
    pub(crate) key: Option<EventKey>,
    pub(crate) text: String,
    /// The contact left with it, a line of its own that is kept apart.
    pub(crate) contact: Option<String>,
    /// Whether it completes a response, which the writer then counts.
    pub(crate) completes: Option<Completion>,
}

impl Line {
    /// What the shop's own people have written down: no event, and nothing that arrives twice.
    pub(crate) fn of_staff(text: String) -> Self {
        Self {
            key: None,
            text,
            contact: None,
            completes: None,
        }
    }
}

/// The lines of one request, stored together or not at all.
pub(crate) struct Delivery {
    /// The UTC day of receipt, which names the partition.
    pub(crate) day: Date,
    /// When it was handed in, by a clock that nobody sets.
    pub(crate) handed_in: Instant,
    pub(crate) lines: Vec<Line>,
    pub(crate) reply: oneshot::Sender<Result<Stored, Refused>>,
}

impl Delivery {
    /// Handed in now, and where its answer will arrive.
    pub(super) fn new(day: Date, lines: Vec<Line>) -> (Self, Promise) {
        let (reply, answer) = oneshot::channel();
        let delivery = Self {
            day,
            handed_in: Instant::now(),
            lines,
            reply,
        };
        (delivery, answer)
    }
}

/// What became of a delivery; closed without an answer by a writer that ended.
pub(super) type Promise = oneshot::Receiver<Result<Stored, Refused>>;

/// How many lines of a delivery are on disk because of it, and how many already were.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Stored {
    pub(crate) accepted: usize,
    pub(crate) duplicates: usize,
}

/// Why a delivery was not stored; sending it again later is right in each case.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Refused {
    #[error("too much is waiting to be stored")]
    Full,
    #[error("the disk refuses to store")]
    Failing,
    #[error("the collector is shutting down")]
    Closed,
}
