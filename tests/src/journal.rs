//! The lines on disk, read as anybody would: folders, files, lines, JSON.

use crate::wait::until;
use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};

/// The data folder of a collector.
pub struct Journal {
    events: PathBuf,
}

impl Journal {
    pub(crate) fn new(data: &Path) -> Self {
        Self {
            events: data.join("events"),
        }
    }

    /// Every line there is, in the order of the files.
    ///
    /// # Panics
    /// When a line is no JSON.
    #[must_use]
    pub fn lines(&self) -> Vec<Value> {
        self.segments()
            .iter()
            .flat_map(|file| finished_lines(&fs::read(file).expect("a segment file")))
            .collect()
    }

    /// The files with lines, in the order of writing.
    #[must_use]
    pub fn segments(&self) -> Vec<PathBuf> {
        let mut files: Vec<PathBuf> = folders(&self.events)
            .iter()
            .flat_map(|day| folders(day))
            .collect();
        files.sort();
        files.retain(|file| file.extension().is_some_and(|ending| ending == "jsonl"));
        files
    }

    /// Waits for a line for which all of `expected` holds: the same fields with the same values.
    ///
    /// # Panics
    /// When none comes.
    pub async fn line(&self, expected: Value) -> Value {
        until(&format!("a line with {expected}"), || async {
            let lines = self.lines();
            let found = lines.iter().find(|line| holds(line, &expected)).cloned();
            found.ok_or(lines)
        })
        .await
    }

    /// Waits until there are so many lines of a type.
    ///
    /// # Panics
    /// When there never are.
    pub async fn counts(&self, kind: &str, expected: usize) {
        until(&format!("{expected} lines of type {kind}"), || async {
            let count = self.count(kind);
            (count == expected).then_some(()).ok_or(count)
        })
        .await;
    }

    /// How many lines there are of a type.
    #[must_use]
    pub fn count(&self, kind: &str) -> usize {
        let lines = self.lines();
        lines.iter().filter(|line| line["type"] == kind).count()
    }
}

/// Every line that has its end: the last one may be in the middle of being written.
fn finished_lines(bytes: &[u8]) -> Vec<Value> {
    let lines = bytes.split_inclusive(|byte| *byte == b'\n');
    let finished = lines.filter(|line| line.ends_with(b"\n"));
    let read = |line| {
        let shown = || String::from_utf8_lossy(line).into_owned();
        serde_json::from_slice(line).unwrap_or_else(|error| panic!("{error}: {}", shown()))
    };
    finished.map(read).collect()
}

fn holds(line: &Value, expected: &Value) -> bool {
    let expected = expected.as_object().expect("an object");
    expected.iter().all(|(name, value)| line[name] == *value)
}

fn folders(folder: &Path) -> Vec<PathBuf> {
    fs::read_dir(folder)
        .map(|entries| entries.flatten().map(|entry| entry.path()).collect())
        .unwrap_or_default()
}
