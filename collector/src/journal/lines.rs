//! Reading segments line by line, and finding the key of a line without parsing all of it.

use super::segment::{Form, Found};
use super::storage::Storage;
use serde::Deserialize;
use std::borrow::Cow;
use std::io::{self, BufRead, BufReader, Read};
use survey::accept::EventKey;
use survey::id::EventId;

const BUFFER: usize = 256 << 10;
/// More than one write leaves unsynced: within so many bytes of the end a line may have holes.
const DOUBTFUL: u64 = 2 << 20;

/// Calls `read` with each line of a segment, its newline included, and the offset after it.
pub(super) fn each_line(
    storage: &dyn Storage,
    segment: &Found,
    read: impl FnMut(&[u8], u64) -> io::Result<()>,
) -> io::Result<()> {
    each_line_of(unpacked(storage, segment)?, read)
}

/// The segment's lines as text, whatever its form.
pub(super) fn unpacked(storage: &dyn Storage, segment: &Found) -> io::Result<Box<dyn Read + Send>> {
    let file = storage.read(&segment.path, 0)?;
    match segment.form {
        Form::Packed | Form::Superfluous => Ok(Box::new(zstd::Decoder::new(file)?)),
        Form::Plain | Form::Torn | Form::Unfinished => Ok(file),
    }
}

/// Calls `read` with each line, its newline included, and the offset after it.
pub(super) fn each_line_of(
    text: impl Read,
    mut read: impl FnMut(&[u8], u64) -> io::Result<()>,
) -> io::Result<()> {
    let mut reader = BufReader::with_capacity(BUFFER, text);
    let (mut kept, mut offset) = (Vec::new(), 0);
    loop {
        let buffer = reader.fill_buf()?;
        if buffer.is_empty() {
            break;
        }
        let mut used = 0;
        // Whole lines are read where they lie; only what crosses the buffer's end is copied.
        while let Some(length) = memchr::memchr(b'\n', &buffer[used..]) {
            let line = &buffer[used..=used + length];
            used += line.len();
            if kept.is_empty() {
                offset += line.len() as u64;
                read(line, offset)?;
            } else {
                kept.extend_from_slice(line);
                offset += kept.len() as u64;
                read(&kept, offset)?;
                kept.clear();
            }
        }
        kept.extend_from_slice(&buffer[used..]);
        let all = buffer.len();
        reader.consume(all);
    }
    if !kept.is_empty() {
        offset += kept.len() as u64;
        read(&kept, offset)?;
    }
    Ok(())
}

/// From where on a line of a segment needs to be parsed to be believed.
pub(super) fn doubtful_from(storage: &dyn Storage, segment: &Found) -> io::Result<u64> {
    match segment.form {
        Form::Plain => Ok(storage.length(&segment.path)?.saturating_sub(DOUBTFUL)),
        // Where the end of a compressed one is, only its last byte tells.
        _ => Ok(0),
    }
}

/// The key of a line that the collector wrote, by its first fields; what looks different is parsed.
/// Only for lines outside of doubt.
pub(super) fn key_of(line: &[u8]) -> Option<EventKey> {
    key_as_written(line).or_else(|| parse(line)?.key())
}

/// What a line says of whom it belongs to.
#[derive(Deserialize)]
pub(super) struct Parsed<'l> {
    #[serde(rename = "type", borrow, default)]
    pub(super) kind: Option<Cow<'l, str>>,
    #[serde(borrow, default)]
    pub(super) id: Option<Cow<'l, str>>,
    #[serde(default)]
    pub(super) seq: Option<u32>,
    #[serde(borrow, default)]
    pub(super) visitor: Option<Cow<'l, str>>,
}

impl Parsed<'_> {
    pub(super) fn key(&self) -> Option<EventKey> {
        Some(EventKey {
            id: self.id()?,
            seq: self.seq?,
        })
    }

    /// Whether it is no event, but hides others.
    pub(super) fn is_erasure(&self) -> bool {
        self.kind.as_deref() == Some("erase")
    }

    pub(super) fn id(&self) -> Option<u128> {
        let id: EventId = self.id.as_deref()?.parse().ok()?;
        Some(id.as_u128())
    }
}

/// A whole line, or `None` where it is not one.
pub(super) fn parse(line: &[u8]) -> Option<Parsed<'_>> {
    serde_json::from_slice(line).ok()
}

/// `{"type":"response","id":"019aa5f0-…","seq":2,` is how every line of ours begins.
pub(super) fn key_as_written(line: &[u8]) -> Option<EventKey> {
    let rest = line.strip_prefix(b"{\"type\":\"")?;
    let quote = rest.iter().take(16).position(|&byte| byte == b'"')?;
    let rest = rest.get(quote..)?.strip_prefix(b"\",\"id\":\"")?;
    let (id, rest) = rest.split_at_checked(36)?;
    let rest = rest.strip_prefix(b"\",\"seq\":")?;
    let digits = rest
        .iter()
        .take(10)
        .take_while(|byte| byte.is_ascii_digit());
    let digits = rest.get(..digits.count())?;
    let ends = line.ends_with(b"}\n") && matches!(rest.get(digits.len()), Some(b',' | b'}'));
    let (id, digits) = (str::from_utf8(id).ok()?, str::from_utf8(digits).ok()?);
    let id: EventId = id.parse().ok()?;
    ends.then_some(EventKey {
        id: id.as_u128(),
        seq: digits.parse().ok()?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const ID: &str = "019aa5f0-4500-7fff-bfff-ffffffffffff";

    #[test]
    fn the_key_of_a_line_is_found_whoever_wrote_it() {
        let ours = format!("{{\"type\":\"response\",\"id\":\"{ID}\",\"seq\":12,\"a\":1}}\n");
        let theirs = format!("{{ \"seq\": 12, \"id\": \"{ID}\" }}\n");
        let id: EventId = ID.parse().expect("an id");
        let key = EventKey {
            id: id.as_u128(),
            seq: 12,
        };
        assert_eq!(key_as_written(ours.as_bytes()), Some(key));
        assert_eq!(key_as_written(theirs.as_bytes()), None);
        assert_eq!(key_of(theirs.as_bytes()), Some(key));
        for end in 0..ours.len() - 1 {
            assert_eq!(key_of(&ours.as_bytes()[..end]), None, "cut at {end}");
        }
    }

    #[test]
    fn lines_are_whole_wherever_a_buffer_ends() {
        for length in [BUFFER - 2, BUFFER - 1, BUFFER, BUFFER + 1, 3 * BUFFER] {
            let text = ["x".repeat(length), "y".to_owned(), "torn".to_owned()].join("\n");
            let mut read = Vec::new();
            let each = |line: &[u8], after| {
                read.push((line.len(), after));
                Ok(())
            };
            each_line_of(text.as_bytes(), each).expect("read");
            let first = length as u64 + 1;
            assert_eq!(read, [(length + 1, first), (2, first + 2), (4, first + 6)]);
        }
    }
}
