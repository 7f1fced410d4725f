//! Any order, any repetition, any split, one outcome.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::subsequence;
use serde_json::{Value, json};

use super::*;
use crate::line::{self, Entry};
use crate::response::Outcome;

fn line(act: &Value, seq: u32, received_second: i64) -> Value {
    let moment = jiff::Timestamp::from_second(received_second)
        .unwrap()
        .to_string();
    let mut line = json!({
        "id": "019aa5f0-4500-7000-8000-000000000001", "seq": seq, "survey": "recommend",
        "site": "demo", "metric": "nps", "received_at": moment,
    });
    line.as_object_mut()
        .unwrap()
        .extend(act.as_object().unwrap().clone());
    line
}

fn saw() -> Value {
    json!({"type": "impression"})
}

fn dismissed() -> Value {
    json!({"type": "dismissal"})
}

fn answer(score: Option<u8>, complete: bool) -> Value {
    json!({"type": "response", "score": score, "complete": complete})
}

fn folded<'l>(lines: impl IntoIterator<Item = &'l Value>) -> Folded {
    let mut names = Names::default();
    let mut folded = Folded::nothing();
    for line in lines {
        let text = line.to_string();
        line::parse(text.as_bytes(), |entry| {
            let Entry::Line(line) = entry else {
                panic!("{text}");
            };
            folded.fold(line, &mut names);
        })
        .unwrap();
    }
    folded
}

#[test]
fn the_highest_sequence_number_decides_then_the_later_receipt() {
    let rows = [
        (
            vec![
                line(&answer(Some(9), true), 2, 50),
                line(&answer(Some(3), false), 1, 90),
            ],
            Some(9),
        ),
        (
            vec![
                line(&answer(Some(9), true), 2, 50),
                line(&answer(Some(3), true), 2, 51),
            ],
            Some(3),
        ),
        (
            vec![
                line(&answer(Some(0), false), 1, 0),
                line(&answer(None, true), 2, 1),
            ],
            Some(0),
        ),
        (vec![line(&answer(None, true), 1, 0)], None),
    ];
    for (lines, score) in rows {
        assert_eq!(
            folded(&lines).score.map(|score| score.answer),
            score,
            "{lines:?}"
        );
    }
}

#[test]
fn each_question_has_its_own_latest_answer() {
    let first = json!({"type": "response", "answers": {"comment": "slow", "choice": "price"}});
    let later = json!({"type": "response", "answers": {"comment": "slow and dear"}});
    let folded = folded(&[line(&later, 3, 1), line(&first, 2, 0)]);
    let text = |latest: Option<Latest<Box<str>>>| latest.map(|latest| latest.answer.to_string());
    assert_eq!(text(folded.comment).as_deref(), Some("slow and dear"));
    assert_eq!(text(folded.choice).as_deref(), Some("price"));
}

#[test]
fn whoever_answered_did_not_dismiss() {
    let dismissal = line(&dismissed(), 2, 0);
    assert_eq!(folded([&dismissal]).outcome(), Outcome::Dismissed);
    let answered = folded([&dismissal, &line(&answer(Some(7), false), 1, 0)]);
    assert_eq!(answered.outcome(), Outcome::Answered);
    assert_eq!(folded([&line(&saw(), 1, 0)]).outcome(), Outcome::Ignored);
}

#[test]
fn one_complete_line_completes_the_response() {
    let lines = [
        line(&answer(Some(7), true), 1, 0),
        line(&answer(Some(8), false), 2, 1),
    ];
    assert!(folded(&lines).complete);
    assert!(!folded([&line(&saw(), 0, 0)]).complete);
}

#[test]
fn a_sequence_number_seen_again_is_counted() {
    let rows = [
        (vec![1, 2, 3], 0),
        (vec![1, 1, 2, 1], 2),
        (vec![64, 9_000, 64], 1),
    ];
    for (seqs, duplicates) in rows {
        let lines: Vec<Value> = seqs.iter().map(|&seq| line(&saw(), seq, 0)).collect();
        assert_eq!(folded(&lines).duplicates(), duplicates, "{seqs:?}");
    }
}

#[test]
fn it_was_asked_where_the_first_line_says() {
    let at = |page: &str| json!({"type": "impression", "page": {"path": page}});
    let lines = [line(&at("/done"), 2, 0), line(&at("/checkout"), 1, 9)];
    assert_eq!(folded(&lines).asked, folded([&lines[1]]).asked);
}

#[test]
fn the_time_to_answer_is_that_of_the_visitors_clock() {
    let shown = json!({"type": "impression", "at": "1970-01-01T00:00:10Z"});
    let scored = json!({"type": "response", "score": 1, "at": "1970-01-01T00:00:14.5Z"});
    let lines = [line(&scored, 2, 900), line(&shown, 1, 10)];
    assert_eq!(folded(&lines).time_to_answer(), Some(4_500_000));
    assert_eq!(folded(&lines[..1]).time_to_answer(), None);
}

fn any_line() -> impl Strategy<Value = Value> {
    let score = proptest::option::of(0..=10_u8);
    let act = prop_oneof![
        Just(saw()),
        Just(dismissed()),
        (score, any::<bool>(), "[ab]{0,2}").prop_map(|(score, complete, comment)| {
            let mut act = answer(score, complete);
            act["answers"] = json!({"comment": comment});
            act
        }),
        (0..3_u8).prop_map(|value| {
            json!({"type": "event", "name": "purchase", "props": {"value": value}})
        }),
    ];
    let moments = (0..3_i64, 0..3_i64);
    (act, 62..66_u32, moments, "[xy]", any_session()).prop_map(
        |(act, seq, (received, at), page, session)| {
            let mut line = line(&act, seq, received);
            line["page"] = json!({"path": page});
            line["attributes"] = json!({"page": page});
            line["session"] = session;
            line["at"] = json!(jiff::Timestamp::from_second(at).unwrap().to_string());
            line
        },
    )
}

/// With a name, or how manieth it is, or neither.
fn any_session() -> impl Strategy<Value = Value> {
    prop_oneof![
        (0..3_u32).prop_map(|pages| json!({"pages": pages})),
        (0..3_u32, 1..3_u32).prop_map(|(pages, visit)| json!({"pages": pages, "visit": visit})),
        (0..3_u32, "[ab]").prop_map(|(pages, id)| json!({"pages": pages, "id": id})),
    ]
}

/// A handful of lines, and the same with some of them repeated, in another order.
fn resent() -> impl Strategy<Value = (Vec<Value>, Vec<Value>)> {
    vec(any_line(), 1..7).prop_flat_map(|lines| {
        let again = subsequence(lines.clone(), 0..=lines.len());
        let shuffled = again.prop_flat_map({
            let lines = lines.clone();
            move |again| Just([lines.clone(), again].concat()).prop_shuffle()
        });
        (Just(lines), shuffled)
    })
}

proptest! {
    #[test]
    fn order_and_repetition_make_no_difference((lines, resent) in resent()) {
        let mut again = folded(&resent);
        let repeated = (resent.len() - lines.len()) as u64;
        prop_assert_eq!(again.duplicates(), folded(&lines).duplicates() + repeated);
        again.lines = lines.len() as u32;
        prop_assert_eq!(folded(&lines), again);
    }

    #[test]
    fn parts_merge_to_the_whole(lines in vec(any_line(), 2..7), place in 1..6_usize) {
        let (one, other) = lines.split_at(place.min(lines.len() - 1));
        let mut merged = folded(other);
        merged.merge(folded(one));
        prop_assert_eq!(merged, folded(&lines));
    }
}
