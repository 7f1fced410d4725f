//! Any order, any repetition, one outcome.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::subsequence;
use survey::id::EventId;
use survey::metric::Metric;

use super::*;

fn line(act: Act, seq: u32, received_second: i64) -> Line {
    Line {
        act,
        id: EventId::new(0, 0),
        seq,
        survey: "recommend".to_owned(),
        site: "demo".to_owned(),
        metric: Metric::Nps,
        automated: false,
        received_at: jiff::Timestamp::from_second(received_second).unwrap(),
    }
}

fn answer(score: Option<u8>, complete: bool) -> Act {
    Act::Answered { score, complete }
}

fn folded<'l>(lines: impl IntoIterator<Item = &'l Line>) -> Impression {
    let mut impression = Impression::default();
    for line in lines {
        impression.fold(line);
    }
    impression
}

#[test]
fn the_highest_sequence_number_decides_then_the_later_receipt() {
    let rows = [
        (
            vec![
                line(answer(Some(9), true), 2, 50),
                line(answer(Some(3), false), 1, 90),
            ],
            Some(9),
        ),
        (
            vec![
                line(answer(Some(9), true), 2, 50),
                line(answer(Some(3), true), 2, 51),
            ],
            Some(3),
        ),
        (
            vec![
                line(answer(Some(0), false), 1, 0),
                line(answer(None, true), 2, 1),
            ],
            Some(0),
        ),
        (vec![line(answer(None, true), 1, 0)], None),
    ];
    for (lines, score) in rows {
        assert_eq!(folded(&lines).score(), score, "{lines:?}");
    }
}

#[test]
fn whoever_answered_did_not_dismiss() {
    let dismissal = line(Act::Dismissed, 2, 0);
    assert!(folded([&dismissal]).dismissed());
    let answered = folded([&dismissal, &line(answer(Some(7), false), 1, 0)]);
    assert!(answered.answered() && !answered.dismissed());
}

#[test]
fn one_complete_line_completes_the_response() {
    let lines = [
        line(answer(Some(7), true), 1, 0),
        line(answer(Some(8), false), 2, 1),
    ];
    assert!(folded(&lines).complete());
    assert!(!folded([&line(Act::Saw, 0, 0)]).complete());
}

#[test]
fn a_sequence_number_seen_again_is_told() {
    let mut impression = Impression::default();
    assert_eq!(impression.fold(&line(Act::Saw, 0, 0)), Seen::First);
    assert_eq!(
        impression.fold(&line(answer(Some(5), false), 1, 1)),
        Seen::First
    );
    assert_eq!(
        impression.fold(&line(answer(Some(5), false), 1, 9)),
        Seen::Again
    );
}

fn any_line() -> impl Strategy<Value = Line> {
    let score = proptest::option::of(0..=10_u8);
    let act = prop_oneof![
        Just(Act::Saw),
        Just(Act::Dismissed),
        (score, any::<bool>()).prop_map(|(score, complete)| answer(score, complete)),
    ];
    (act, 0..4_u32, 0..3_i64).prop_map(|(act, seq, second)| line(act, seq, second))
}

/// A handful of lines, and the same with some of them repeated, in another order.
fn resent() -> impl Strategy<Value = (Vec<Line>, Vec<Line>)> {
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
        prop_assert_eq!(folded(&lines), folded(&resent));
    }
}
