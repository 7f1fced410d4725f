//! What the headline figure would be had every segment answered as much as it was asked:
//! post-stratification by impressions. It mends a change of mix, not people who do not answer.

use serde::Serialize;
use survey::metric::Metric;

use super::interval::{Estimate, Z_95};
use super::nps::{self, Method};
use super::{FigureName, share};
use crate::distribution::Distribution;

/// One answer may stand for at most so many.
const WEIGHT_MAX: f64 = 5.0;

/// A segment: how large it is, and what its answers are.
pub(crate) struct Cell {
    pub(crate) population: u64,
    pub(crate) answers: Distribution,
}

/// A weighted figure.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Weighted {
    /// `nps`, `csat` or `ces_easy`.
    pub figure: FigureName,
    /// In points or percent.
    pub value: f64,
    /// Lower end of its 95 % interval.
    pub low: Option<f64>,
    /// Upper end.
    pub high: Option<f64>,
    /// As many answers without weights would be as exact (Kish 1965).
    pub n_effective: f64,
}

/// Answers of each band, weighted.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Bands {
    pub(super) low: f64,
    pub(super) middle: f64,
    pub(super) high: f64,
}

/// The weighted headline figure; `None` without answers.
pub(crate) fn weighted(metric: Metric, cells: &[Cell], method: Method) -> Option<Weighted> {
    let (bands, n_effective) = effective(cells)?;
    let (figure, estimate) = match metric {
        Metric::Nps => (FigureName::Nps, nps::estimate(bands, method)),
        Metric::Csat => (FigureName::Csat, share(bands)),
        Metric::Ces => (FigureName::CesEasy, share(bands)),
    };
    Some(Weighted {
        figure,
        value: estimate.value,
        low: estimate.interval.map(|interval| interval.low),
        high: estimate.interval.map(|interval| interval.high),
        n_effective,
    })
}

fn share(bands: Bands) -> Estimate {
    let n = bands.low + bands.middle + bands.high;
    Estimate {
        value: 100.0 * bands.high / n,
        interval: Some(share::wilson(bands.high / n, n, Z_95)),
    }
}

/// The weighted counts, scaled to Kish's effective number (Σw)² / Σw², and that number.
fn effective(cells: &[Cell]) -> Option<(Bands, f64)> {
    let population: u64 = cells.iter().map(|cell| cell.population).sum();
    let n: u64 = cells.iter().map(|cell| cell.answers.n()).sum();
    let mut sum = Bands::default();
    let (mut weights, mut squares) = (0.0, 0.0);
    for cell in cells.iter().filter(|cell| cell.answers.n() > 0) {
        let answers = cell.answers.n() as f64;
        let due = cell.population as f64 / population as f64 * n as f64;
        let weight = (due / answers).min(WEIGHT_MAX);
        let bands = cell.answers.bands();
        sum.low += weight * bands.low as f64;
        sum.middle += weight * bands.middle as f64;
        sum.high += weight * bands.high as f64;
        weights += weight * answers;
        squares += weight * weight * answers;
    }
    if weights <= 0.0 {
        return None;
    }
    let n_effective = weights * weights / squares;
    let scale = n_effective / weights;
    let bands = Bands {
        low: sum.low * scale,
        middle: sum.middle * scale,
        high: sum.high * scale,
    };
    Some((bands, n_effective))
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::super::tests::{assert_close, bands, cases_of, counted};
    use super::*;

    const VECTORS: &str = include_str!("../../vectors/weighting.json");

    fn cell(case: &Value) -> Cell {
        let bands = bands(case);
        let counts = [0, 0, 0, 0, 0, 0, bands.low, 0, bands.middle, 0, bands.high];
        Cell {
            population: case["population"].as_u64().unwrap(),
            answers: counted(Metric::Nps, &counts),
        }
    }

    #[test]
    fn weighted_answers_agree_with_the_vectors() {
        let vectors: Value = serde_json::from_str(VECTORS).unwrap();
        let case = &vectors["post_stratification"];
        let cells = cases_of(VECTORS, &["post_stratification", "cells"]);
        let cells: Vec<Cell> = cells.iter().map(cell).collect();
        let found = weighted(Metric::Nps, &cells, Method::default()).unwrap();
        assert_close(Some(found.value / 100.0), &case["weighted_nps"], case);
        assert_close(Some(found.n_effective), &case["kish_effective_n"], case);
        let interval = &case["ci_adjusted_wald_on_effective_counts"];
        assert_close(found.low.map(|low| low / 100.0), &interval["lower"], case);
        assert_close(
            found.high.map(|high| high / 100.0),
            &interval["upper"],
            case,
        );
    }

    #[test]
    fn segments_that_answer_as_they_are_asked_are_not_weighted() {
        let cells = [1, 2].map(|size| Cell {
            population: 100 * size,
            answers: counted(Metric::Csat, &[size, size, size, 4 * size, 3 * size]),
        });
        let found = weighted(Metric::Csat, &cells, Method::default()).unwrap();
        assert!((found.value - 70.0).abs() < 1e-9 && (found.n_effective - 30.0).abs() < 1e-9);
        assert_eq!(weighted(Metric::Csat, &[], Method::default()), None);
    }

    #[test]
    fn no_answer_stands_for_more_than_five() {
        let cell = |population, counts: &[u64]| Cell {
            population,
            answers: counted(Metric::Csat, counts),
        };
        let cells = [
            cell(1_000_000, &[0, 0, 0, 0, 10]),
            cell(1, &[10, 0, 0, 0, 0]),
        ];
        // Five times ten against next to nothing would be all of it without the limit's loss.
        let found = weighted(Metric::Csat, &cells, Method::default()).unwrap();
        assert!(found.value > 99.9, "{found:?}");
        let cells = [cell(99, &[0, 0, 0, 0, 1]), cell(1, &[99, 0, 0, 0, 0])];
        let found = weighted(Metric::Csat, &cells, Method::default()).unwrap();
        assert!((found.value - 100.0 * 5.0 / 6.0).abs() < 1e-6, "{found:?}");
    }

    /// For comparison: the factor for claims about exactly these N customers.
    #[test]
    fn the_factor_of_finite_populations_agrees_with_the_vectors() {
        for case in cases_of(VECTORS, &["finite_population", "cases"]) {
            let [population, n] = ["N", "n"].map(|key| case[key].as_f64().unwrap());
            let factor = ((population - n) / (population - 1.0)).sqrt();
            assert_close(Some(factor), &case["factor"], &case);
        }
    }
}
