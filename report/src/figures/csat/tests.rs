use serde_json::json;
use survey::metric::Metric;

use super::super::interval::Interval;
use super::super::tests::{assert_close, assert_interval, cases, counted, counts};
use super::*;

const VECTORS: &str = include_str!("../../../vectors/csat_ci.json");

/// Half of what lies outside a 90 % interval is 5 %.
const Z_90: f64 = 1.644_853_626_951_472_7;

fn as_shares(percent: Option<Interval>) -> Option<Interval> {
    percent.map(|interval| interval.times(0.01))
}

fn value(estimate: Option<Estimate>) -> Option<f64> {
    estimate.map(|estimate| estimate.value)
}

#[test]
fn every_case_agrees_with_the_vectors() {
    for case in cases(VECTORS, "cases") {
        let distribution = counted(Metric::Csat, &counts(&case, "counts_1_to_5"));
        let bands = distribution.bands();
        assert_eq!(
            (json!(bands.n()), json!(bands.high)),
            (case["n"].clone(), case["satisfied"].clone())
        );

        let [
            (FigureName::Csat, csat),
            (FigureName::CsatMean, mean),
            (FigureName::CsatBottom2, bottom2),
        ] = figures(&distribution)[..]
        else {
            panic!("other figures than promised");
        };
        assert_close(value(csat), &case["csat_percent"], &case);
        assert_close(
            value(csat).map(|percent| percent / 100.0),
            &case["estimate"],
            &case,
        );
        assert_interval(
            as_shares(csat.and_then(|csat| csat.interval)),
            &case["ci_wilson"],
            &case,
        );
        let at_90 = share::wilson_percent(bands.high, bands.n(), Z_90);
        assert_interval(as_shares(at_90), &case["ci_wilson_90"], &case);
        assert_close(value(mean), &case["mean"], &case);
        let bottom2 = value(bottom2).map(|percent| percent / 100.0);
        assert_close(bottom2, &case["dissatisfied_bottom2"], &case);
    }
}

#[test]
fn on_the_scale_turned_round_the_dissatisfied_are_the_satisfied() {
    for case in cases(VECTORS, "cases") {
        let mut counts = counts(&case, "counts_1_to_5");
        counts.reverse();
        let (_, bottom2) = figures(&counted(Metric::Csat, &counts))[2];
        let interval = bottom2.and_then(|bottom2| bottom2.interval);
        assert_interval(as_shares(interval), &case["ci_wilson"], &case);
    }
}
