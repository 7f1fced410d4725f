//! What the answers say: lines → responses → figures with intervals → table or JSON.
//!
//! Pure but for `journal`, the one module that opens files. This crate knows no clock, no
//! network and no survey file: what a line's scores mean comes from the line's own `metric`.

mod distribution;
mod figures;
mod fold;
mod gather;
mod journal;
mod line;
mod query;
pub mod render;
mod summary;
pub mod when;

use std::path::Path;

pub use distribution::Distribution;
pub use figures::nps::{Method, UnknownMethod};
pub use figures::{ANSWERS_FIRM, ANSWERS_MIN, Figure, FigureName, Rate};
pub use journal::ReadError;
pub use line::LineError;
pub use query::Query;
pub use summary::{Lines, Place, Report, SurveyReport};

/// Reads every line under `data_dir` and says what the ones `query` asks for mean.
///
/// Memory grows with the number of impressions asked for, never with the length of a line.
///
/// # Errors
/// When a folder or file of the journal cannot be read as a whole. A line that cannot be read is
/// no error: it is counted, and the first few are named in [`Lines::unreadable_places`].
pub fn read(data_dir: &Path, query: &Query) -> Result<Report, ReadError> {
    let mut gathered = gather::Gathered::new(query);
    for segment in journal::segments(data_dir)? {
        journal::for_each_line(&segment, |number, bytes| {
            gathered.take(&segment, number, bytes);
        })?;
    }
    Ok(summary::report(gathered, data_dir))
}
