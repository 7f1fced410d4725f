//! What every export writes, word for word, and that no spreadsheet obeys it.

#![cfg(test)]

mod shop;

use std::fmt::Write as _;
use std::io::Write as _;
use std::path::Path;

use parquet::file::reader::SerializedFileReader;
use parquet::record::Field;
use report::Query;
use report::export::{Format, Rows, export};
use serde_json::{Value, json};
use shop::{Shop, answer, line, with};

/// Answers that are hard to write down: zero, skipped, formulas, quotes, lists, nobody, programs.
fn shop() -> Shop {
    let shop = Shop::opens();
    let comment = |answer: Value, text: &str| with(answer, "answers", json!({"comment": text}));
    let whole = json!({
        "type": "response", "id": "019aa5f0-4500-7000-8000-000000000009", "seq": 3,
        "survey": "checkout", "metric": "ces", "wording": "purchase", "score": 3,
        "answers": {"comment": "slow, \"very\"\nslow", "choice": "price", "choices": ["a; b", "=c"]},
        "contact": true, "complete": true, "trigger": "exit_intent", "signal": "pointer",
        "at": "2026-11-21T11:59:30.250Z", "channel": "web", "page": {"path": "/checkout"},
        "device": "mobile", "language": "fr", "visitor": "v1",
        "session": {"pages": 4, "seconds": 181, "visit": 2},
        "attributes": {"cart_value": 99.5, "member": true, "plan": "gold"},
        "automated": false, "site": "demo", "received_at": "2026-11-21T12:00:00.123Z",
    });
    shop.receives(&[
        answer(1, 0),
        comment(line(2, "response", 2), "=HYPERLINK(\"http://evil\")"),
        comment(answer(3, 7), "+1"),
        comment(answer(4, 10), "運費太貴"),
        line(5, "impression", 1),
        line(6, "dismissal", 2),
        with(answer(7, 5), "automated", true),
        answer(8, 9),
        answer(8, 9),
        whole,
        json!({"type": "erase", "id": "019aa5f0-4500-7000-8000-000000000008", "site": "demo",
            "received_at": "2026-11-21T13:00:00.000Z"}),
    ]);
    shop
}

fn exported(rows: Rows, format: Format) -> Vec<u8> {
    let mut output = Vec::new();
    export(
        shop().data(),
        &Query::default(),
        rows,
        format,
        &|_, _| {},
        &mut output,
    )
    .unwrap();
    output
}

/// Every row of a Parquet file, by another part of the library.
fn read_back(parquet: &[u8]) -> String {
    let mut file = tempfile::tempfile().unwrap();
    file.write_all(parquet).unwrap();
    let reader = SerializedFileReader::new(file).unwrap();
    let mut text = String::new();
    for row in reader.into_iter() {
        for (name, field) in row.unwrap().get_column_iter() {
            if *field != Field::Null {
                writeln!(text, "{name}: {field}").unwrap();
            }
        }
        text.push('\n');
    }
    text
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
fn the_csv_is_as_kept() {
    let csv = String::from_utf8(exported(Rows::Answered, Format::Csv)).unwrap();
    assert_golden(&csv, "export.csv");
}

#[test]
fn the_json_lines_are_as_kept() {
    let lines = String::from_utf8(exported(Rows::Impressions, Format::Jsonl)).unwrap();
    assert_golden(&lines, "export.jsonl");
}

#[test]
fn the_parquet_rows_are_as_kept() {
    let rows = read_back(&exported(Rows::Impressions, Format::Parquet));
    assert_golden(&rows, "export.parquet.txt");
}

#[test]
fn there_are_as_many_rows_as_responses_in_the_report() {
    let shop = shop();
    let report = shop.reports(&Query::default());
    let responses: u64 = report
        .surveys
        .iter()
        .map(|survey| survey.summary.responses)
        .sum();
    let written = export(
        shop.data(),
        &Query::default(),
        Rows::Answered,
        Format::Csv,
        &|_, _| {},
        Vec::new(),
    );
    assert_eq!(written.unwrap().rows, responses);
}

#[test]
fn no_cell_of_a_csv_is_a_formula() {
    let csv = exported(Rows::Impressions, Format::Csv);
    let mut reader = csv::Reader::from_reader(&csv[..]);
    let mut cells = 0;
    for record in reader.records() {
        for cell in record.unwrap().iter() {
            cells += 1;
            assert!(
                !cell.starts_with(['=', '+', '-', '@', '\t', '\r']),
                "{cell:?}"
            );
        }
    }
    assert_eq!(cells, 7 * 25);
}

#[test]
fn an_export_of_nothing_is_a_header_an_empty_text_or_a_table_without_rows() {
    let nothing = Shop::opens();
    nothing.receives(&[]);
    let export = |format| {
        let mut output = Vec::new();
        let query = Query::default();
        export(
            nothing.data(),
            &query,
            Rows::Answered,
            format,
            &|_, _| {},
            &mut output,
        )
        .unwrap();
        output
    };
    assert_eq!(export(Format::Jsonl), b"");
    assert!(export(Format::Csv).starts_with(b"id,survey,metric,"));
    assert_eq!(read_back(&export(Format::Parquet)), "");
}
