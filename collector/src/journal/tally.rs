//! How many responses were completed, by site and survey: what a quota is held against.
//!
//! The number stands in each line that completes one, and so the highest of a survey's is its count. A
//! small file beside the segments says what stood in those that are sealed, so that a start reads only
//! what came after. Numbers only grow: what was erased or has become too old was answered all the same.

use super::lines::each_line;
use super::mark::{Mark, Subject, subject_of};
use super::segment::Found;
use super::storage::{self, Storage};
use memchr::memmem;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::io::{self, Read};
use std::path::Path;
use std::sync::{PoisonError, RwLock};

/// By subject, how many there are.
pub(super) type Numbers = BTreeMap<Subject, u64>;

/// The counts of a running journal.
#[derive(Debug, Default)]
pub(crate) struct Tally(RwLock<Numbers>);

impl Tally {
    pub(super) fn new(numbers: Numbers) -> Self {
        Self(RwLock::new(numbers))
    }

    /// How many responses of it are on disk and counted.
    pub(crate) fn of(&self, subject: &str) -> u64 {
        let numbers = self.0.read().unwrap_or_else(PoisonError::into_inner);
        numbers.get(subject).copied().unwrap_or(0)
    }

    /// All of them.
    pub(crate) fn all(&self) -> Numbers {
        self.0
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    /// Takes in what is on disk now.
    pub(super) fn raise(&self, numbers: Numbers) {
        if !numbers.is_empty() {
            let mut known = self.0.write().unwrap_or_else(PoisonError::into_inner);
            raise(&mut known, numbers);
        }
    }
}

/// Takes over every number that is higher.
pub(super) fn raise(known: &mut Numbers, numbers: Numbers) {
    for (subject, number) in numbers {
        let count = known.entry(subject).or_default();
        *count = number.max(*count);
    }
}

/// What the file holds.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Kept {
    /// No segment up to this number has a higher one.
    pub(super) through: u64,
    pub(super) completed: Numbers,
}

impl Kept {
    /// What was kept, or nothing if it cannot be read: then all lines are.
    pub(super) fn read(storage: &dyn Storage, path: &Path) -> Self {
        let mut text = Vec::new();
        let read = storage
            .read(path, 0)
            .and_then(|mut file| file.read_to_end(&mut text));
        match read.map(|_| serde_json::from_slice(&text)) {
            Ok(Ok(kept)) => kept,
            Err(error) if error.kind() == io::ErrorKind::NotFound => Self::default(),
            Ok(Err(_)) | Err(_) => {
                tracing::warn!("cannot read `{}`, and so all lines are", path.display());
                Self::default()
            }
        }
    }

    pub(super) fn write(&self, storage: &dyn Storage, path: &Path) -> io::Result<()> {
        storage::replace(storage, path, &serde_json::to_vec(self)?)
    }
}

/// The highest numbers in some lines.
#[derive(Default)]
pub(super) struct Highest {
    numbers: Numbers,
    /// The survey and site of the last line that had a number, as they stand in it.
    last: Option<(Vec<u8>, Vec<u8>)>,
    last_number: u64,
    last_subject: Subject,
}

impl Highest {
    /// Of a whole segment.
    pub(super) fn of(storage: &dyn Storage, segment: &Found) -> io::Result<Numbers> {
        let mut highest = Self::default();
        each_line(storage, segment, |line, _| {
            if let Some(mark) = Mark::of(line) {
                highest.note(mark, line);
            }
            Ok(())
        })?;
        Ok(highest.into_numbers())
    }

    /// Takes note of a line that ends with this mark.
    pub(super) fn note(&mut self, mark: Mark, line: &[u8]) {
        let Mark::Counted { number, .. } = mark else {
            return;
        };
        // Mostly it is the same survey again, which needs no parsing.
        let parts = parts(line);
        if let (Some(parts), Some(last)) = (parts, &self.last)
            && (parts.0, parts.1) == (&last.0[..], &last.1[..])
        {
            self.last_number = number.max(self.last_number);
            return;
        }
        let Some(subject) = subject_of(line) else {
            return;
        };
        self.keep_last();
        self.last = parts.map(|(survey, site)| (survey.to_vec(), site.to_vec()));
        (self.last_number, self.last_subject) = (number, subject);
    }

    pub(super) fn into_numbers(mut self) -> Numbers {
        self.keep_last();
        self.numbers
    }

    fn keep_last(&mut self) {
        if !self.last_subject.is_empty() {
            let subject = std::mem::take(&mut self.last_subject);
            raise(&mut self.numbers, [(subject, self.last_number)].into());
        }
    }
}

/// Where survey and site stand in a line of ours; `None` if there is any doubt.
fn parts(line: &[u8]) -> Option<(&[u8], &[u8])> {
    const SITE: &[u8] = b",\"site\":\"";
    let survey = text_after(line, memmem::find(line, b",\"survey\":\"")? + 11)?;
    let place = memmem::rfind(line, SITE)?;
    // Elsewhere in the line something may be called the same.
    let is_only_one = memmem::find(line, SITE) == Some(place);
    Some((
        survey,
        text_after(line, place + SITE.len()).filter(|_| is_only_one)?,
    ))
}

fn text_after(line: &[u8], begin: usize) -> Option<&[u8]> {
    let rest = line.get(begin..)?;
    let text = rest.get(..memchr::memchr(b'"', rest)?)?;
    (!text.contains(&b'\\')).then_some(text)
}

#[cfg(test)]
mod tests {
    use super::super::memory::Memory;
    use super::*;

    #[test]
    fn the_highest_number_of_each_survey_is_found() {
        let line = |survey: &str, site: &str, ending: &str| {
            format!(
                r#"{{"type":"response","id":"x","seq":1,"survey":"{survey}","site":"{site}"{ending}}}"#
            ) + "\n"
        };
        let lines = [
            line("effort", "demo", r#","completed":1"#),
            line("effort", "demo", r#","completed":3,"quota":9"#),
            line("effort", "demo", r#","completed":2"#),
            line("effort", "demo", ""),
            line("effort", "demo", r#","over_quota":true"#),
            line("nps", "demo", r#","completed":7"#),
            line("nps", "two", r#","x":{"a":0,"site":"demo"},"completed":8"#),
            line("effort", "demo", r#","completed":2"#),
            line("a\\\"b", "demo", r#","completed":4"#),
        ];
        let mut highest = Highest::default();
        for line in &lines {
            if let Some(mark) = Mark::of(line.as_bytes()) {
                highest.note(mark, line.as_bytes());
            }
        }
        let expected = [
            ("demo/effort", 3),
            ("demo/nps", 7),
            ("two/nps", 8),
            ("demo/a\"b", 4),
        ];
        let expected: Numbers = expected
            .map(|(subject, number)| (subject.to_owned(), number))
            .into();
        assert_eq!(highest.into_numbers(), expected);
    }

    #[test]
    fn what_is_kept_is_read_back_and_anything_else_is_nothing() {
        let memory = Memory::default();
        memory.put("data/keep", b"");
        let path = Path::new("data/completed.json");
        assert_eq!(Kept::read(&memory, path), Kept::default());
        let kept = Kept {
            through: 7,
            completed: [("demo/effort".to_owned(), 3)].into(),
        };
        kept.write(&memory, path).expect("written");
        assert_eq!(Kept::read(&memory, path), kept);
        memory.put("data/completed.json", b"{\"through\":7");
        assert_eq!(Kept::read(&memory, path), Kept::default());
    }
}
