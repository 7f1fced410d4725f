//! Cumulative sums of daily values below the mean (Page, Biometrika, 1954): quicker than the average
//! where a fall is sudden and lasting.

use super::ewma::Baseline;

/// How much is let pass each day, and from which sum on it alarms; both in standard deviations.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Chart {
    pub(crate) slack: f64,
    pub(crate) limit: f64,
}

/// Alarms by chance about once in 931 days; finds a fall of one standard deviation in 10.
pub(crate) const CHART: Chart = Chart {
    slack: 0.5,
    limit: 5.0,
};

/// The sum after one more day with this mean of n answers.
pub(crate) fn after(sum: f64, chart: Chart, baseline: Baseline, mean: f64, n: f64) -> f64 {
    let z = (mean - baseline.mean) / (baseline.variance / n).sqrt();
    (sum - z - chart.slack).max(0.0)
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::super::super::tests::{assert_close, cases_of};
    use super::*;

    const VECTORS: &str = include_str!("../../../vectors/ewma_cusum.json");

    fn vectors() -> Value {
        serde_json::from_str(VECTORS).unwrap()
    }

    #[test]
    fn a_falling_score_is_seen_on_the_day_of_the_vectors() {
        let vectors = vectors();
        let vector = &vectors["nps_daily"];
        let baseline = Baseline {
            mean: vector["baseline_nps"].as_f64().unwrap(),
            variance: vector["baseline_variance"].as_f64().unwrap(),
        };
        let days = cases_of(
            VECTORS,
            &["nps_daily", "days_detractors_passives_promoters"],
        );
        let mut sum = 0.0;
        let mut first_alert = None;
        for (place, day) in days.iter().enumerate() {
            let [low, middle, high] = [0, 1, 2].map(|band| day[band].as_f64().unwrap());
            let n = low + middle + high;
            if n > 0.0 {
                sum = after(sum, CHART, baseline, (high - low) / n, n);
            }
            let expected = &vector["cusum"][place];
            assert_close(Some(sum), &expected["cusum"], day);
            assert_eq!(json!(sum > CHART.limit), expected["alert"], "{day}");
            if sum > CHART.limit {
                first_alert = first_alert.or(Some(place));
            }
        }
        assert_eq!(json!(first_alert), vector["first_cusum_alert_index"]);
    }

    #[test]
    fn sums_to_either_side_agree_with_the_vectors() {
        let vectors = vectors();
        let vector = &vectors["cusum_simple"];
        let number = |key: &str| vector[key].as_f64().unwrap();
        let chart = Chart {
            slack: number("k"),
            limit: number("h"),
        };
        for (side, sign) in [("lower", 1.0), ("upper", -1.0)] {
            let baseline = Baseline {
                mean: sign * number("mu0"),
                variance: number("sigma").powi(2),
            };
            let mut sum = 0.0;
            for (value, expected) in cases_of(VECTORS, &["cusum_simple", "values"])
                .iter()
                .zip(vector[side].as_array().unwrap())
            {
                sum = after(sum, chart, baseline, sign * value.as_f64().unwrap(), 1.0);
                assert_close(Some(sum), &expected["cusum"], expected);
                assert_eq!(json!(sum > chart.limit), expected["alert"]);
            }
        }
    }

    /// For comparison: answer by answer, with the logarithms of the likelihood ratio as weights.
    #[test]
    fn answer_by_answer_agrees_with_the_vectors() {
        let vectors = vectors();
        let vector = &vectors["bernoulli_cusum"];
        let number = |key: &str| vector[key].as_f64().unwrap();
        let (p0, p1) = (number("p0"), number("p1"));
        let weights = [((1.0 - p1) / (1.0 - p0)).ln(), (p1 / p0).ln()];
        assert_close(Some(weights[0]), &vector["weight_not"], vector);
        assert_close(Some(weights[1]), &vector["weight_satisfied"], vector);
        let mut sum = 0.0_f64;
        let mut first_alert = None;
        for (place, answer) in vector["x"].as_array().unwrap().iter().enumerate() {
            sum = (sum + weights[answer.as_u64().unwrap() as usize]).max(0.0);
            assert_close(Some(sum), &vector["path"][place], vector);
            if sum > number("h") {
                first_alert = first_alert.or(Some(place));
            }
        }
        assert_eq!(json!(first_alert), vector["first_alert"]);
    }
}
