use serde_json::Value;

use super::super::tests::cases;
use super::*;

const VECTORS: &str = include_str!("../../../vectors/amounts.json");

fn values(case: &Value, name: &str) -> Amounts {
    let list = case[name].as_array().unwrap();
    counted(list.iter().map(|value| value.as_f64().unwrap()))
}

fn counted(values: impl Iterator<Item = f64>) -> Amounts {
    let mut amounts = Amounts::default();
    values.for_each(|value| amounts.add(value));
    amounts
}

fn assert_near(found: f64, expected: &Value, case: &Value) {
    let expected = expected.as_f64().unwrap();
    let tolerance = 1e-7 * expected.abs().max(1.0);
    assert!(
        (found - expected).abs() <= tolerance,
        "{found}, not {expected}: {case}"
    );
}

fn assert_estimate(found: Option<Estimate>, expected: &Value, case: &Value) {
    let found = found.unwrap();
    assert_near(found.value, &expected["value"], case);
    let ends = found.interval.map(|interval| [interval.low, interval.high]);
    assert_eq!(ends.is_none(), expected["low"].is_null(), "{case}");
    if let Some([low, high]) = ends {
        assert_near(low, &expected["low"], case);
        assert_near(high, &expected["high"], case);
    }
}

#[test]
fn every_mean_and_median_agrees_with_the_vectors() {
    for case in cases(VECTORS, "one") {
        let values = values(&case, "values");
        assert_estimate(values.mean(), &case["mean"], &case);
        assert_estimate(values.median(), &case["median"], &case);
    }
    let none = Amounts::default();
    assert_eq!((none.mean(), none.median()), (None, None));
}

#[test]
fn every_difference_agrees_with_the_vectors() {
    for case in cases(VECTORS, "two") {
        let found = values(&case, "these")
            .less(&values(&case, "those"))
            .unwrap();
        assert_near(found.raw, &case["difference"], &case);
        assert_eq!(found.p.is_none(), case["p"].is_null(), "{case}");
        if let (Some(p), Some(interval)) = (found.p, found.interval) {
            assert_near(p, &case["p"], &case);
            assert_near(interval.low, &case["low"], &case);
            assert_near(interval.high, &case["high"], &case);
        }
    }
}

#[test]
fn what_memory_has_no_room_for_is_rounded_and_not_lost() {
    let many: Vec<f64> = (1..300_000)
        .map(|number| f64::from(number).sqrt())
        .collect();
    let amounts = counted(many.iter().copied());
    assert!(amounts.counts.len() <= DIFFERENT_MAX);
    assert_eq!(amounts.n(), many.len() as u64);
    let mean = many.iter().sum::<f64>() / many.len() as f64;
    let median = 150_000_f64.sqrt();
    for (found, exact) in [(amounts.mean(), mean), (amounts.median(), median)] {
        let found = found.unwrap().value;
        assert!((found / exact - 1.0).abs() < 1e-4, "{found}, not {exact}");
    }
}
