//! The lines of a segment file, plain or compressed, each handed on where it lies in the buffer.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use memchr::memchr;

use crate::line::LineError;

/// Hands each line of a file to `visit` with its number, from 1; blank ones are passed over.
pub(crate) fn for_each(path: &Path, visit: impl FnMut(u64, LineBytes<'_>)) -> io::Result<()> {
    let file = File::open(path)?;
    if path.extension().is_some_and(|ending| ending == "zst") {
        read(zstd::stream::read::Decoder::new(file)?, visit)
    } else {
        read(file, visit)
    }
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

fn read(mut source: impl Read, mut visit: impl FnMut(u64, LineBytes<'_>)) -> io::Result<()> {
    let mut buffer = vec![0; READ_BYTES];
    let mut length = 0;
    let mut lines = Lines {
        number: 0,
        is_too_long: false,
    };
    loop {
        let read = source.read(&mut buffer[length..])?;
        if read == 0 {
            if length > 0 || lines.is_too_long {
                lines.end(&buffer[..length], &mut visit);
            }
            return Ok(());
        }
        length += read;
        let mut start = 0;
        while let Some(line) = memchr(b'\n', &buffer[start..length]) {
            lines.end(&buffer[start..start + line], &mut visit);
            start += line + 1;
        }
        buffer.copy_within(start..length, 0);
        length -= start;
        if length > LINE_BYTES_MAX {
            lines.is_too_long = true;
            length = 0;
        }
        if length == buffer.len() {
            buffer.resize(2 * length, 0);
        }
    }
}

struct Lines {
    number: u64,
    /// The start of the line was dropped.
    is_too_long: bool,
}

impl Lines {
    /// A line ends with these bytes.
    fn end(&mut self, bytes: &[u8], visit: &mut impl FnMut(u64, LineBytes<'_>)) {
        self.number += 1;
        if std::mem::take(&mut self.is_too_long) || bytes.len() > LINE_BYTES_MAX {
            visit(self.number, Err(TooLong));
        } else if !bytes.trim_ascii().is_empty() {
            visit(self.number, Ok(bytes));
        }
    }
}
