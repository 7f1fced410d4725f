use serde_json::Value;

use super::super::tests::cases;
use super::*;

const VECTORS: &str = include_str!("../../../vectors/amounts.json");

fn values(case: &Value, name: &str) -> Vec<f64> {
    let list = case[name].as_array().unwrap();
    list.iter().map(|value| value.as_f64().unwrap()).collect()
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
        assert_estimate(mean(&values), &case["mean"], &case);
        assert_estimate(median(&values), &case["median"], &case);
    }
    assert_eq!((mean(&[]), median(&[])), (None, None));
}

#[test]
fn every_difference_agrees_with_the_vectors() {
    for case in cases(VECTORS, "two") {
        let found = difference(&values(&case, "these"), &values(&case, "those")).unwrap();
        assert_near(found.raw, &case["difference"], &case);
        assert_eq!(found.p.is_none(), case["p"].is_null(), "{case}");
        if let (Some(p), Some(interval)) = (found.p, found.interval) {
            assert_near(p, &case["p"], &case);
            assert_near(interval.low, &case["low"], &case);
            assert_near(interval.high, &case["high"], &case);
        }
    }
}
