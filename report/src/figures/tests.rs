//! When figures are shown, and what every vector file needs to be read.

use std::iter::repeat_n;

use serde_json::Value;
use survey::metric::Metric;

use super::*;
use crate::distribution::Bands;

/// The cases of a vector file; each was computed elsewhere, to six decimals.
pub(crate) fn cases(file: &str, list: &str) -> Vec<Value> {
    let file: Value = serde_json::from_str(file).unwrap();
    let cases = file[list].as_array().unwrap().clone();
    assert!(!cases.is_empty());
    cases
}

/// The cases of a list that lies deeper.
pub(crate) fn cases_of(file: &str, path: &[&str]) -> Vec<Value> {
    let file: Value = serde_json::from_str(file).unwrap();
    let list = path.iter().fold(&file, |value, key| &value[key]);
    let cases = list.as_array().unwrap().clone();
    assert!(!cases.is_empty());
    cases
}

/// The bands of a case, called as in NPS.
pub(crate) fn bands(case: &Value) -> Bands {
    let count = |band: &str| case[band].as_u64().unwrap();
    Bands {
        low: count("detractors"),
        middle: count("passives"),
        high: count("promoters"),
    }
}

/// Fails unless both are absent or the p values equal within the tolerance of the vectors.
#[track_caller]
pub(crate) fn assert_p(found: Option<f64>, expected: &Value, case: &Value) {
    match (found, expected.as_f64()) {
        (Some(found), Some(expected)) => assert!(
            (found - expected).abs() <= 1e-6 * expected.max(1e-300),
            "{found} instead of {expected} in {case}"
        ),
        (None, None) => {}
        (found, _) => panic!("{found:?} instead of {expected} in {case}"),
    }
}

/// A distribution with these numbers of answers, from the lowest score up.
pub(crate) fn counted(metric: Metric, counts: &[u64]) -> Distribution {
    let points = metric.scale().zip(counts);
    Distribution::of(
        metric,
        points.flat_map(|(score, &count)| repeat_n(score, count as usize)),
    )
}

/// The counts a case gives for its scale.
pub(crate) fn counts(case: &Value, key: &str) -> Vec<u64> {
    case[key]
        .as_array()
        .unwrap()
        .iter()
        .map(|count| count.as_u64().unwrap())
        .collect()
}

/// Fails unless both are absent or equal within the tolerance of the vectors.
#[track_caller]
pub(crate) fn assert_close(found: Option<f64>, expected: &Value, case: &Value) {
    match (found, expected.as_f64()) {
        (Some(found), Some(expected)) => {
            assert!(
                (found - expected).abs() <= 1e-6,
                "{found} instead of {expected} in {case}"
            );
        }
        (None, None) => {}
        (found, _) => panic!("{found:?} instead of {expected} in {case}"),
    }
}

/// Fails unless the interval's ends are `lower` and `upper`, or both absent.
#[track_caller]
pub(crate) fn assert_interval(found: Option<interval::Interval>, expected: &Value, case: &Value) {
    assert_close(found.map(|interval| interval.low), &expected["lower"], case);
    assert_close(
        found.map(|interval| interval.high),
        &expected["upper"],
        case,
    );
}

fn all() -> Query {
    Query {
        all: true,
        ..Query::default()
    }
}

#[test]
fn nine_answers_make_no_figure_unless_all_are_asked_for() {
    for metric in Metric::ALL {
        let scores = metric.scale().rev().cycle().step_by(2);
        let nine = Distribution::of(metric, scores.clone().take(9));
        for figure in of(&nine, &Query::default()) {
            assert_eq!(
                (figure.value, figure.low, figure.high, figure.n),
                (None, None, None, 9)
            );
        }
        for figure in of(&nine, &all()) {
            assert!(
                figure.low < figure.value && figure.value < figure.high,
                "{figure:?}"
            );
        }
        let ten = Distribution::of(metric, scores.take(10));
        assert!(
            of(&ten, &Query::default())
                .iter()
                .all(|figure| figure.value.is_some())
        );
    }
}

#[test]
fn no_answers_make_no_figure_even_if_all_are_asked_for() {
    for metric in Metric::ALL {
        for figure in of(&Distribution::of(metric, []), &all()) {
            assert_eq!(
                (figure.value, figure.low, figure.high, figure.n),
                (None, None, None, 0)
            );
        }
    }
}

#[test]
fn a_single_nps_answer_has_no_interval() {
    let figures = of(&Distribution::of(Metric::Nps, [10]), &all());
    assert_eq!(
        (figures[0].value, figures[0].low, figures[0].high),
        (Some(100.0), None, None)
    );
}

#[test]
fn the_method_changes_the_interval_and_not_the_score() {
    let answers = counted(Metric::Nps, &[1, 0, 0, 0, 0, 0, 0, 2, 0, 0, 9]);
    let [wald, bonett] = [Method::AdjustedWald, Method::BonettPrice].map(|method| {
        let query = Query {
            method,
            ..Query::default()
        };
        of(&answers, &query).remove(0)
    });
    assert_eq!(wald.value, bonett.value);
    assert_ne!((wald.low, wald.high), (bonett.low, bonett.high));
}

#[test]
fn of_nothing_there_is_no_rate() {
    let all = Query {
        all: true,
        ..Query::default()
    };
    assert_eq!(rate(0, 0, &all), None);
    assert_eq!(rate(1, 4, &all).map(|rate| rate.value), Some(25.0));
}

#[test]
fn of_fewer_than_ten_there_is_no_rate_unless_all_are_wanted() {
    let usual = Query::default();
    assert_eq!(rate(4, 9, &usual), None);
    let known = rate(4, 10, &usual).unwrap();
    assert_eq!((known.value, known.n), (40.0, 10));
}

#[test]
fn a_rate_that_may_be_watched_says_less() {
    let live = Query {
        live: true,
        ..Query::default()
    };
    for (count, n) in [(4, 10), (12, 40), (300, 3_000)] {
        let watched = rate(count, n, &live).unwrap();
        let once = rate(count, n, &Query::default()).unwrap();
        assert!(
            watched.low < once.low && once.high < watched.high,
            "{count} of {n}: {watched:?}, {once:?}"
        );
    }
}

#[test]
fn an_interval_that_is_watched_is_wider() {
    let live = Query {
        live: true,
        ..all()
    };
    for (metric, n) in Metric::ALL
        .into_iter()
        .flat_map(|metric| [(metric, 12), (metric, 40)])
    {
        let answers = Distribution::of(metric, metric.scale().cycle().take(n));
        for (watched, usual) in of(&answers, &live).iter().zip(of(&answers, &all())) {
            assert_eq!(watched.value, usual.value);
            assert!(
                watched.low < usual.low && usual.high < watched.high,
                "{watched:?} {usual:?}"
            );
        }
    }
}
