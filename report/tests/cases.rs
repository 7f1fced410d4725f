//! Which answers are cases, where each of them stands, and how well they are followed up.

#![cfg(test)]

mod shop;

use std::fs;

use jiff::{Timestamp, ToSpan};
use proptest::prelude::*;
use proptest::sample::subsequence;
use report::Query;
use report::cases::{self, Case, Cases, Contact, Found, Idea, Lookup, Wanted, Which};
use serde_json::{Value, json};
use shop::{Shop, answer, with};
use survey::case::Status;

/// Noon of the day that lines of `shop` are received at.
const NOON: &str = "2026-11-21T12:00:00.000Z";

fn noon() -> Timestamp {
    NOON.parse().unwrap()
}

/// So many minutes later.
fn after(minutes: i64) -> Timestamp {
    noon() + minutes.minutes()
}

fn id(visitor: u8) -> String {
    format!("019aa5f0-4500-7000-8000-0000000000{visitor:02x}")
}

/// A low score with a comment: a case.
fn complaint(visitor: u8) -> Value {
    with(
        answer(visitor, 2),
        "answers",
        json!({"comment": "too slow"}),
    )
}

/// What was done about it, so many minutes later.
fn deed(visitor: u8, minutes: i64, what: &Value) -> Value {
    let mut line = json!({
        "type": "case", "id": id(visitor), "site": "demo", "survey": "recommend",
        "received_at": format!("{:.3}", after(minutes)),
    });
    let what = what.as_object().unwrap().clone();
    line.as_object_mut().unwrap().extend(what);
    line
}

fn becomes(visitor: u8, minutes: i64, status: &str) -> Value {
    deed(visitor, minutes, &json!({"status": status}))
}

fn wanted(which: Which, minutes: i64) -> Wanted {
    Wanted {
        query: Query::default(),
        now: after(minutes),
        owner: None,
        which,
        most: usize::MAX,
    }
}

fn read(shop: &Shop, wanted: &Wanted) -> Cases {
    cases::read(shop.data(), wanted, &|_, _| {}).unwrap()
}

fn all(shop: &Shop, minutes: i64) -> Cases {
    read(shop, &wanted(Which::All, minutes))
}

fn ids(cases: &Cases) -> Vec<String> {
    cases.cases.iter().map(Case::id).collect()
}

fn look_up(shop: &Shop, idea: &str) -> Lookup {
    let idea: Idea = idea.parse().unwrap();
    cases::find(shop.data(), &idea, after(60), &|_, _| {}).unwrap()
}

fn found(shop: &Shop, idea: &str) -> Found {
    match look_up(shop, idea) {
        Lookup::One(found) => *found,
        other => panic!("not one: {other:?}"),
    }
}

const HOUR: i64 = 60;
const DAY: i64 = 24 * HOUR;

#[test]
fn a_low_score_that_says_something_is_a_case() {
    let comment = json!({"comment": "slow"});
    let rows = [
        (answer(1, 6), comment.clone(), false, true),
        (answer(1, 0), json!({}), true, true),
        (answer(1, 7), comment.clone(), true, false),
        (answer(1, 6), json!({}), false, false),
        (answer(1, 6), json!({"choice": "price"}), false, false),
        (
            with(answer(1, 3), "metric", "ces"),
            comment.clone(),
            false,
            true,
        ),
        (
            with(answer(1, 4), "metric", "ces"),
            comment.clone(),
            false,
            false,
        ),
        (
            with(answer(1, 2), "metric", "csat"),
            comment.clone(),
            false,
            true,
        ),
        (
            with(answer(1, 3), "metric", "csat"),
            comment.clone(),
            false,
            false,
        ),
        (
            with(answer(1, 2), "over_quota", true),
            comment.clone(),
            false,
            true,
        ),
        (with(answer(1, 2), "automated", true), comment, false, false),
    ];
    let shop = Shop::opens();
    for (line, answers, contact, is_case) in rows {
        let line = with(with(line, "answers", answers), "contact", contact);
        shop.receives(std::slice::from_ref(&line));
        let cases = all(&shop, 0);
        assert_eq!(cases.total, u64::from(is_case), "{line}");
        assert_eq!(cases.figures.cases, u64::from(is_case), "{line}");
    }
}

#[test]
fn automated_ones_are_cases_only_when_asked_for() {
    let shop = Shop::opens();
    shop.receives(&[with(complaint(1), "automated", true)]);
    let mut wanted = wanted(Which::All, 0);
    assert_eq!(read(&shop, &wanted).total, 0);
    wanted.query.include_automated = true;
    assert_eq!(read(&shop, &wanted).total, 1);
}

#[test]
fn an_answer_is_due_within_48_hours_of_its_score_and_again_of_a_reopening() {
    let shop = Shop::opens();
    let late = with(complaint(1), "received_at", "2026-11-22T12:00:00.000Z");
    let seen = shop::line(1, "impression", 1);
    shop.receives(&[seen.clone(), late.clone()]);
    let case = &all(&shop, 3 * DAY).cases[0];
    assert_eq!(case.response.received_at, noon());
    assert_eq!((case.opened_at, case.due_at), (after(DAY), after(3 * DAY)));
    assert!(!case.overdue);
    assert!(all(&shop, 3 * DAY + 1).cases[0].overdue);

    shop.receives(&[
        seen,
        late,
        becomes(1, 2 * DAY, "resolved"),
        becomes(1, 5 * DAY, "open"),
        // It is open already.
        becomes(1, 6 * DAY, "open"),
    ]);
    let case = &all(&shop, 7 * DAY).cases[0];
    assert_eq!((case.due_at, case.overdue), (after(7 * DAY), false));
    assert_eq!(case.status, Status::Open);
    assert_eq!(case.reopened_at, Some(after(5 * DAY)));
    assert_eq!(case.answered_at, Some(after(2 * DAY)));
    assert_eq!(case.changed_at, Some(after(6 * DAY)));
    assert!(all(&shop, 7 * DAY + 1).cases[0].overdue);
}

#[test]
fn those_that_wait_longest_come_first() {
    let shop = Shop::opens();
    let at = |visitor, minutes| {
        let moment = format!("{:.3}", after(minutes));
        with(complaint(visitor), "received_at", moment)
    };
    shop.receives(&[
        at(1, 5 * DAY),
        at(2, 0),
        at(3, HOUR),
        at(4, 2 * HOUR),
        at(5, 3 * HOUR),
        at(6, 4 * DAY),
        at(7, 4 * HOUR),
        becomes(4, 3 * HOUR, "answered"),
        becomes(5, 4 * HOUR, "resolved"),
        becomes(2, 5 * HOUR, "no_action"),
    ]);
    let listed = |which| ids(&read(&shop, &wanted(which, 5 * DAY)));
    let of = |visitors: &[u8]| visitors.iter().copied().map(id).collect::<Vec<_>>();
    assert_eq!(listed(Which::All), of(&[3, 7, 6, 1, 4, 2, 5]));
    assert_eq!(listed(Which::Unsettled), of(&[3, 7, 6, 1, 4]));
    assert_eq!(listed(Which::Overdue), of(&[3, 7]));
    assert_eq!(listed(Which::Of(Status::Open)), of(&[3, 7, 6, 1]));
    assert_eq!(listed(Which::Of(Status::Answered)), of(&[4]));
    assert_eq!(listed(Which::Of(Status::NoAction)), of(&[2]));
    let few = Wanted {
        most: 3,
        ..wanted(Which::All, 5 * DAY)
    };
    let few = read(&shop, &few);
    assert_eq!((ids(&few), few.total), (of(&[3, 7, 6]), 7));
}

#[test]
fn an_owner_and_a_period_and_a_site_narrow_list_and_figures() {
    let shop = Shop::opens();
    shop.receives(&[
        complaint(1),
        with(complaint(2), "site", "other"),
        with(complaint(3), "received_at", "2026-11-22T12:00:00.000Z"),
        deed(1, 1, &json!({"owner": "anna"})),
        deed(3, 1, &json!({"owner": "anna"})),
        deed(3, 2, &json!({"owner": ""})),
    ]);
    let listed = |change: &dyn Fn(&mut Wanted)| {
        let mut wanted = wanted(Which::All, DAY);
        change(&mut wanted);
        let cases = read(&shop, &wanted);
        assert_eq!(cases.figures.cases, cases.total);
        ids(&cases)
    };
    assert_eq!(
        listed(&|wanted| wanted.owner = Some("anna".into())),
        [id(1)]
    );
    assert_eq!(
        listed(&|wanted| wanted.owner = Some(String::new())),
        [id(2), id(3)]
    );
    assert_eq!(
        listed(&|wanted| wanted.query.site = Some("other".into())),
        [id(2)]
    );
    assert_eq!(
        listed(&|wanted| wanted.query.since = Some(after(1))),
        [id(3)]
    );
    assert_eq!(
        listed(&|wanted| wanted.query.until = Some(after(1))),
        [id(1), id(2)]
    );
    assert_eq!(
        listed(&|wanted| wanted.query.survey = Some("other".into())),
        [""; 0]
    );
}

/// Twelve cases at noon. Ten are answered after 1, 2, … 9 and 50 hours; one is open; one was opened
/// only an hour ago. Eight are settled, each an hour after its answer.
fn a_week() -> Vec<Value> {
    let mut lines: Vec<Value> = (1..=11).map(complaint).collect();
    let received = format!("{:.3}", after(3 * DAY - HOUR));
    lines.push(with(complaint(12), "received_at", received));
    for visitor in 1..=9 {
        lines.push(becomes(visitor, i64::from(visitor) * HOUR, "answered"));
    }
    lines.push(becomes(10, 50 * HOUR, "no_action"));
    for visitor in 1..=7 {
        lines.push(becomes(
            visitor,
            i64::from(visitor) * HOUR + HOUR,
            "resolved",
        ));
    }
    // What comes later changes neither time.
    lines.push(becomes(1, 60 * HOUR, "open"));
    lines.push(becomes(1, 61 * HOUR, "resolved"));
    lines.push(deed(
        11,
        1,
        &json!({"note": "rang, nobody there", "by": "anna"}),
    ));
    lines
}

#[test]
fn figures_are_those_of_a_pocket_calculator() {
    let shop = Shop::opens();
    shop.receives(&a_week());
    let figures = all(&shop, 3 * DAY).figures;
    assert_eq!(figures.cases, 12);
    assert_eq!((figures.open, figures.overdue), (2, 1));
    assert_eq!(
        (figures.answered, figures.resolved, figures.no_action),
        (2, 7, 1)
    );
    // 1, 2, 3, 4, 5, 6, 7, 8, 9 and 50 hours: between 5 and 6.
    assert_eq!(figures.first_response.n, 10);
    assert_eq!(figures.first_response.seconds, Some(5.5 * 3_600.0));
    // Ranks 5 ± 1.96 · √10 / 2, rounded outwards: the 1st and the 10th value.
    assert_eq!(figures.first_response.low, Some(3_600.0));
    assert_eq!(figures.first_response.high, Some(50.0 * 3_600.0));
    // Eight are too few.
    assert_eq!(
        (figures.resolution.n, figures.resolution.seconds),
        (8, None)
    );
    // Nine of the ten answered and the one overdue; the twelfth has time yet.
    assert_eq!((figures.in_time.count, figures.in_time.n), (9, 11));
    let percent = figures.in_time.percent.unwrap();
    // Wilson: 9 of 11, z = 1.96.
    let expected = [81.818, 52.302, 94.863];
    for (found, expected) in [percent.value, percent.low, percent.high]
        .iter()
        .zip(expected)
    {
        assert!((found - expected).abs() < 0.001, "{percent:?}");
    }
}

#[test]
fn under_ten_cases_no_figure_is_made() {
    let shop = Shop::opens();
    let mut lines: Vec<Value> = (1..=9).map(complaint).collect();
    lines.extend((1..=9).map(|visitor| becomes(visitor, 60, "resolved")));
    shop.receives(&lines);
    let figures = all(&shop, DAY).figures;
    assert_eq!(
        (figures.first_response.n, figures.first_response.seconds),
        (9, None)
    );
    assert_eq!((figures.in_time.n, figures.in_time.percent), (9, None));
}

#[test]
fn a_case_is_found_by_the_beginning_of_its_id() {
    let shop = Shop::opens();
    let mut other = complaint(3);
    other["id"] = json!("019aa5f1-0000-7000-8000-000000000003");
    shop.receives(&[
        complaint(1),
        complaint(2),
        other,
        answer(4, 9),
        answer(5, 2),
    ]);
    assert_eq!(
        found(&shop, "019aa5f1").case.id(),
        "019aa5f1-0000-7000-8000-000000000003"
    );
    assert_eq!(found(&shop, &id(2)).case.id(), id(2));
    assert_eq!(
        found(&shop, &id(1).replace('-', "").to_uppercase())
            .case
            .id(),
        id(1)
    );
    match look_up(&shop, "019aa5f0-45") {
        Lookup::Several { total, first } => {
            let first: Vec<_> = first.iter().map(Case::id).collect();
            assert_eq!((total, first), (2, vec![id(1), id(2)]));
        }
        other => panic!("{other:?}"),
    }
    for visitor in [4, 5] {
        assert!(
            matches!(look_up(&shop, &id(visitor)), Lookup::NoCase(found) if found.to_string() == id(visitor))
        );
    }
    assert!(matches!(look_up(&shop, "ff"), Lookup::Nothing));
    for text in ["", "-", "019g", "é", &"0".repeat(33)] {
        assert!(text.parse::<Idea>().is_err(), "{text}");
    }
}

#[test]
fn all_that_was_done_is_told_in_its_order() {
    let shop = Shop::opens();
    let noted = deed(1, 30, &json!({"note": "rang", "by": "anna"}));
    shop.receives(&[
        becomes(1, 40, "answered"),
        // Asked for once more, because the answer to it was lost.
        noted.clone(),
        noted,
        deed(1, 10, &json!({"owner": "anna"})),
        complaint(1),
        deed(2, 10, &json!({"owner": "ben"})),
    ]);
    let found = found(&shop, &id(1));
    let history = serde_json::to_value(&found.history).unwrap();
    assert_eq!(
        history,
        json!([
            {"at": "2026-11-21T12:10:00Z", "owner": "anna"},
            {"at": "2026-11-21T12:30:00Z", "note": "rang", "by": "anna"},
            {"at": "2026-11-21T12:40:00Z", "status": "answered"},
        ])
    );
    assert_eq!(found.case.owner.as_deref(), Some("anna"));
    assert_eq!(found.reach, Contact::None);
}

#[test]
fn an_address_is_told_while_it_is_kept() {
    let shop = Shop::opens();
    shop.receives(&[
        with(answer(1, 2), "contact", true),
        with(answer(2, 2), "contact", true),
    ]);
    assert_eq!(found(&shop, &id(1)).reach, Contact::Gone);
    let keeps = |day: &str, name: &str, bytes: &[u8]| {
        let folder = shop.data().join(format!("contacts/date={day}"));
        fs::create_dir_all(&folder).unwrap();
        fs::write(folder.join(name), bytes).unwrap();
    };
    let line = |visitor, contact: &str| {
        format!(
            "{}\n",
            json!({"id": id(visitor), "site": "demo", "survey": "recommend", "contact": contact, "received_at": NOON})
        )
    };
    // Of no day that it could be of.
    keeps(
        "2026-11-20",
        "000001.jsonl",
        line(1, "old@example.org").as_bytes(),
    );
    assert_eq!(found(&shop, &id(1)).reach, Contact::Gone);
    let packed = zstd::encode_all(line(1, "a@example.org").as_bytes(), 3).unwrap();
    keeps("2026-11-21", "000002.jsonl.zst", &packed);
    assert_eq!(
        found(&shop, &id(1)).reach,
        Contact::Kept("a@example.org".into())
    );
    let corrected = line(1, "b@example.org") + &line(2, "+49 30 123456") + "{\"id\":\"019a";
    keeps("2026-11-22", "000003.jsonl", corrected.as_bytes());
    assert_eq!(
        found(&shop, &id(1)).reach,
        Contact::Kept("b@example.org".into())
    );
    assert_eq!(
        found(&shop, &id(2)).reach,
        Contact::Kept("+49 30 123456".into())
    );
}

#[test]
fn erasing_a_response_or_its_visitor_erases_the_case_and_all_that_was_done() {
    let erasures = [
        json!({"type": "erase", "id": id(1), "received_at": NOON}),
        json!({"type": "erase", "visitor": "v", "received_at": NOON}),
        json!({"type": "erase", "id": id(1), "site": "demo", "received_at": NOON}),
    ];
    for erase in erasures {
        for split in 0..=3 {
            let shop = Shop::opens();
            let lines = [
                with(complaint(1), "visitor", "v"),
                becomes(1, 5, "answered"),
                erase.clone(),
            ];
            let text = |lines: &[Value]| {
                lines
                    .iter()
                    .map(|line| format!("{line}\n"))
                    .collect::<String>()
            };
            shop.keeps("000001.jsonl", text(&lines[..split]));
            shop.keeps("000002.jsonl", text(&lines[split..]));
            assert_eq!(all(&shop, 60).figures.cases, 0, "{erase}, split at {split}");
            assert!(matches!(look_up(&shop, &id(1)), Lookup::Nothing), "{erase}");
        }
    }
}

#[test]
fn what_was_done_before_an_erasure_is_not_done_to_what_is_said_after_it() {
    let lines = [
        complaint(1),
        becomes(1, 5, "answered"),
        json!({"type": "erase", "id": id(1), "received_at": NOON}),
        complaint(1),
    ];
    let text = |lines: &[Value]| {
        lines
            .iter()
            .map(|line| format!("{line}\n"))
            .collect::<String>()
    };
    for split in 0..=lines.len() {
        let shop = Shop::opens();
        shop.keeps("000001.jsonl", text(&lines[..split]));
        shop.keeps("000002.jsonl", text(&lines[split..]));
        let case = &all(&shop, 60).cases[0];
        assert_eq!(
            (case.status, case.changed_at),
            (Status::Open, None),
            "split at {split}"
        );
    }
}

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

/// Enough of other lines that a segment is worth keeping.
fn padded(lines: &[Value]) -> String {
    let mut text: String = lines.iter().map(|line| format!("{line}\n")).collect();
    for number in 0..1_500 {
        let mut line = answer(0, 9);
        line["id"] = json!(format!("019aa5f0-4500-7000-9000-{number:012x}"));
        text += &format!("{line}\n");
    }
    text
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
