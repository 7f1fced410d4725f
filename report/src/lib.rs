//! What the answers say: lines → responses → figures with intervals → table or JSON.
//!
//! Pure but for `segments`, the one module that opens files. This crate knows no clock, no
//! network and no survey file: what a line's scores mean comes from the line's own `metric`.

mod alert;
mod by;
mod cache;
pub mod cases;
pub mod comments;
mod comparison;
mod differing;
pub mod digest;
mod distribution;
mod erasure;
pub mod export;
mod figures;
mod fold;
mod follow;
mod gather;
mod headline;
pub mod kpi;
mod line;
mod lines;
mod make;
mod merge;
mod moment;
mod names;
mod once;
pub mod owner;
mod page;
mod period;
mod query;
mod read;
pub mod render;
mod response;
mod run;
mod segment;
mod segment_report;
mod segments;
mod summary;
mod survey_report;
mod tally;
mod verdict;
pub mod when;

use std::path::Path;

use comments::{Lexicon, Said};
use read::Reading;

pub use alert::Alert;
pub use by::By;
pub use cache::forget;
pub use comparison::{Comparison, Side, With};
pub use differing::Differing;
pub use distribution::Distribution;
pub use figures::nps::{Method, UnknownMethod};
pub use figures::weighting::Weighted;
pub use figures::{ANSWERS_FIRM, ANSWERS_MIN, Figure, FigureName, Rate, Time};
pub use follow::{Follower, Position};
pub use headline::{Among, Headline};
pub use once::{Journal, once};
pub use period::Stretch;
pub use query::{Chart, Compare, Query};
pub use read::Progress;
pub use response::{Outcome, Response, Visitors};
pub use segment_report::SegmentReport;
pub use segments::ReadError;
pub use summary::{Lines, Place, Report};
pub use survey_report::{DayReport, Summary, SurveyReport};

/// Reads every line under `data_dir` and says what the ones `query` asks for mean.
///
/// Memory grows with the number of different circumstances of asking (pages, devices, …), not with
/// that of lines. What is read of segments is kept under `data_dir/cache`.
///
/// # Errors
/// When a folder or file of the journal cannot be read as a whole. A line that cannot be read is
/// no error: it is counted, and the first few are named in [`Lines::unreadable_places`].
pub fn read(data_dir: &Path, query: &Query) -> Result<Report, ReadError> {
    read_watched(data_dir, query, &|_, _| {})
}

/// The same as [`read`], and tells from time to time how far it is.
///
/// # Errors
/// As [`read`].
pub fn read_watched(
    data_dir: &Path,
    query: &Query,
    progress: Progress<'_>,
) -> Result<Report, ReadError> {
    segments::steadily(|| make::report(&Reading::of(data_dir, progress)?, query, data_dir))
}

/// The same, with what people wrote: survey by survey, and behind the headline.
///
/// # Errors
/// As [`read`].
pub fn read_with_comments(
    data_dir: &Path,
    query: &Query,
    lexicon: &Lexicon,
    progress: Progress<'_>,
) -> Result<(Report, Said), ReadError> {
    segments::steadily(|| {
        let reading = Reading::of(data_dir, progress)?;
        let report = make::report(&reading, query, data_dir)?;
        let group = report.headline.as_ref().and_then(Headline::group);
        let said = Said::of(&reading, query, group.as_ref(), None, lexicon)?;
        Ok((report, said))
    })
}

/// Tells `visit` of each impression `query` asks for, answered or not ([`Response::outcome`]): once,
/// all its lines folded, in the order of ids, which is nearly that of time.
///
/// Erased ones are not told, nor are automated ones unless the query wants them. Memory does not
/// grow with the number of responses.
///
/// # Errors
/// As [`read`].
pub fn responses(
    data_dir: &Path,
    query: &Query,
    progress: Progress<'_>,
    visit: impl FnMut(Response),
) -> Result<Lines, ReadError> {
    tell(&Reading::of(data_dir, progress)?, query, visit)
}

/// The same of what is already read.
pub(crate) fn tell(
    reading: &Reading,
    query: &Query,
    mut visit: impl FnMut(Response),
) -> Result<Lines, ReadError> {
    let mut lines = reading.lines.clone();
    let wanted = run::Wanted {
        answers: true,
        attributes: true,
    };
    reading.for_each(wanted, |key, folded| {
        if query.takes(key, &folded, &reading.names, &mut lines)
            && let Some(response) = Response::of(key, folded, &reading.names)
        {
            visit(response);
        }
    })?;
    Ok(lines)
}
