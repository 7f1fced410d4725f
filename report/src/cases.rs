//! Cases: low scores with a comment or a contact, and what was done about each of them.
//!
//! A case is no line of its own. It is a response, and the deeds that staff wrote down under the same
//! id; both are folded, so any order, repetition or split of the lines gives the same cases. Memory
//! grows with the number of cases that somebody has done something about and with those listed, not
//! with that of lines.

mod case;
mod contact;
mod deed;
mod figures;
mod handled;
mod list;
mod lookup;
mod state;

use std::path::Path;

use jiff::Timestamp;

use crate::read::{Progress, Reading};
use crate::segments::{self, ReadError};
pub use case::Case;
pub use contact::Contact;
pub(crate) use deed::StoredDeed;
pub use figures::{Figures, Share, Span};
pub use list::{Cases, UnknownWhich, Wanted, Which};
pub use lookup::{Done, Found, Idea, Lookup, NoIdea};

/// Whoever leaves a bad answer is to hear within so many hours.
pub const DUE_HOURS: i64 = 48;

/// In microseconds.
const DUE: i64 = DUE_HOURS * 3_600 * 1_000_000;

/// The cases that are wanted, and the figures of all that the query asks for.
///
/// # Errors
/// As [`crate::read`].
pub fn read(data_dir: &Path, wanted: &Wanted, progress: Progress<'_>) -> Result<Cases, ReadError> {
    segments::steadily(|| Cases::of(&Reading::of(data_dir, progress)?, wanted))
}

/// The case whose id begins like this, with its contact and all that was done.
///
/// # Errors
/// As [`crate::read`].
pub fn find(
    data_dir: &Path,
    idea: &Idea,
    now: Timestamp,
    progress: Progress<'_>,
) -> Result<Lookup, ReadError> {
    segments::steadily(|| Lookup::of(&Reading::of(data_dir, progress)?, data_dir, idea, now))
}
