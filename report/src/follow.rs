//! Following the journal: each line once, as it comes, from where one left off.

use std::fs::File;
use std::io::{BufRead, BufReader, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::segments::{ReadError, number, refused, segments, steadily};

/// How far the journal was followed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Position {
    /// The number of a segment.
    pub segment: u64,
    /// Bytes of it that are read, all of them whole lines.
    pub offset: u64,
}

/// Reads what is new since it read last.
#[derive(Clone, Debug)]
pub struct Follower {
    data_dir: PathBuf,
    position: Position,
}

impl Follower {
    /// One that goes on from a position.
    #[must_use]
    pub fn from(data_dir: &Path, position: Position) -> Self {
        Self {
            data_dir: data_dir.to_owned(),
            position,
        }
    }

    /// One that reads only what comes from now on.
    ///
    /// # Errors
    /// When a folder or file of the journal cannot be read.
    pub fn from_now_on(data_dir: &Path) -> Result<Self, ReadError> {
        let end = || -> Result<Position, ReadError> {
            let Some(last) = segments(data_dir)?.pop() else {
                return Ok(Position::default());
            };
            Ok(Position {
                segment: number(&last).unwrap_or_default(),
                offset: each_line(&last, 0, &mut |_| {})?,
            })
        };
        Ok(Self::from(data_dir, steadily(end)?))
    }

    /// Where it is.
    #[must_use]
    pub const fn position(&self) -> Position {
        self.position
    }

    /// Tells `visit` of every whole line since the last time, without its newline. A line that is still
    /// being written is left for the next time.
    ///
    /// # Errors
    /// When a folder or file of the journal cannot be read, or went while it was looked for. Asking again
    /// tells the lines again that were told before the error.
    pub fn read(&mut self, mut visit: impl FnMut(&[u8])) -> Result<(), ReadError> {
        let mut position = self.position;
        for segment in segments(&self.data_dir)? {
            let number = number(&segment).unwrap_or_default();
            if number < position.segment {
                continue;
            }
            let offset = if number == position.segment {
                position.offset
            } else {
                0
            };
            position = Position {
                segment: number,
                offset: each_line(&segment, offset, &mut visit)?,
            };
        }
        self.position = position;
        Ok(())
    }
}

/// Reads whole lines from an offset on; gives the offset after them. Where no line begins there, because
/// the segment was rewritten meanwhile, all of it is read.
fn each_line(path: &Path, offset: u64, visit: &mut impl FnMut(&[u8])) -> Result<u64, ReadError> {
    let refused = |source| refused(path, source);
    let mut offset = offset;
    let mut lines = BufReader::new(from(path, offset.saturating_sub(1)).map_err(refused)?);
    if offset > 0 {
        let mut before = [0];
        let begins = lines.read_exact(&mut before).is_ok() && before == *b"\n";
        if !begins {
            offset = 0;
            lines = BufReader::new(from(path, 0).map_err(refused)?);
        }
    }
    let mut line = Vec::new();
    loop {
        line.clear();
        lines.read_until(b'\n', &mut line).map_err(refused)?;
        let Some(text) = line.strip_suffix(b"\n") else {
            return Ok(offset);
        };
        visit(text);
        offset += line.len() as u64;
    }
}

/// The text of a segment from an offset on, packed or not.
fn from(path: &Path, offset: u64) -> std::io::Result<Box<dyn Read>> {
    let mut file = File::open(path)?;
    if path.extension().is_some_and(|extension| extension == "zst") {
        let mut text = zstd::Decoder::new(file)?;
        std::io::copy(&mut text.by_ref().take(offset), &mut std::io::sink())?;
        return Ok(Box::new(text));
    }
    file.seek(SeekFrom::Start(offset))?;
    Ok(Box::new(file))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    struct Journal(tempfile::TempDir);

    impl Journal {
        fn new() -> Self {
            let journal = Self(tempfile::tempdir().expect("a folder"));
            fs::create_dir_all(journal.0.path().join("events/date=2026-11-27")).expect("a folder");
            journal
        }

        fn path(&self, name: &str) -> PathBuf {
            self.0.path().join("events/date=2026-11-27").join(name)
        }

        fn holds(&self, name: &str, text: &str) {
            fs::write(self.path(name), text).expect("written");
        }

        fn is_packed(&self, name: &str) {
            let text = fs::read(self.path(name)).expect("read");
            let packed = zstd::encode_all(&text[..], 1).expect("packed");
            fs::write(self.path(&format!("{name}.zst")), packed).expect("written");
            fs::remove_file(self.path(name)).expect("removed");
        }
    }

    fn heard(follower: &mut Follower) -> String {
        let mut heard = Vec::new();
        let hear = |line: &[u8]| heard.push(String::from_utf8_lossy(line).into_owned());
        follower.read(hear).expect("read");
        heard.join(" ")
    }

    #[test]
    fn each_line_is_told_once_and_only_when_it_is_whole() {
        let journal = Journal::new();
        let mut follower = Follower::from(journal.0.path(), Position::default());
        assert_eq!(heard(&mut follower), "");
        journal.holds("000001.jsonl", "a\nb\nhal");
        assert_eq!(heard(&mut follower), "a b");
        assert_eq!(heard(&mut follower), "");
        journal.holds("000001.jsonl", "a\nb\nhalf\n");
        journal.holds("000002.jsonl", "c\n");
        assert_eq!(heard(&mut follower), "half c");
        let position = Position {
            segment: 2,
            offset: 2,
        };
        assert_eq!(follower.position(), position);
    }

    #[test]
    fn a_segment_may_be_packed_meanwhile() {
        let journal = Journal::new();
        journal.holds("000001.jsonl", "a\nb\n");
        let mut follower = Follower::from(
            journal.0.path(),
            Position {
                segment: 1,
                offset: 2,
            },
        );
        journal.is_packed("000001.jsonl");
        journal.holds("000002.jsonl", "c\n");
        assert_eq!(heard(&mut follower), "b c");
        journal.is_packed("000002.jsonl");
        journal.holds("000003.jsonl", "d\n");
        assert_eq!(heard(&mut follower), "d");
    }

    #[test]
    fn a_segment_that_was_rewritten_is_read_anew() {
        let journal = Journal::new();
        journal.holds("000001.jsonl", "long line\nb\n");
        let mut follower = Follower::from_now_on(journal.0.path()).expect("a follower");
        assert_eq!(heard(&mut follower), "");
        journal.holds("000001.jsonl", "b\nc\nand more\n");
        assert_eq!(heard(&mut follower), "b c and more");
        journal.holds("000001.jsonl", "b\n");
        assert_eq!(heard(&mut follower), "b");
    }
}
