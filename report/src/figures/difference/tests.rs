use serde_json::Value;
use survey::metric::Metric;

use super::super::interval::Z_95;
use super::super::mean::moments;
use super::super::nps::Pseudo;
use super::super::tests::{
    assert_close, assert_interval, assert_p, bands, cases_of, counted, counts,
};
use super::counts::Counts;
use super::*;

const VECTORS: &str = include_str!("../../../vectors/diff_tests.json");

fn cases(metric: &str) -> Vec<Value> {
    cases_of(VECTORS, &[metric, "cases"])
}

#[test]
fn two_scores_differ_as_the_vectors_say() {
    let wald = Pseudo {
        detractors: 0.0,
        passives: 0.0,
        promoters: 0.0,
    };
    for case in cases("nps") {
        let (a, b) = (bands(&case["a"]), bands(&case["b"]));
        for method in [Method::AdjustedWald, Method::BonettPrice] {
            let expected = &case[method.name()];
            let found = nps::difference(a, b, method);
            if expected.is_null() {
                assert!(found.is_none(), "{case}");
                continue;
            }
            let found = found.unwrap();
            assert_close(Some(found.raw / 100.0), &expected["raw_diff"], &case);
            assert_p(found.p, &expected["p"], &case);
            let interval = found.interval.map(|interval| interval.times(0.01));
            assert_interval(interval, expected, &case);
            assert_test(nps::test(a, b, method.pseudo()), expected, &case);
        }
        if !case["wald"].is_null() {
            assert_test(nps::test(a, b, wald), &case["wald"], &case);
        }
    }
}

fn assert_test(test: nps::Test, expected: &Value, case: &Value) {
    assert_close(Some(test.difference), &expected["adj_diff"], case);
    assert_close(Some(test.standard_error), &expected["se"], case);
    let z = test.difference / test.standard_error;
    assert_close(Some(z).filter(|z| z.is_finite()), &expected["z"], case);
}

#[test]
fn two_shares_differ_as_the_vectors_say() {
    for case in cases("csat") {
        let count = |group: &str, key: &str| case[group][key].as_u64().unwrap();
        let counts = Counts {
            these: count("a", "satisfied"),
            of_these: count("a", "n"),
            those: count("b", "satisfied"),
            of_those: count("b", "n"),
        };
        let expected = &case["result"];
        let found = share::of_counts(&counts);
        if expected.is_null() {
            assert!(found.is_none(), "{case}");
            continue;
        }
        let found = found.unwrap();
        assert_close(Some(found.raw / 100.0), &expected["diff"], &case);
        let interval = found.interval.map(|interval| interval.times(0.01));
        assert_interval(interval, &expected["newcombe_ci"], &case);
        assert_close(counts.z_pooled(), &expected["z_pooled"], &case);
        assert_p(
            counts.z_pooled().map(two_sided),
            &expected["p_pooled"],
            &case,
        );
        assert_close(counts.z_n_minus_1(), &expected["z_n_minus_1"], &case);
        assert_close(
            Some(counts.expected_min()),
            &expected["min_expected"],
            &case,
        );
        assert_p(Some(counts.fisher()), &expected["fisher_p"], &case);
        let recommended = match expected["recommended"].as_str() {
            Some("fisher") => &expected["fisher_p"],
            _ => &expected["p_n_minus_1"],
        };
        assert_p(found.p, recommended, &case);
        assert_interval(
            Some(agresti_caffo(&counts)),
            &expected["agresti_caffo_ci"],
            &case,
        );
    }
}

/// For comparison: one success and one failure added to each group, then Wald.
fn agresti_caffo(counts: &Counts) -> Interval {
    let share = |is: u64, of: u64| ((is + 1) as f64 / (of + 2) as f64, (of + 2) as f64);
    let (one, n) = share(counts.these, counts.of_these);
    let (other, m) = share(counts.those, counts.of_those);
    let variance = one * (1.0 - one) / n + other * (1.0 - other) / m;
    Interval::around(one - other, Z_95 * variance.sqrt())
}

#[test]
fn two_means_differ_as_the_vectors_say() {
    for case in cases("ces") {
        let [a, b] = ["a_counts_1_to_7", "b_counts_1_to_7"]
            .map(|key| counted(Metric::Ces, &counts(&case, key)));
        let found = between(&a, &b, Method::default()).unwrap();
        let expected = &case["welch"];
        assert_p(found.p, &expected["p"], &case);
        assert_interval(found.interval, expected, &case);
        if !expected["diff"].is_null() {
            assert_close(Some(found.raw), &expected["diff"], &case);
        }
        let test = mean::welch(&moments(&a).unwrap(), &moments(&b).unwrap());
        assert_close(test.as_ref().map(|test| test.t), &expected["t"], &case);
        assert_close(
            test.map(|test| test.degrees_of_freedom),
            &expected["df"],
            &case,
        );
    }
}
