use serde_json::json;
use survey::metric::Metric;

use super::super::tests::{assert_close, assert_interval, cases, counted, counts};
use super::*;

const VECTORS: &str = include_str!("../../../vectors/ces_ci.json");

#[test]
fn every_case_agrees_with_the_vectors() {
    for case in cases(VECTORS, "cases") {
        let distribution = counted(Metric::Ces, &counts(&case, "counts_1_to_7"));
        let bands = distribution.bands();
        assert_eq!(json!(bands.n()), case["n"]);
        assert_eq!(bands.high, case["easy"].as_u64().unwrap_or(0));

        let [(FigureName::CesEasy, easy), (FigureName::CesMean, mean)] = figures(&distribution)[..]
        else {
            panic!("other figures than promised");
        };
        assert_close(
            easy.map(|easy| easy.value / 100.0),
            &case["easy_share"],
            &case,
        );
        let easy_interval = easy
            .and_then(|easy| easy.interval)
            .map(|percent| percent.times(0.01));
        assert_interval(easy_interval, &case["easy_ci_wilson"], &case);
        assert_close(mean.map(|mean| mean.value), &case["mean"], &case);
        assert_interval(mean.and_then(|mean| mean.interval), &case["ci_t"], &case);
    }
}
