//! What is wrong in settings and survey files, as a compiler would print it.

use std::fmt;
use survey::file::Fault;

/// Faults of one or more files, each with its place.
#[derive(Debug, Default)]
pub(crate) struct Faults(Vec<(String, Fault)>);

impl Faults {
    /// The file's content, or `None` once its faults are noted here.
    pub(crate) fn keep<T>(&mut self, file: &str, read: Result<T, Vec<Fault>>) -> Option<T> {
        let noted = |fault| (file.to_owned(), fault);
        read.map_err(|faults| self.0.extend(faults.into_iter().map(noted)))
            .ok()
    }

    /// Notes those of others as well.
    pub(crate) fn add(&mut self, others: &Self) {
        self.0.extend_from_slice(&others.0);
    }

    /// `Err` if there is any.
    pub(crate) fn none(self) -> Result<(), Self> {
        if self.0.is_empty() { Ok(()) } else { Err(self) }
    }

    /// Every fault as a line of its own, and its hint below.
    pub(crate) fn lines(&self) -> impl Iterator<Item = String> {
        self.0.iter().map(|(file, fault)| format!("{file}:{fault}"))
    }

    /// The same for a log, without line breaks.
    pub(crate) fn on_one_line(&self) -> impl Iterator<Item = String> {
        self.lines()
            .map(|line| line.replace("\n  hint: ", "; hint: "))
    }

    /// The same for everybody: of each file its name only, not where it lies on this machine.
    pub(crate) fn by_name(&self) -> impl Iterator<Item = String> {
        self.0.iter().map(|(file, fault)| {
            let name = file.rsplit('/').next().unwrap_or(file);
            format!("{name}:{fault}")
        })
    }
}

impl fmt::Display for Faults {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let count = self.0.len();
        let faults = if count == 1 { "fault" } else { "faults" };
        write!(formatter, "{count} {faults}")
    }
}
