//! Which files and lines are read, and what is said of those that cannot be.

#[cfg(test)]
mod shop;

use report::{Query, ReadError, render};
use shop::{Shop, answer};

#[test]
fn a_data_folder_that_is_not_there_is_named() {
    let shop = Shop::opens();
    let absent = shop.data().join("dta");
    let refusal = report::read(&absent, &Query::default()).unwrap_err();
    assert!(matches!(refusal, ReadError::NoFolder(_)), "{refusal:?}");
    assert!(
        refusal
            .to_string()
            .starts_with(&format!("there is no folder `{}`", absent.display()))
    );
}

#[test]
fn before_the_first_answer_the_report_says_where_it_looked() {
    let shop = Shop::opens();
    let table = render::table(&shop.reports(&Query::default()));
    let events = shop.data().join("events");
    let sentence = format!(
        "No answers yet: there is no line in `{}`\n",
        events.display()
    );
    assert!(table.starts_with(&sentence), "{table}");
}

#[test]
fn only_segments_of_a_day_are_read() {
    let shop = Shop::opens();
    shop.receives(&[answer(1, 9)]);
    shop.keeps("000001.jsonl.torn", "{\"type\":");
    shop.keeps("notes.txt", "hello");
    std::fs::create_dir(shop.data().join("events/lost+found")).unwrap();
    std::fs::write(shop.data().join("events/lost+found/000009.jsonl"), "{}\n").unwrap();
    let lines = shop.reports(&Query::default()).lines;
    assert_eq!((lines.read, lines.unreadable), (1, 0));
}

#[test]
fn a_compressed_segment_is_read_like_any_other() {
    let shop = Shop::opens();
    let packed = |line: String| zstd::encode_all(line.as_bytes(), 3).unwrap();
    shop.receives(&[answer(1, 9)]);
    shop.keeps("000002.jsonl.zst", packed(format!("{}\n", answer(2, 3))));
    shop.keeps("000003.jsonl.zst.tmp", b"half a segm");
    let report = shop.reports(&Query::default());
    assert_eq!((report.lines.read, report.surveys[0].summary.n), (2, 2));
}

#[test]
fn of_a_segment_both_plain_and_compressed_the_plain_one_counts() {
    let shop = Shop::opens();
    shop.receives(&[answer(1, 9)]);
    shop.keeps("000001.jsonl.zst", b"torn while it was written");
    assert_eq!(shop.reports(&Query::default()).lines.read, 1);
}

#[test]
fn an_unreadable_line_is_counted_and_named_and_hides_no_other() {
    let shop = Shop::opens();
    let torn = "{\"type\":\"response\",\"id\":";
    let text = format!("{}\n{torn}\n\0\0\0\n{}\n", answer(1, 9), answer(2, 3));
    let segment = shop.keeps("000001.jsonl", text);
    let report = shop.reports(&Query::default());
    assert_eq!((report.lines.read, report.lines.unreadable), (4, 2));
    assert_eq!(report.surveys[0].summary.n, 2);
    let places: Vec<_> = report
        .lines
        .unreadable_places
        .iter()
        .map(|at| (&at.file, at.line))
        .collect();
    assert_eq!(places, [(&segment, 2), (&segment, 3)]);
}

#[test]
fn the_first_unreadable_lines_are_named_and_all_are_counted() {
    let shop = Shop::opens();
    shop.keeps("000001.jsonl", "?\n".repeat(1_000));
    let report = shop.reports(&Query::default());
    assert_eq!(
        (
            report.lines.unreadable,
            report.lines.unreadable_places.len()
        ),
        (1_000, 5)
    );
    let table = render::table(&report);
    assert!(
        table.contains("000001.jsonl:5\n    column 1: expected value\n"),
        "{table}"
    );
    assert!(table.contains("\n  and 995 more unreadable\n"), "{table}");
}

#[test]
fn a_line_without_end_is_not_kept_in_memory_and_hides_no_other() {
    let shop = Shop::opens();
    let endless = "x".repeat(3 << 20);
    shop.keeps("000001.jsonl", format!("{endless}\n{}\n", answer(1, 9)));
    let report = shop.reports(&Query::default());
    assert_eq!((report.lines.read, report.surveys[0].summary.n), (2, 1));
    let reason = report.lines.unreadable_places[0].reason.to_string();
    assert_eq!(reason, "longer than 1048576 bytes");
}

#[test]
fn blank_lines_and_other_line_ends_say_nothing_wrong() {
    let shop = Shop::opens();
    shop.keeps(
        "000001.jsonl",
        format!("\n{}\r\n\r\n{}", answer(1, 9), answer(2, 3)),
    );
    let report = shop.reports(&Query::default());
    assert_eq!(
        (
            report.lines.read,
            report.lines.unreadable,
            report.surveys[0].summary.n
        ),
        (2, 0, 2)
    );
}
