//! A small journal with known figures: its CES and NPS are the cases `small` and `n36` of the
//! vectors. What is printed for it is kept word for word;
//! `HARK_GOLDEN=1 cargo test -p report` keeps it anew.

#![cfg(test)]

use std::path::Path;

use report::{Method, Query, Report};

/// Relative, so that the paths in the table are the same on every machine.
const JOURNAL: &str = "tests/journal";

fn read(query: &Query) -> Report {
    report::read(Path::new(JOURNAL), query).unwrap()
}

#[track_caller]
fn assert_golden(found: &str, golden: &str) {
    let path = Path::new("tests/golden").join(golden);
    if std::env::var_os("HARK_GOLDEN").is_some() {
        std::fs::write(&path, found).unwrap();
    }
    let expected = std::fs::read_to_string(&path).unwrap();
    assert!(
        found == expected,
        "`{}` says otherwise; found:\n{found}",
        path.display()
    );
}

fn table(query: &Query) -> String {
    report::render::table(&read(query))
}

#[test]
fn the_table_is_as_kept() {
    assert_golden(&table(&Query::default()), "table.txt");
}

#[test]
fn the_json_is_as_kept() {
    let json = serde_json::to_string_pretty(&read(&Query::default())).unwrap();
    assert_golden(&(json + "\n"), "report.json");
}

#[test]
fn what_was_asked_for_is_said() {
    let query = Query {
        survey: Some("order-satisfaction".to_owned()),
        site: Some("demo".to_owned()),
        since: Some("2026-11-21T00:00:00Z".parse().unwrap()),
        all: true,
        method: Method::BonettPrice,
        ..Query::default()
    };
    assert_golden(&table(&query), "one_survey.txt");
}

#[test]
fn a_survey_nobody_answered_is_said_to_be_absent() {
    let query = Query {
        survey: Some("chekout-effort".to_owned()),
        ..Query::default()
    };
    assert_golden(&table(&query), "no_such_survey.txt");
}

#[test]
fn the_table_fits_eighty_columns_but_for_paths() {
    for line in table(&Query::default())
        .lines()
        .filter(|line| !line.contains(JOURNAL))
    {
        assert!(line.chars().count() <= 80, "{line}");
    }
}
