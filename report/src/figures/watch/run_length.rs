//! How many days the charts run until they alarm by chance; only tests ask. The number L(u) from a
//! state u on is 1 + ∫ L(x) f(x | u) dx over the states without an alarm (Crowder, Technometrics, 1987;
//! Page, Biometrika, 1954), here with the integral by Simpson's rule.

use serde_json::Value;
use statrs::distribution::{Continuous, ContinuousCDF, Normal};

use super::super::tests::cases;
use super::{cusum, ewma};

const VECTORS: &str = include_str!("../../../vectors/arl_check.json");

/// Odd, and enough for all digits of the vectors.
const STATES: usize = 101;

/// Solves `matrix · x = 1` by Gauss's elimination. Its diagonal dominates, so no rows are exchanged.
fn solved(mut matrix: Vec<Vec<f64>>) -> Vec<f64> {
    let size = matrix.len();
    let mut days = vec![1.0; size];
    for pivot in 0..size {
        let (done, left) = matrix.split_at_mut(pivot + 1);
        let row = &done[pivot];
        for (below, line) in left.iter_mut().enumerate() {
            let factor = line[pivot] / row[pivot];
            for (value, above) in line.iter_mut().zip(row).skip(pivot) {
                *value -= factor * above;
            }
            days[pivot + 1 + below] -= factor * days[pivot];
        }
    }
    for at in (0..size).rev() {
        let known: f64 = (at + 1..size).map(|to| matrix[at][to] * days[to]).sum();
        days[at] = (days[at] - known) / matrix[at][at];
    }
    days
}

/// States from `low` to `high`, each with its weight in an integral.
fn states(low: f64, high: f64) -> Vec<(f64, f64)> {
    let step = (high - low) / (STATES - 1) as f64;
    let weight = |place: usize| match place {
        place if place == 0 || place == STATES - 1 => 1.0,
        place if place % 2 == 1 => 4.0,
        _ => 2.0,
    };
    (0..STATES)
        .map(|place| (low + place as f64 * step, weight(place) * step / 3.0))
        .collect()
}

/// The days from each state on; `density` is that of a step from one to another, `jump` the chance of
/// one to the first.
fn days_from(
    states: &[(f64, f64)],
    density: impl Fn(f64, f64) -> f64,
    jump: impl Fn(f64) -> f64,
) -> Vec<f64> {
    let row = |&(from, _): &(f64, f64)| {
        let mut row: Vec<f64> = states
            .iter()
            .map(|&(to, weight)| f64::from(from == to) - weight * density(from, to))
            .collect();
        row[0] -= jump(from);
        row
    };
    solved(states.iter().map(row).collect())
}

/// From the mean on, the limits where they come to rest.
fn ewma_days(chart: ewma::Chart) -> f64 {
    let half = chart.limit * (chart.weight / (2.0 - chart.weight)).sqrt();
    let step = |from: f64, to: f64| (to - (1.0 - chart.weight) * from) / chart.weight;
    let density = |from, to| Normal::standard().pdf(step(from, to)) / chart.weight;
    days_from(&states(-half, half), density, |_| 0.0)[STATES / 2]
}

/// From zero on, to one side, with days that are `fall` standard deviations lower than they should be.
fn cusum_days(chart: cusum::Chart, fall: f64) -> f64 {
    let step = |from: f64, to: f64| to - from - fall + chart.slack;
    let density = |from, to| Normal::standard().pdf(step(from, to));
    let jump = |from| Normal::standard().cdf(step(from, 0.0));
    days_from(&states(0.0, chart.limit), density, jump)[0]
}

/// The vectors are rounded.
#[track_caller]
fn assert_days(found: f64, expected: &Value, rounded: f64) {
    let wanted = expected.as_f64().unwrap();
    let distance = (found - wanted).abs();
    assert!(distance <= rounded, "{found} instead of {wanted}");
}

#[test]
fn averages_alarm_by_chance_as_seldom_as_the_vectors_say() {
    let mut is_ours = false;
    for case in cases(VECTORS, "ewma") {
        let chart = ewma::Chart {
            weight: case["lambda_"].as_f64().unwrap(),
            limit: case["L"].as_f64().unwrap(),
        };
        is_ours |= chart == ewma::CHART;
        // These were computed by a chain of so few states that they are a tenth too small.
        assert_days(ewma_days(chart), &case["arl0"], 0.2);
    }
    assert!(is_ours, "the chart of the alerts is among them");
}

#[test]
fn sums_alarm_by_chance_as_seldom_and_see_a_fall_as_soon_as_the_vectors_say() {
    let mut is_ours = false;
    for case in cases(VECTORS, "cusum_one_sided") {
        let chart = cusum::Chart {
            slack: case["k"].as_f64().unwrap(),
            limit: case["h"].as_f64().unwrap(),
        };
        is_ours |= chart == cusum::CHART;
        assert_days(cusum_days(chart, 0.0), &case["arl0"], 0.06);
        assert_days(cusum_days(chart, 1.0), &case["arl_shift_1sd"], 0.006);
    }
    assert!(is_ours, "the chart of the alerts is among them");
}
