//! A segment file with anything in it: every line is read or counted as unreadable, and the figures
//! can be made. Packed, the same lines give the same; and what is said to be packed may be anything as well.
#![no_main]

use libfuzzer_sys::fuzz_target;
use report::{Query, ReadError, Report};
use serde_json::{Value, json};
use std::fs;
use std::path::PathBuf;
use std::sync::LazyLock;
use tempfile::TempDir;

/// One folder for all runs, in memory where there is such a file system.
static DATA: LazyLock<(TempDir, PathBuf)> = LazyLock::new(|| {
    let memory = tempfile::tempdir_in("/dev/shm");
    let folder = memory.or_else(|_| tempfile::tempdir()).expect("a folder");
    let day = folder.path().join("events/date=2026-11-21");
    fs::create_dir_all(&day).expect("a folder");
    (folder, day)
});

/// What is read of one segment file; an error where the file itself cannot be.
fn read(name: &str, bytes: &[u8]) -> Result<Report, ReadError> {
    let (data, day) = &*DATA;
    let path = day.join(name);
    fs::write(&path, bytes).expect("written");
    let read = report::read(data.path(), &Query::default());
    fs::remove_file(path).expect("removed");
    // The next file of this name may be as long and as old, and is another all the same.
    report::forget(data.path()).expect("forgotten");
    read
}

/// Everything but where it stands.
fn said(report: &Report) -> Value {
    let lines = &report.lines;
    let counts = [lines.read, lines.unreadable, lines.duplicate, lines.automated];
    json!([report.surveys, counts])
}

fuzz_target!(|bytes: &[u8]| {
    let plain = read("000001.jsonl", bytes).expect("only lines can be wrong");
    let lines = bytes.split(|&byte| byte == b'\n');
    let lines = lines.filter(|line| !line.trim_ascii().is_empty()).count() as u64;
    assert!(plain.lines.unreadable <= lines);
    let frame = zstd::encode_all(bytes, 1).expect("packed");
    let packed = read("000001.jsonl.zst", &frame).expect("only lines can be wrong");
    assert_eq!(said(&packed), said(&plain));
    // Torn, flipped or no frame at all: it is read or refused, and nothing else.
    let _ = read("000001.jsonl.zst", bytes);
    let _ = read("000001.jsonl.zst", &frame[..frame.len() / 2]);
});
