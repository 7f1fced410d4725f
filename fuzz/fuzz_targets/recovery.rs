//! A data folder with anything in its newest segment and in its index: a start succeeds, loses no byte,
//! and knows every event that is left, even if it is done twice.
#![no_main]

mod journal;

use libfuzzer_sys::fuzz_target;
use serde::Deserialize;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;
use survey::accept::EventKey;
use survey::id::EventId;
use tempfile::TempDir;

/// One folder for all runs, in memory where there is such a file system.
static DATA: LazyLock<(TempDir, PathBuf)> = LazyLock::new(|| {
    let memory = tempfile::tempdir_in("/dev/shm");
    let folder = memory.or_else(|_| tempfile::tempdir()).expect("a folder");
    let day = folder.path().join("events/date=2026-11-21");
    fs::create_dir_all(&day).expect("a folder");
    fs::create_dir_all(folder.path().join("index")).expect("a folder");
    (folder, day)
});

/// Parts the input: before it is the index, behind it the segment.
const PARTING: &[u8] = b"\n--\n";

fuzz_target!(|bytes: &[u8]| {
    let (data, day) = &*DATA;
    let at = bytes
        .windows(PARTING.len())
        .position(|part| part == PARTING);
    let (index, segment) = match at {
        Some(at) => (Some(&bytes[..at]), &bytes[at + PARTING.len()..]),
        None => (None, bytes),
    };
    let path = day.join("000007.jsonl");
    let torn = day.join("000007.jsonl.torn");
    let ids = data.path().join("index/000007.ids");
    let _ = (fs::remove_file(&torn), fs::remove_file(&ids));
    fs::write(&path, segment).expect("written");
    if let Some(index) = index {
        fs::write(&ids, index).expect("written");
    }

    let started = journal::start(data.path()).expect("only bytes can be wrong");
    assert_eq!(started.next_segment(), 8);
    let kept = fs::read(&path).expect("a segment");
    let aside = fs::read(&torn).unwrap_or_default();
    assert_eq!([&kept[..], &aside].concat(), segment, "bytes were lost");
    assert!(
        kept.is_empty() || kept.ends_with(b"\n"),
        "a torn line is left"
    );
    if index.is_none() {
        for key in kept.split(|byte| *byte == b'\n').filter_map(key) {
            assert!(started.knows(key), "{key:?} is unknown");
        }
    }

    let again = journal::start(data.path()).expect("a start succeeds twice");
    assert_eq!(again.next_segment(), 8);
    assert_eq!(read(&path), kept, "the second start cuts more");
    assert_eq!(read(&torn), aside);
});

fn read(path: &Path) -> Vec<u8> {
    fs::read(path).unwrap_or_default()
}

/// What a line must be to be somebody's: one that says a field twice is nobody's.
#[derive(Deserialize)]
struct Line {
    id: String,
    seq: u32,
    #[serde(rename = "type", default)]
    _kind: Option<String>,
    #[serde(rename = "visitor", default)]
    _visitor: Option<String>,
}

/// The key of a line.
fn key(line: &[u8]) -> Option<EventKey> {
    let line: Line = serde_json::from_slice(line).ok()?;
    let id: EventId = line.id.parse().ok()?;
    Some(EventKey {
        id: id.as_u128(),
        seq: line.seq,
    })
}
