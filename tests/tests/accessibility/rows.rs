//! The table of `docs/accessibility.md` names tests that exist, and leaves no row out.

use std::fs;
use std::path::Path;

#[test]
fn every_row_is_held_by_a_test_that_exists_or_says_why_not() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let page = fs::read_to_string(root.join("../docs/accessibility.md")).expect("the page");
    let sources = sources(&root.join("tests"));
    let rows: Vec<Vec<&str>> = page
        .lines()
        .filter(|line| line.starts_with("| ") && line.as_bytes()[2].is_ascii_digit())
        .map(|line| line.trim_matches('|').split(" | ").map(str::trim).collect())
        .collect();
    let numbers: Vec<&str> = rows.iter().map(|row| row[0]).collect();
    let expected: Vec<String> = (1..=30).map(|row: u32| row.to_string()).collect();
    assert_eq!(numbers, expected);
    for row in rows {
        let held_by = row.last().expect("a cell");
        let mut tests = held_by.split('`').skip(1).step_by(2).peekable();
        assert!(
            tests.peek().is_some() || held_by.starts_with("By eye: "),
            "row {}: {held_by}",
            row[0]
        );
        for test in tests {
            assert!(
                sources.contains(&format!("fn {test}(")),
                "row {} names {test}, which is nowhere",
                row[0]
            );
        }
    }
}

/// The text of every test file.
fn sources(folder: &Path) -> String {
    let entries = fs::read_dir(folder).expect("tests");
    entries
        .map(|entry| entry.expect("a file").path())
        .map(|path| {
            if path.is_dir() {
                sources(&path)
            } else {
                fs::read_to_string(path).expect("text")
            }
        })
        .collect()
}
