use survey::metric::Metric;

use super::super::tests::{assert_close, cases, counted, counts};
use super::*;

const VECTORS: &str = include_str!("../../../vectors/ces_ci.json");

#[test]
fn moments_and_quantiles_agree_with_the_vectors() {
    for case in cases(VECTORS, "cases") {
        let moments = moments(&counted(Metric::Ces, &counts(&case, "counts_1_to_7")));
        assert_close(
            moments.as_ref().map(|moments| moments.mean),
            &case["mean"],
            &case,
        );
        let deviation = moments
            .as_ref()
            .and_then(|moments| moments.standard_deviation);
        assert_close(deviation, &case["sd"], &case);
        let error = moments
            .as_ref()
            .and_then(|moments| deviation.map(|sd| sd / moments.n.sqrt()));
        assert_close(error, &case["se"], &case);

        let student = &case["ci_t"];
        let unclipped = moments.as_ref().and_then(self::student);
        assert_close(
            unclipped.map(|interval| interval.low),
            &student["lower_unclipped"],
            &case,
        );
        assert_close(
            unclipped.map(|interval| interval.high),
            &student["upper_unclipped"],
            &case,
        );
        assert_close(
            student["df"].as_f64().and_then(t_975),
            &student["t_crit"],
            &case,
        );
    }
}

/// statrs alone answers 1.8266 for ten million, and that is 7 % too small.
#[test]
fn with_very_many_answers_the_quantile_is_still_right() {
    // Computed with mpmath at 30 digits.
    let rows = [
        (9_999.0, 1.960_201_263_62),
        (10_000.0, 1.960_201_239_89),
        (10_001.0, 1.960_201_216_16),
        (100_000.0, 1.959_987_707_53),
        (1_000_000.0, 1.959_966_356_81),
        (10_000_000.0, 1.959_964_221_77),
    ];
    for (degrees_of_freedom, expected) in rows {
        let found = t_975(degrees_of_freedom).unwrap();
        assert!(
            (found - expected).abs() < 1e-7,
            "{found} at {degrees_of_freedom}"
        );
    }
}

#[test]
fn the_interval_stays_on_the_scale() {
    let nearly_all_five = counted(Metric::Csat, &[1, 0, 0, 0, 9]);
    let interval = estimate(&nearly_all_five).unwrap().interval.unwrap();
    assert_eq!(interval.high, 5.0);
    assert!(interval.low > 1.0);
}
