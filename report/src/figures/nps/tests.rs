use serde_json::{Value, json};
use survey::metric::Metric;

use super::super::tests::{assert_close, assert_interval, bands, cases};
use super::*;

const COUNTS: &str = include_str!("../../../vectors/nps_ci.json");
const LEVELS: &str = include_str!("../../../vectors/nps_ci_levels.json");

/// The two methods people can ask for, and two the same formula gives for comparison.
fn methods() -> [(&'static str, Pseudo); 4] {
    let pseudo = |detractors, passives, promoters| Pseudo {
        detractors,
        passives,
        promoters,
    };
    [
        ("wald", pseudo(0.0, 0.0, 0.0)),
        ("agresti_min", pseudo(0.5, 1.0, 0.5)),
        (Method::AdjustedWald.name(), Method::AdjustedWald.pseudo()),
        (Method::BonettPrice.name(), Method::BonettPrice.pseudo()),
    ]
}

fn assert_spread(bands: Bands, pseudo: Pseudo, z: f64, expected: &Value, case: &Value) {
    if bands.n() == 0 {
        assert!(expected.is_null(), "{case}");
        return;
    }
    let Spread {
        mean,
        standard_error,
    } = spread(bands, pseudo);
    assert_close(Some(mean), &expected["center"], case);
    assert_close(Some(standard_error), &expected["se"], case);
    let unclipped = Interval::around(mean, z * standard_error);
    assert_close(Some(unclipped.low), &expected["lower_unclipped"], case);
    assert_close(Some(unclipped.high), &expected["upper_unclipped"], case);
    assert_interval(Some(interval(bands, pseudo, z)), expected, case);
}

#[test]
fn every_counted_case_agrees_with_the_vectors() {
    for case in cases(COUNTS, "cases") {
        let bands = bands(&case);
        assert_eq!(json!(bands.n()), case["n"]);
        assert_close(score(bands), &case["estimate"], &case);
        assert_close(
            score(bands).map(|score| score * 100.0),
            &case["score_points"],
            &case,
        );
        for (name, pseudo) in methods() {
            assert_spread(bands, pseudo, Z_95, &case["ci"][name], &case);
        }
        let raw = (bands.n() > 0).then(|| spread(bands, methods()[0].1).standard_error);
        assert_close(raw, &case["se_wald"], &case);
        assert_close(
            raw.map(|error| error * error * bands.n() as f64),
            &case["variance"],
            &case,
        );
        assert_eq!(case["default_method"], Method::default().name());
    }
}

#[test]
fn every_confidence_level_agrees_with_the_vectors() {
    use statrs::distribution::{ContinuousCDF, Normal};
    for case in cases(LEVELS, "cases") {
        let two_sided = 1.0 - (1.0 - case["conf"].as_f64().unwrap()) / 2.0;
        let z = Normal::standard().inverse_cdf(two_sided);
        assert_spread(
            bands(&case),
            Method::default().pseudo(),
            z,
            &case["adjusted_wald"],
            &case,
        );
    }
}

#[test]
fn raw_answers_are_banded_and_what_is_no_score_is_never_made_one() {
    for case in cases(COUNTS, "raw") {
        let given = case["responses"].as_array().unwrap();
        let valid: Vec<u8> = given
            .iter()
            .filter_map(crate::line::tests::score_of)
            .collect();
        let distribution = Distribution::of(Metric::Nps, valid);
        let bands = distribution.bands();
        assert_eq!(json!(distribution.n()), case["n_valid"], "{case}");
        assert_eq!(
            json!(given.len() as u64 - distribution.n()),
            case["n_invalid"],
            "{case}"
        );
        assert_eq!(
            (json!(bands.low), json!(bands.middle), json!(bands.high)),
            (
                case["detractors"].clone(),
                case["passives"].clone(),
                case["promoters"].clone()
            )
        );
        assert_close(score(bands), &case["estimate"], &case);
        let mean = crate::figures::mean::estimate(&distribution).map(|mean| mean.value);
        assert_close(mean, &case["mean_ltr"], &case);
    }
}

#[test]
fn the_interval_is_in_points_around_the_raw_score() {
    let ten_promoters = Distribution::of(Metric::Nps, [9; 10]);
    let Estimate { value, interval } = points(&ten_promoters, Method::AdjustedWald).unwrap();
    assert_eq!(value, 100.0);
    let interval = interval.unwrap();
    assert!(
        (interval.low - 47.5).abs() < 0.05 && interval.high == 100.0,
        "{interval:?}"
    );
}

#[test]
fn a_method_is_known_by_its_name_only() {
    for method in [Method::AdjustedWald, Method::BonettPrice] {
        assert_eq!(method.to_string().parse(), Ok(method));
    }
    let refusal = "wald".parse::<Method>().unwrap_err().to_string();
    assert!(
        refusal.starts_with("there is no method `wald`"),
        "{refusal}"
    );
}
