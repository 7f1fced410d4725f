//! A shop whose journal is written by hand, line by line.

use std::fs;
use std::path::{Path, PathBuf};

use report::{Query, Report};
use serde_json::{Value, json};

pub(crate) struct Shop {
    data: tempfile::TempDir,
}

impl Shop {
    pub(crate) fn opens() -> Self {
        Self {
            data: tempfile::tempdir().unwrap(),
        }
    }

    pub(crate) fn data(&self) -> &Path {
        self.data.path()
    }

    /// Writes these bytes into a file of one day.
    pub(crate) fn keeps(&self, name: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
        let day = self.data().join("events/date=2026-11-21");
        fs::create_dir_all(&day).unwrap();
        fs::write(day.join(name), bytes).unwrap();
        day.join(name)
    }

    /// Writes these lines, and no others, into the first segment.
    pub(crate) fn receives(&self, lines: &[Value]) {
        let text: String = lines.iter().map(|line| format!("{line}\n")).collect();
        self.keeps("000001.jsonl", text);
    }

    pub(crate) fn reports(&self, query: &Query) -> Report {
        report::read(self.data(), query).unwrap()
    }
}

/// A line of the visitor with this number: an NPS of site `demo`, received at noon.
pub(crate) fn line(visitor: u8, act: &str, seq: u32) -> Value {
    json!({
        "type": act, "id": format!("019aa5f0-4500-7000-8000-0000000000{visitor:02x}"), "seq": seq,
        "survey": "recommend", "metric": "nps", "site": "demo", "automated": false,
        "received_at": "2026-11-21T12:00:00.000Z",
    })
}

/// The same line with one field otherwise.
pub(crate) fn with(mut line: Value, field: &str, value: impl Into<Value>) -> Value {
    line[field] = value.into();
    line
}

/// A complete response.
pub(crate) fn answer(visitor: u8, score: u8) -> Value {
    with(
        with(line(visitor, "response", 2), "score", score),
        "complete",
        true,
    )
}
