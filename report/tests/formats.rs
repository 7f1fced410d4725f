//! The report as rows and as a page, word for word.

#![cfg(test)]

use std::path::Path;

use report::comments::{Lexicon, Said};
use report::{By, Query, Report};

/// A small journal with known figures.
const JOURNAL: &str = "tests/journal";

fn query() -> Query {
    Query {
        by: Some(By::Device),
        now: Some("2026-11-23T00:00:00Z".parse().unwrap()),
        ..Query::default()
    }
}

fn read() -> (Report, Said) {
    let lexicon = Lexicon::default();
    report::read_with_comments(Path::new(JOURNAL), &query(), &lexicon, &|_, _| {}).unwrap()
}

/// `HARK_GOLDEN=1` renews what is kept.
#[track_caller]
fn assert_golden(found: &str, golden: &str) {
    let path = Path::new("tests/golden").join(golden);
    if std::env::var_os("HARK_GOLDEN").is_some() {
        std::fs::write(&path, found).unwrap();
    }
    let expected = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(
        found == expected,
        "`{}` says otherwise; found:\n{found}",
        path.display()
    );
}

#[test]
fn the_rows_are_as_kept() {
    let (report, _) = read();
    assert_golden(&report::render::csv(&report).unwrap(), "report.csv");
}

#[test]
fn the_page_is_as_kept() {
    let (report, said) = read();
    assert_golden(&report::render::html(&report, &said), "report.html");
}

#[test]
fn the_table_with_comments_is_as_kept_and_fits_eighty_columns() {
    let (report, said) = read();
    let table = report::render::table_and_comments(&report, &said);
    for line in table.lines().filter(|line| !line.contains(JOURNAL)) {
        assert!(line.chars().count() <= 80, "{line}");
    }
    assert_golden(&table, "comments.txt");
}

#[test]
fn the_page_loads_nothing_and_runs_nothing() {
    let (report, said) = read();
    let page = report::render::html(&report, &said);
    for forbidden in ["http:", "https:", "src=", "url(", "@import", "<script"] {
        assert!(!page.contains(forbidden), "{forbidden}");
    }
    let charts = page.matches("<svg").count();
    assert_eq!(page.matches("<figure>").count(), charts);
    assert_eq!(page.matches("<details>").count(), charts);
}
