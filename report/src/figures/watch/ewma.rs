//! The exponentially weighted moving average of daily values (Roberts, Technometrics, 1959), with
//! limits for days of unequal size.

/// What a chart is held against: frozen once enough is known, so that it does not follow a slow fall.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Baseline {
    pub(crate) mean: f64,
    /// Of a single answer.
    pub(crate) variance: f64,
}

/// How the average is made and when it alarms.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Chart {
    /// The weight of the newest day.
    pub(crate) weight: f64,
    /// Standard deviations from the mean to the limits.
    pub(crate) limit: f64,
}

/// Alarms by chance about once in 500 days (Lucas and Saccucci, Technometrics, 1990).
pub(crate) const CHART: Chart = Chart {
    weight: 0.2,
    limit: 2.962,
};

/// The chart after one more day.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct State {
    pub(crate) average: f64,
    pub(crate) variance: f64,
}

impl State {
    pub(crate) const fn at(baseline: Baseline) -> Self {
        Self {
            average: baseline.mean,
            variance: 0.0,
        }
    }

    /// A day with this mean of n answers. A day without answers changes nothing.
    pub(crate) fn after(self, chart: Chart, baseline: Baseline, mean: f64, n: f64) -> Self {
        let (new, old) = (chart.weight, 1.0 - chart.weight);
        Self {
            average: new * mean + old * self.average,
            variance: new * new * baseline.variance / n + old * old * self.variance,
        }
    }

    /// Strictly below the lower limit.
    pub(crate) fn is_low(&self, chart: Chart, baseline: Baseline) -> bool {
        self.average < baseline.mean - chart.limit * self.variance.sqrt()
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::super::super::tests::{assert_close, cases_of};
    use super::*;

    const VECTORS: &str = include_str!("../../../vectors/ewma_cusum.json");

    #[track_caller]
    fn assert_state(state: State, chart: Chart, baseline: Baseline, expected: &Value) {
        let deviation = state.variance.sqrt();
        assert_close(Some(state.average), &expected["ewma"], expected);
        assert_close(Some(deviation), &expected["sd"], expected);
        let half = chart.limit * deviation;
        assert_close(Some(baseline.mean - half), &expected["lower"], expected);
        assert_close(Some(baseline.mean + half), &expected["upper"], expected);
        assert_eq!(json!(state.is_low(chart, baseline)), expected["low_alert"]);
    }

    #[test]
    fn a_falling_score_is_seen_on_the_day_of_the_vectors() {
        let vectors: Value = serde_json::from_str(VECTORS).unwrap();
        let vector = &vectors["nps_daily"];
        let number = |key: &str| vector[key].as_f64().unwrap();
        let baseline = Baseline {
            mean: number("baseline_nps"),
            variance: number("baseline_variance"),
        };
        let days = cases_of(
            VECTORS,
            &["nps_daily", "days_detractors_passives_promoters"],
        );
        let mut state = State::at(baseline);
        let mut first_alert = None;
        for (place, day) in days.iter().enumerate() {
            let [low, middle, high] = [0, 1, 2].map(|band| day[band].as_f64().unwrap());
            let n = low + middle + high;
            if n > 0.0 {
                state = state.after(CHART, baseline, (high - low) / n, n);
                let deviation = (baseline.variance / n).sqrt();
                assert_close(Some(deviation), &vector["se"][place], day);
            }
            assert_state(state, CHART, baseline, &vector["ewma"][place]);
            if state.is_low(CHART, baseline) {
                first_alert = first_alert.or(Some(place));
            }
        }
        assert_eq!(json!(first_alert), vector["first_ewma_low_alert_index"]);
    }

    #[test]
    fn constant_limits_agree_with_the_vectors() {
        let vectors: Value = serde_json::from_str(VECTORS).unwrap();
        let vector = &vectors["constant_limits"];
        let number = |key: &str| vector[key].as_f64().unwrap();
        let chart = Chart {
            weight: number("lambda_"),
            limit: number("L"),
        };
        let baseline = Baseline {
            mean: number("mu0"),
            variance: number("sigma").powi(2),
        };
        let mut state = State::at(baseline);
        for (value, expected) in cases_of(VECTORS, &["constant_limits", "values"])
            .iter()
            .zip(vector["steps"].as_array().unwrap())
        {
            state = state.after(chart, baseline, value.as_f64().unwrap(), 1.0);
            assert_state(state, chart, baseline, expected);
        }
    }
}
