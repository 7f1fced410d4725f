//! Cases beside all else: reports, caches, any order of lines.

use super::*;

#[test]
fn deeds_change_no_report_and_no_export() {
    let shop = Shop::opens();
    let lines = a_week();
    let answers: Vec<Value> = lines
        .iter()
        .filter(|line| line["type"] != "case")
        .cloned()
        .collect();
    let said = || {
        let mut rows = Vec::new();
        let each = |row| rows.push(row);
        report::responses(shop.data(), &Query::default(), &|_, _| {}, each).unwrap();
        let report = shop.reports(&Query::default());
        (serde_json::to_value(report.surveys).unwrap(), rows)
    };
    shop.receives(&answers);
    let without = said();
    shop.receives(&lines);
    assert_eq!(said(), without);
}

#[test]
fn a_deed_that_cannot_be_read_is_counted_as_such() {
    let shop = Shop::opens();
    shop.receives(&[
        complaint(1),
        becomes(1, 1, "lost"),
        with(becomes(1, 1, "open"), "id", "x"),
        with(becomes(1, 1, "open"), "received_at", "yesterday"),
        with(becomes(1, 1, "answered"), "colour", "red"),
    ]);
    let cases = all(&shop, 60);
    assert_eq!((cases.lines.read, cases.lines.unreadable), (5, 3));
    assert_eq!(cases.cases[0].status, Status::Answered);
}

#[test]
fn what_is_kept_of_sealed_segments_tells_the_same_cases() {
    let shop = Shop::opens();
    let lines = a_week();
    let (some, others) = lines.split_at(14);
    shop.keeps("000001.jsonl", padded(some));
    let packed = zstd::encode_all(padded(others).as_bytes(), 1).unwrap();
    // Packed it is too small to be kept, and is read each time.
    shop.keeps("000002.jsonl.zst", packed);
    shop.keeps("000003.jsonl", padded(others));
    shop.keeps("000004.jsonl", "");
    let said = || {
        let cases = all(&shop, 3 * DAY);
        (
            serde_json::to_value(&cases).unwrap(),
            serde_json::to_value(found(&shop, &id(11))).unwrap(),
        )
    };
    let first = said();
    assert_eq!(first.0["figures"]["cases"], 12);
    assert_eq!(first.1["history"][0]["note"], "rang, nobody there");
    let kept = fs::read_dir(shop.data().join("cache")).unwrap().count();
    assert_eq!(kept, 2);
    assert_eq!(said(), first);
    // An erasure that came later hides what was kept.
    let erase = json!({"type": "erase", "id": id(11), "received_at": NOON});
    shop.keeps("000004.jsonl", format!("{erase}\n"));
    assert_eq!(all(&shop, 3 * DAY).figures.cases, 11);
    assert!(matches!(look_up(&shop, &id(11)), Lookup::Nothing));
}

fn some_lines() -> impl Strategy<Value = Vec<Value>> {
    let status = proptest::sample::select(vec!["open", "answered", "resolved", "no_action"]);
    let owner = proptest::sample::select(vec!["", "anna", "ben"]);
    let deed = (
        1..4_u8,
        0..4_i64,
        proptest::option::of(status),
        proptest::option::of(owner),
        any::<bool>(),
    )
        .prop_map(|(visitor, minutes, status, owner, noted)| {
            let mut what = json!({});
            if let Some(status) = status {
                what["status"] = json!(status);
            }
            if let Some(owner) = owner {
                what["owner"] = json!(owner);
            }
            if noted {
                what["note"] = json!("rang");
            }
            deed(visitor, minutes, &what)
        });
    let answer = (1..4_u8, 0..11_u8, 1..4_u32).prop_map(|(visitor, score, seq)| {
        let line = with(complaint(visitor), "score", score);
        with(line, "seq", seq)
    });
    proptest::collection::vec(prop_oneof![3 => deed, 1 => answer], 1..24)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn any_order_repetition_and_split_of_the_lines_gives_the_same_cases(
        (lines, shuffled, again) in some_lines().prop_flat_map(|lines| {
            let count = lines.len();
            (Just(lines.clone()), Just(lines.clone()).prop_shuffle(), subsequence(lines, 0..=count))
        }),
        split in any::<prop::sample::Index>(),
    ) {
        let shop = Shop::opens();
        let text = |lines: &[Value]| lines.iter().map(|line| format!("{line}\n")).collect::<String>();
        let said = || {
            let cases = all(&shop, 2 * DAY + 2);
            (serde_json::to_value(&cases.cases).unwrap(), cases.figures)
        };
        shop.receives(&lines);
        let expected = said();
        let all_lines = [shuffled, again].concat();
        let (some, others) = all_lines.split_at(split.index(all_lines.len()));
        shop.keeps("000001.jsonl", text(some));
        shop.keeps("000002.jsonl", text(others));
        prop_assert_eq!(said(), expected);
    }
}
