//! The files, as a collector leaves them: one folder a day of receipt, segments numbered across days.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use jiff::{Timestamp, tz::TimeZone};

/// Lines on their way into one kind of journal, written in the order of their receipt.
pub(super) struct Journal {
    /// `events` or `contacts` in the data folder.
    folder: PathBuf,
    waiting: BinaryHeap<Reverse<(i64, String)>>,
    segment: Option<Segment>,
    segments: u32,
    pub(super) lines: u64,
    pub(super) bytes: u64,
}

struct Segment {
    /// Days since 1970.
    day: i64,
    bytes: u64,
    file: BufWriter<File>,
    path: PathBuf,
}

/// At this size the collector seals a segment, and so do we.
const SEGMENT_BYTES_MAX: u64 = 64 << 20;

const DAY_MS: i64 = 86_400_000;

impl Journal {
    pub(super) fn new(data: &Path, kind: &str) -> Self {
        Self {
            folder: data.join(kind),
            waiting: BinaryHeap::new(),
            segment: None,
            segments: 0,
            lines: 0,
            bytes: 0,
        }
    }

    /// Takes lines with their receipts; the vector is left empty for the next ones.
    pub(super) fn take(&mut self, lines: &mut Vec<(i64, String)>) {
        self.waiting.extend(lines.drain(..).map(Reverse));
    }

    /// Writes every line received before this moment, in milliseconds since 1970, as long as there
    /// are no more than `lines_max` in all.
    pub(super) fn write_until(&mut self, moment_ms: i64, lines_max: u64) -> Result<()> {
        while let Some(Reverse((received_ms, _))) = self.waiting.peek() {
            if *received_ms >= moment_ms || self.lines >= lines_max {
                break;
            }
            let Some(Reverse((received_ms, line))) = self.waiting.pop() else {
                break;
            };
            self.write(received_ms, &line)?;
        }
        Ok(())
    }

    /// Ends the last segment; what was still under way at that moment never arrived.
    pub(super) fn close(mut self) -> Result<()> {
        self.seal()
    }

    fn write(&mut self, received_ms: i64, line: &str) -> Result<()> {
        let day = received_ms.div_euclid(DAY_MS);
        let is_full = |segment: &Segment| segment.day != day || segment.bytes > SEGMENT_BYTES_MAX;
        if self.segment.as_ref().is_none_or(is_full) {
            self.seal()?;
            self.segments += 1;
            self.segment = Some(Segment::create(&self.folder, day, self.segments)?);
        }
        if let Some(segment) = &mut self.segment {
            segment.bytes += line.len() as u64;
            segment
                .file
                .write_all(line.as_bytes())
                .with_context(|| format!("cannot write `{}`", segment.path.display()))?;
        }
        self.lines += 1;
        self.bytes += line.len() as u64;
        Ok(())
    }

    fn seal(&mut self) -> Result<()> {
        let Some(mut segment) = self.segment.take() else {
            return Ok(());
        };
        segment
            .file
            .flush()
            .with_context(|| format!("cannot write `{}`", segment.path.display()))
    }
}

impl Segment {
    fn create(folder: &Path, day: i64, number: u32) -> Result<Self> {
        let date = Timestamp::from_millisecond(day * DAY_MS)?
            .to_zoned(TimeZone::UTC)
            .date();
        let folder = folder.join(format!("date={date}"));
        fs::create_dir_all(&folder)
            .with_context(|| format!("cannot make the folder `{}`", folder.display()))?;
        let path = folder.join(format!("{number:06}.jsonl"));
        let file =
            File::create(&path).with_context(|| format!("cannot write `{}`", path.display()))?;
        Ok(Self {
            day,
            bytes: 0,
            file: BufWriter::with_capacity(1 << 18, file),
            path,
        })
    }
}
