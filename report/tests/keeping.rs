//! What is kept of segments changes nothing but the time a report takes.

#![cfg(test)]

mod shop;

use std::fs;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use report::{Query, Report};
use serde_json::{Value, json};
use shop::{Shop, answer, line, with};

/// Enough to be worth keeping: over 256 KiB.
const ANSWERS: u32 = 1_500;

fn scored(segment: u32, number: u32) -> Value {
    let id = segment * ANSWERS + number;
    let mut line = with(
        answer(0, (id % 11) as u8),
        "visitor",
        format!("v{}", id % 7),
    );
    line["id"] = json!(format!("019aa5f0-4500-7000-8000-{id:012x}"));
    line["answers"] = json!({"comment": "quick and easy, thank you very much indeed"});
    line
}

fn text(segment: u32) -> String {
    (0..ANSWERS)
        .map(|number| format!("{}\n", scored(segment, number)))
        .collect()
}

/// Two sealed segments and the newest, of which nothing is kept while it is so small.
fn shop() -> Shop {
    let shop = Shop::opens();
    shop.keeps("000001.jsonl", text(0));
    shop.keeps("000002.jsonl", text(1));
    shop.keeps("000003.jsonl", text(2));
    shop
}

fn kept(shop: &Shop) -> Vec<PathBuf> {
    let entries = fs::read_dir(shop.data().join("cache"))
        .into_iter()
        .flatten();
    let mut paths: Vec<_> = entries.map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths
}

fn said(report: &Report) -> Value {
    serde_json::to_value(report).unwrap()
}

/// What the report says, as if it were the first.
fn anew(shop: &Shop) -> Value {
    report::forget(shop.data()).unwrap();
    said(&shop.reports(&Query::default()))
}

#[track_caller]
fn assert_as_anew(shop: &Shop) {
    let found = said(&shop.reports(&Query::default()));
    assert_eq!(found, anew(shop));
}

#[test]
fn a_second_report_reads_what_was_kept_and_says_the_same() {
    let shop = shop();
    let first = said(&shop.reports(&Query::default()));
    let kept_first = kept(&shop);
    assert_eq!(kept_first.len(), 2);
    let written = |path: &PathBuf| fs::metadata(path).unwrap().modified().unwrap();
    let times: Vec<_> = kept_first.iter().map(written).collect();
    assert_eq!(said(&shop.reports(&Query::default())), first);
    assert_eq!(kept(&shop), kept_first);
    assert_eq!(kept_first.iter().map(written).collect::<Vec<_>>(), times);
    assert_eq!(first["surveys"][0]["n"], 3 * ANSWERS);
}

/// More than one run holds.
const MANY: u32 = 33_000;

#[test]
fn the_newest_segment_is_read_on_from_its_last_full_run() {
    let shop = Shop::opens();
    let lines = |numbers: Range<u32>| -> String {
        let lines = numbers.map(|number| format!("{}\n", scored(0, number)));
        lines.collect()
    };
    let grows_to = |text: &str| shop.keeps("000001.jsonl", text);
    let count = || said(&shop.reports(&Query::default()))["surveys"][0]["n"].clone();
    let text = lines(0..MANY);
    grows_to(&text);
    let first = said(&shop.reports(&Query::default()));
    assert_eq!(
        (&first["surveys"][0]["n"], kept(&shop).len()),
        (&json!(MANY), 1)
    );
    // Nobody changes what is stored; here it shows that nobody looks.
    grows_to(&text.replacen("\"score\":0", "\"score\":9", 1));
    assert_eq!(said(&shop.reports(&Query::default())), first);
    // More, one line of it for the second time, and half of one.
    grows_to(&format!(
        "{text}{}{}{{\"ty",
        lines(MANY..MANY + 10),
        lines(7..8)
    ));
    assert_eq!(count(), MANY + 10);
    assert_as_anew(&shop);
    // Taken back to where the disk failed, in what is kept, and written on from there.
    grows_to(&(lines(0..32_000) + &lines(40_000..42_000)));
    assert_eq!(count(), 34_000);
    assert_as_anew(&shop);
    // Sealed, it is kept as a whole.
    shop.keeps("000002.jsonl", lines(50_000..50_010));
    assert_eq!(count(), 34_010);
    assert_eq!(kept(&shop).len(), 2, "its two runs");
    assert_as_anew(&shop);
}

#[test]
fn a_changed_segment_is_read_anew_and_what_was_kept_of_it_goes() {
    let shop = shop();
    shop.reports(&Query::default());
    let before = kept(&shop);
    shop.keeps(
        "000001.jsonl",
        text(0).replace("\"score\":0", "\"score\":9"),
    );
    assert_as_anew(&shop);
    let after = kept(&shop);
    assert_eq!((before.len(), after.len()), (2, 2));
    assert_ne!(before, after);
}

#[test]
fn a_compressed_segment_says_what_the_plain_one_said() {
    let shop = shop();
    let plain = said(&shop.reports(&Query::default()));
    let packed = zstd::encode_all(text(0).as_bytes(), 3).unwrap();
    // Small as it is, its lines are many: they are read each time.
    let path = shop.keeps("000001.jsonl.zst", packed);
    fs::remove_file(path.with_extension("")).unwrap();
    assert_eq!(said(&shop.reports(&Query::default())), plain);
    assert_as_anew(&shop);
}

#[test]
fn a_retired_segment_is_gone_from_figures_and_from_what_is_kept() {
    let shop = shop();
    shop.reports(&Query::default());
    fs::remove_file(shop.data().join("events/date=2026-11-21/000001.jsonl")).unwrap();
    assert_eq!(
        said(&shop.reports(&Query::default()))["surveys"][0]["n"],
        2 * ANSWERS
    );
    assert_eq!(kept(&shop).len(), 1);
}

#[test]
fn an_erased_visitor_is_gone_although_kept() {
    let shop = shop();
    let all = shop.reports(&Query::default()).surveys[0].summary.n;
    let erase = json!({"type": "erase", "visitor": "v3", "received_at": "2026-11-22T00:00:00Z"});
    shop.keeps("000004.jsonl", format!("{erase}\n"));
    let left = shop.reports(&Query::default()).surveys[0].summary.n;
    let erased = (0..3 * ANSWERS).filter(|id| id % 7 == 3).count() as u64;
    assert_eq!(left, all - erased);
    assert_as_anew(&shop);
}

/// Damages a kept file at this place of a hundred.
fn damage(path: &Path, hundredth: usize) {
    let mut bytes = fs::read(path).unwrap();
    let place = (bytes.len() - 1) * hundredth / 100;
    bytes[place] ^= 0x10;
    fs::write(path, bytes).unwrap();
}

#[test]
fn a_damaged_kept_run_is_made_anew() {
    let shop = shop();
    let right = said(&shop.reports(&Query::default()));
    for hundredth in (0..=100).step_by(4) {
        damage(&kept(&shop)[0], hundredth);
        assert_eq!(said(&shop.reports(&Query::default())), right, "{hundredth}");
    }
    let path = &kept(&shop)[0];
    for length in [0, 7, 40, 4_000] {
        let bytes = fs::read(path).unwrap();
        fs::write(path, &bytes[..length]).unwrap();
        assert_eq!(said(&shop.reports(&Query::default())), right, "{length}");
    }
}

/// Two reports at once once took each other's half-written runs away.
#[test]
fn reports_made_at_once_share_what_is_kept_and_all_say_the_same() {
    let shop = shop();
    let right = anew(&shop);
    for round in 0..3 {
        report::forget(shop.data()).unwrap();
        let found: Vec<Value> = thread::scope(|scope| {
            let read = || said(&shop.reports(&Query::default()));
            let readers: Vec<_> = (0..4).map(|_| scope.spawn(read)).collect();
            readers
                .into_iter()
                .map(|reader| reader.join().unwrap())
                .collect()
        });
        assert!(found.iter().all(|found| *found == right), "round {round}");
        assert_eq!(kept(&shop).len(), 2, "round {round}");
    }
}

/// As while `hark erase` and `hark retain` are at work: what was kept goes, segments are rewritten and
/// removed, and reports are asked for all the while.
#[test]
fn a_report_made_while_lines_are_erased_knows_them_or_not_but_nothing_else() {
    let shop = shop();
    let before = anew(&shop)["surveys"][0]["n"].clone();
    let left = text(0)
        .lines()
        .filter(|line| !line.contains("\"v3\""))
        .fold(String::new(), |text, line| text + line + "\n");
    let fewer =
        json!(before.as_u64().unwrap() - (text(0).lines().count() - left.lines().count()) as u64);
    let found: Vec<Value> = thread::scope(|scope| {
        let read = || -> Vec<Value> {
            (0..4)
                .map(|_| said(&shop.reports(&Query::default()))["surveys"][0]["n"].clone())
                .collect()
        };
        let readers: Vec<_> = (0..2).map(|_| scope.spawn(read)).collect();
        // Beside it and then in its place, as the collector does.
        let beside = shop.keeps("000001.jsonl.tmp", &left);
        fs::rename(&beside, beside.with_extension("")).unwrap();
        report::forget(shop.data()).unwrap();
        readers
            .into_iter()
            .flat_map(|reader| reader.join().unwrap())
            .collect()
    });
    assert!(
        found.iter().all(|n| *n == before || *n == fewer),
        "{found:?}"
    );
    assert_eq!(
        said(&shop.reports(&Query::default()))["surveys"][0]["n"],
        fewer
    );
    assert_as_anew(&shop);
}

/// As after a start on many lines: one segment after the other is packed, and what another report finds out of
/// date is removed, more often than a reading could begin again.
#[test]
fn a_journal_that_is_packed_all_the_while_is_read_all_the_same() {
    let shop = shop();
    let right = anew(&shop)["surveys"][0]["n"].clone();
    let changes = AtomicUsize::new(0);
    let day = shop.data().join("events/date=2026-11-21");
    let packs_one = |_, _| {
        let change = changes.fetch_add(1, Ordering::SeqCst);
        if change >= 40 {
            return;
        }
        let plain = day.join(format!("{:06}.jsonl", change % 2 + 1));
        let packed = plain.with_added_extension("zst");
        let bytes = zstd::encode_all(text(change as u32 % 2).as_bytes(), 1).unwrap();
        fs::write(packed.with_extension("tmp"), bytes).unwrap();
        fs::rename(packed.with_extension("tmp"), &packed).unwrap();
        let _ = fs::remove_file(plain);
        report::forget(shop.data()).unwrap();
    };
    let read = report::read_watched(shop.data(), &Query::default(), &packs_one);
    assert_eq!(said(&read.unwrap())["surveys"][0]["n"], right);
    assert!(changes.into_inner() >= 40, "it changed too seldom");
}

#[test]
fn an_answer_that_arrives_days_later_is_folded_into_its_impression() {
    let shop = shop();
    let late = with(with(scored(0, 5), "seq", 9), "score", 10);
    shop.keeps("000004.jsonl", format!("{late}\n"));
    for _ in 0..2 {
        let mut found = Vec::new();
        let query = Query::default();
        report::responses(shop.data(), &query, &|_, _| {}, |response| {
            found.push(response);
        })
        .unwrap();
        assert_eq!(found.len(), 3 * ANSWERS as usize);
        let fifth = found
            .iter()
            .find(|response| response.id.to_string().ends_with("000000000005"));
        assert_eq!(fifth.unwrap().score, Some(10));
        assert!(found.is_sorted_by_key(|response| response.id));
    }
}

#[test]
fn more_impressions_than_fit_one_run_are_all_told() {
    let shop = Shop::opens();
    let lines: Vec<Value> = (0..40_000_u32)
        .map(|number| {
            let id = format!("019aa5f0-4500-7000-8000-{:012x}", number % 39_000);
            with(line(0, "impression", 1), "id", id)
        })
        .collect();
    shop.receives(&lines);
    shop.keeps("000002.jsonl", "");
    for _ in 0..2 {
        let report = shop.reports(&Query::default());
        assert_eq!(report.surveys[0].summary.impressions, 39_000);
        assert_eq!((report.lines.read, report.lines.duplicate), (40_000, 1_000));
        assert_eq!(kept(&shop).len(), 2);
    }
}
