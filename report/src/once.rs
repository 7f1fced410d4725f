//! The journal read once and asked several things, which so are about the same lines.

use std::path::Path;

use crate::cases::{self, Cases};
use crate::digest::{self, Digest};
use crate::make;
use crate::query::Query;
use crate::read::{Progress, Reading};
use crate::segments::{self, ReadError};
use crate::summary::Report;

/// A journal that has been read.
pub struct Journal<'j> {
    reading: Reading,
    data_dir: &'j Path,
}

/// What `ask` makes of the journal under `data_dir`; it may be asked anew, where the journal changed meanwhile.
///
/// # Errors
/// As [`crate::read`], and what `ask` fails with.
pub fn once<T>(
    data_dir: &Path,
    progress: Progress<'_>,
    mut ask: impl FnMut(&Journal<'_>) -> Result<T, ReadError>,
) -> Result<T, ReadError> {
    segments::steadily(|| {
        ask(&Journal {
            reading: Reading::of(data_dir, progress)?,
            data_dir,
        })
    })
}

impl Journal<'_> {
    /// As [`crate::read`].
    ///
    /// # Errors
    /// When it changed since it was read.
    pub fn report(&self, query: &Query) -> Result<Report, ReadError> {
        make::report(&self.reading, query, self.data_dir)
    }

    /// As [`Digest::of`].
    ///
    /// # Errors
    /// When it changed since it was read.
    pub fn digest(&self, wanted: &digest::Wanted) -> Result<Digest, ReadError> {
        Digest::told(&self.reading, self.data_dir, wanted)
    }

    /// As [`cases::read`].
    ///
    /// # Errors
    /// When it changed since it was read.
    pub fn cases(&self, wanted: &cases::Wanted) -> Result<Cases, ReadError> {
        Cases::of(&self.reading, wanted)
    }
}
