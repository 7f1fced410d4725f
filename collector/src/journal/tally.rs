//! How many responses were completed, by site and survey: what a quota is held against.
//!
//! The number stands in each line that completes one, and so the highest of a survey's is its count. A
//! small file beside the segments says what stood in those that are sealed, so that a start reads only
//! what came after. Numbers only grow: what was erased or has become too old was answered all the same.

use super::lines::each_line;
use super::mark::{Mark, Subject, names_of, subject};
use super::segment::Found;
use super::storage::{self, Storage};
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
pub(super) struct Highest(Vec<Known>);

/// What lines of one subject have in common, and the highest number among them.
struct Known {
    subject: Subject,
    /// As it stands after a line's `seq`.
    survey_field: Vec<u8>,
    /// As it stands before a line's time of receipt, which is the last field but the mark, unless somebody
    /// has sent fields that Hark does not know.
    site_field: Vec<u8>,
    number: u64,
}

impl Highest {
    /// Of a whole segment.
    pub(super) fn of(storage: &dyn Storage, segment: &Found) -> io::Result<Numbers> {
        let mut highest = Self::default();
        each_line(storage, segment, |line, _| {
            highest.note(line);
            Ok(())
        })?;
        Ok(highest.into_numbers())
    }

    /// Takes note of a line, and gives the mark that it ends with.
    pub(super) fn note(&mut self, line: &[u8]) -> Option<Mark> {
        let (mark, before) = Mark::split(line)?;
        if let Mark::Counted { number, .. } = mark {
            // There are few surveys, and many lines, which need no parsing.
            match self.0.iter_mut().find(|known| known.is_of(line, before)) {
                Some(known) => known.number = number.max(known.number),
                None => self.0.extend(Known::of(line, number)),
            }
        }
        Some(mark)
    }

    pub(super) fn into_numbers(self) -> Numbers {
        let mut numbers = Numbers::new();
        for Known {
            subject, number, ..
        } in self.0
        {
            raise(&mut numbers, [(subject, number)].into());
        }
        numbers
    }
}

const BEGINNING: &[u8] = b"{\"type\":\"response\",\"id\":\"";
const SEQ: &[u8] = b"\",\"seq\":";
const ID_LENGTH: usize = 36;
/// `2026-11-21T10:00:00.123Z"`
const TIME_LENGTH: usize = 25;

impl Known {
    fn of(line: &[u8], number: u64) -> Option<Self> {
        let (site, survey) = names_of(line)?;
        // As they are written in a line.
        let quoted = |text: &str| serde_json::to_string(text).ok();
        Some(Self {
            survey_field: format!(",\"survey\":{},", quoted(&survey)?).into(),
            site_field: format!(",\"site\":{},\"received_at\":\"", quoted(&site)?).into(),
            subject: subject(&site, &survey),
            number,
        })
    }

    /// Whether a line, of which this is what stands before its mark, is surely of the same subject.
    fn is_of(&self, line: &[u8], before: &[u8]) -> bool {
        let after_id = line
            .strip_prefix(BEGINNING)
            .and_then(|rest| rest.get(ID_LENGTH..));
        let Some(after_seq) = after_id.and_then(|rest| rest.strip_prefix(SEQ)) else {
            return false;
        };
        let digits = after_seq.iter().take_while(|byte| byte.is_ascii_digit());
        let survey = after_seq.get(digits.count()..).unwrap_or_default();
        let site = before
            .len()
            .checked_sub(TIME_LENGTH)
            .and_then(|end| before.get(..end));
        survey.starts_with(&self.survey_field)
            && site.is_some_and(|site| site.ends_with(&self.site_field))
    }
}

#[cfg(test)]
mod tests {
    use super::super::memory::Memory;
    use super::*;

    #[test]
    fn the_highest_number_of_each_survey_is_found() {
        let line = |survey: &str, site: &str, ending: &str| {
            let id = "019aa5f0-4500-7000-8000-000000000001";
            let (before, after) = (
                r#"{"type":"response","id":""#,
                r#","received_at":"2026-11-21T10:00:00.123Z""#,
            );
            format!(
                r#"{before}{id}","seq":12,"survey":"{survey}","site":"{site}"{after}{ending}}}"#
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
            line("a\\\"b", "demo", r#","completed":5"#),
            line("nps", "two", r#","completed":9"#),
            // Written by somebody else.
            "{ \"survey\": \"nps\", \"site\": \"two\" ,\"completed\":10}\n".to_owned(),
        ];
        let mut highest = Highest::default();
        for line in &lines {
            highest.note(line.as_bytes());
        }
        let expected = [
            ("demo/effort", 3),
            ("demo/nps", 7),
            ("two/nps", 10),
            ("demo/a\"b", 5),
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
