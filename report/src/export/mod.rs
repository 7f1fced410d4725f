//! Responses for other programs: one row each, as CSV, JSON lines or Parquet.
//!
//! Rows are written as they are read; memory does not grow with their number.

mod columns;
mod csv;
mod parquet;

pub(crate) use self::csv::harmless;
use std::io::{self, Write};
use std::path::Path;

use crate::query::Query;
use crate::read::{Progress, Reading};
use crate::response::{Outcome, Response};
use crate::segments::ReadError;
use crate::summary::Lines;

/// How rows are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// For spreadsheets: text that a spreadsheet would take for a formula begins with `'`.
    Csv,
    /// One JSON object a line, nothing left out.
    Jsonl,
    /// Typed columns, compressed with Snappy.
    Parquet,
}

/// Which rows are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rows {
    /// Impressions that were answered, be it in part.
    Answered,
    /// Every impression, also those closed or left without an answer.
    Impressions,
}

/// What was written.
#[derive(Debug)]
pub struct Exported {
    /// Rows.
    pub rows: u64,
    /// What they rest on.
    pub lines: Lines,
    /// What was asked for that no line is about, in words.
    pub absent: Vec<String>,
}

/// Why nothing useful was written.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// The journal cannot be read.
    #[error(transparent)]
    Read(#[from] ReadError),
    /// The rows cannot be written.
    #[error(transparent)]
    Write(#[from] io::Error),
}

/// Writes the responses that `query` asks for, in the order of their ids, which is nearly that of time;
/// tells from time to time how far the reading is.
///
/// # Errors
/// When the journal cannot be read, or the rows cannot be written.
pub fn export(
    data_dir: &Path,
    query: &Query,
    rows: Rows,
    format: Format,
    progress: Progress<'_>,
    output: impl Write + Send,
) -> Result<Exported, ExportError> {
    let reading = Reading::of(data_dir, progress)?;
    match format {
        Format::Csv => through(&reading, query, rows, csv::Sheet::new(output)?),
        Format::Jsonl => through(&reading, query, rows, Objects(output)),
        Format::Parquet => through(&reading, query, rows, parquet::Table::new(output)?),
    }
}

/// What rows are written into.
trait Sink {
    fn row(&mut self, response: Response) -> io::Result<()>;
    fn end(self) -> io::Result<()>;
}

fn through(
    reading: &Reading,
    query: &Query,
    rows: Rows,
    mut sink: impl Sink,
) -> Result<Exported, ExportError> {
    let mut written = 0;
    let mut failure = None;
    let lines = crate::tell(reading, query, |response| {
        let is_wanted = rows == Rows::Impressions || response.outcome == Outcome::Answered;
        if is_wanted && failure.is_none() {
            match sink.row(response) {
                Ok(()) => written += 1,
                Err(error) => failure = Some(error),
            }
        }
    })?;
    match failure {
        Some(error) => Err(error.into()),
        None => {
            sink.end()?;
            Ok(Exported {
                rows: written,
                lines,
                absent: reading.names.absent(query),
            })
        }
    }
}

/// JSON lines.
struct Objects<W>(W);

impl<W: Write> Sink for Objects<W> {
    fn row(&mut self, response: Response) -> io::Result<()> {
        serde_json::to_writer(&mut self.0, &response)?;
        self.0.write_all(b"\n")
    }

    fn end(mut self) -> io::Result<()> {
        self.0.flush()
    }
}
