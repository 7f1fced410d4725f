//! A segment file with anything in it: every line is read or counted as unreadable, and the figures
//! can be made.
#![no_main]

use libfuzzer_sys::fuzz_target;
use report::Query;
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
    let segment = day.join("000001.jsonl");
    (folder, segment)
});

fuzz_target!(|bytes: &[u8]| {
    let (data, segment) = &*DATA;
    fs::write(segment, bytes).expect("written");
    let read = report::read(data.path(), &Query::default()).expect("only lines can be wrong");
    let lines = bytes.split(|&byte| byte == b'\n');
    let lines = lines.filter(|line| !line.trim_ascii().is_empty()).count() as u64;
    assert!(read.lines.unreadable <= lines);
});
