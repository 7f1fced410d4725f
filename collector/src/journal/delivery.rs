//! What one request hands to the journal, and the answer it gets.

use jiff::civil::Date;
use survey::accept::EventKey;
use tokio::sync::oneshot;

/// One event as it will stand on disk, without its newline.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Line {
    pub(crate) key: EventKey,
    pub(crate) text: String,
}

/// The lines of one request, stored together or not at all.
pub(crate) struct Delivery {
    /// The UTC day of receipt, which names the partition.
    pub(crate) day: Date,
    pub(crate) lines: Vec<Line>,
    pub(crate) reply: oneshot::Sender<Result<Stored, Refused>>,
}

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
