//! The lines of a segment file, plain or compressed, each handed on where it lies in the buffer.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::path::Path;

use memchr::memchr;
use serde::{Deserialize, Serialize};

use crate::line::LineError;

/// Hands each line of a file to `visit` with its number, from 1; blank ones are passed over.
pub(crate) fn for_each(path: &Path, mut visit: impl FnMut(u64, LineBytes<'_>)) -> io::Result<()> {
    let visit = |reached: &Reached, bytes: LineBytes<'_>| visit(reached.lines, bytes);
    let file = File::open(path)?;
    if path.extension().is_some_and(|ending| ending == "zst") {
        read(
            zstd::stream::read::Decoder::new(file)?,
            Reached::default(),
            visit,
        )
    } else {
        read(file, Reached::default(), visit)
    }
}

/// How far a file is read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Reached {
    /// Lines, blank ones as well.
    pub(crate) lines: u64,
    /// Bytes, up to the end of the last line.
    pub(crate) bytes: u64,
}

/// The same of the lines of a plain file after those already read; tells how far each line reaches.
pub(crate) fn for_each_after(
    path: &Path,
    reached: Reached,
    visit: impl FnMut(&Reached, LineBytes<'_>),
) -> io::Result<()> {
    let mut file = File::open(path)?;
    file.seek(SeekFrom::Start(reached.bytes))?;
    read(file, reached, visit)
}

/// No line of the collector is nearly as long; what is longer is not one, and is not kept in memory.
pub(crate) const LINE_BYTES_MAX: usize = 1 << 20;

/// The bytes of one line without its end, or the news that it is too long to be one.
pub(crate) type LineBytes<'a> = Result<&'a [u8], TooLong>;

/// The line exceeds [`LINE_BYTES_MAX`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct TooLong;

impl From<TooLong> for LineError {
    fn from(TooLong: TooLong) -> Self {
        Self::TooLong(LINE_BYTES_MAX)
    }
}

/// So much is asked of the system at a time.
const READ_BYTES: usize = 256 << 10;

fn read(
    mut source: impl Read,
    reached: Reached,
    mut visit: impl FnMut(&Reached, LineBytes<'_>),
) -> io::Result<()> {
    let mut buffer = vec![0; READ_BYTES];
    let mut length = 0;
    let mut lines = Lines {
        reached,
        is_too_long: false,
    };
    loop {
        let read = source.read(&mut buffer[length..])?;
        if read == 0 {
            if length > 0 || lines.is_too_long {
                lines.reached.bytes += length as u64;
                lines.end(&buffer[..length], &mut visit);
            }
            return Ok(());
        }
        length += read;
        let mut start = 0;
        while let Some(line) = memchr(b'\n', &buffer[start..length]) {
            lines.reached.bytes += line as u64 + 1;
            lines.end(&buffer[start..start + line], &mut visit);
            start += line + 1;
        }
        buffer.copy_within(start..length, 0);
        length -= start;
        if length > LINE_BYTES_MAX {
            lines.is_too_long = true;
            lines.reached.bytes += length as u64;
            length = 0;
        }
        if length == buffer.len() {
            buffer.resize(2 * length, 0);
        }
    }
}

struct Lines {
    reached: Reached,
    /// The start of the line was dropped.
    is_too_long: bool,
}

impl Lines {
    /// A line ends with these bytes.
    fn end(&mut self, bytes: &[u8], visit: &mut impl FnMut(&Reached, LineBytes<'_>)) {
        self.reached.lines += 1;
        if std::mem::take(&mut self.is_too_long) || bytes.len() > LINE_BYTES_MAX {
            visit(&self.reached, Err(TooLong));
        } else if !bytes.trim_ascii().is_empty() {
            visit(&self.reached, Ok(bytes));
        }
    }
}
