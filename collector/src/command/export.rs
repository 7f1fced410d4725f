//! `hark export`: responses as rows, for other programs.

use super::output;
use crate::cli::{self, ExportFormat};
use crate::command::progress::Progress;
use crate::console::say;
use crate::failure::Failure;
use crate::settings;
use jiff::Timestamp;
use report::export::{self, ExportError, Exported, Format, Rows};
use report::{Query, when};
use std::io::{self, BufWriter, IsTerminal, Write};
use std::path::Path;

pub(crate) fn run(typed: cli::Export, now: Timestamp) -> Result<(), Failure> {
    let (since, until) = when::span(typed.since.as_deref(), typed.until.as_deref(), now)?;
    let query = Query {
        survey: typed.survey,
        site: typed.site,
        since,
        until,
        include_automated: typed.include_automated,
        now: Some(now),
        ..Query::default()
    };
    let data = settings::data_folder(&typed.config, typed.data)?;
    let rows = if typed.impressions {
        Rows::Impressions
    } else {
        Rows::Answered
    };
    let format = match typed.format {
        ExportFormat::Csv => Format::Csv,
        ExportFormat::Jsonl => Format::Jsonl,
        ExportFormat::Parquet => Format::Parquet,
    };
    let write = |output: &mut (dyn Write + Send)| {
        Progress::shown(|progress| {
            let watch = |done, of| progress.is_at(done, of);
            export::export(&data, &query, rows, format, &watch, output)
        })
    };
    match typed.output {
        None if format == Format::Parquet && io::stdout().is_terminal() => {
            Err(Failure::BinaryToTerminal)
        }
        None => to_stdout(write),
        Some(path) => {
            let exported = output::whole(&path, write)?;
            hint(&exported);
            say(summary(&exported, &path));
            Ok(())
        }
    }
}

fn to_stdout(
    write: impl FnOnce(&mut (dyn Write + Send)) -> Result<Exported, ExportError>,
) -> Result<(), Failure> {
    let mut output = BufWriter::new(io::stdout());
    let written = write(&mut output).and_then(|exported| {
        output.flush()?;
        Ok(exported)
    });
    match written {
        // A reader that has left early, such as `head`, is no failure.
        Err(ExportError::Write(error)) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        written => {
            hint(&written?);
            Ok(())
        }
    }
}

/// Why there may be no rows.
fn hint(exported: &Exported) {
    for absent in &exported.absent {
        say(absent);
    }
}

fn summary(exported: &Exported, path: &Path) -> String {
    let lines = &exported.lines;
    format!(
        "{} rows in `{}`, from {} lines ({} unreadable, {} duplicate, {} automated)",
        exported.rows,
        path.display(),
        lines.read,
        lines.unreadable,
        lines.duplicate,
        lines.automated
    )
}
