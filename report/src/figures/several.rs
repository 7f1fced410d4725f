//! Many tests in one report: without a correction, one in twenty finds something where nothing is.

/// The share of false alarms among all alarms that is put up with.
pub(crate) const FALSE_ALARMS: f64 = 0.05;

/// Benjamini and Hochberg's adjusted p values, in the order given: the smallest of m · pⱼ / j over
/// all j from its own rank up, at most 1 (Journal of the Royal Statistical Society B, 1995). It holds
/// for tests that are independent or depend on each other positively. What was not tested is left
/// out of m and stays untested.
pub(crate) fn benjamini_hochberg(p: &[Option<f64>]) -> Vec<Option<f64>> {
    let tested = p.iter().enumerate();
    let mut order: Vec<(usize, f64)> = tested
        .filter_map(|(place, p)| p.map(|p| (place, p)))
        .collect();
    order.sort_by(|(_, one), (_, other)| other.total_cmp(one));
    let mut adjusted = vec![None; p.len()];
    let m = order.len();
    let mut least = 1.0_f64;
    for (larger, (place, p)) in order.into_iter().enumerate() {
        let rank = m - larger;
        least = least.min(p * m as f64 / rank as f64);
        adjusted[place] = Some(least);
    }
    adjusted
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::super::tests::{assert_p, cases};
    use super::*;

    #[test]
    fn every_case_agrees_with_the_vectors() {
        for case in cases(include_str!("../../vectors/bh.json"), "cases") {
            let given: Vec<_> = list(&case["p"]).iter().map(Value::as_f64).collect();
            let adjusted = benjamini_hochberg(&given);
            for (found, expected) in adjusted.iter().zip(list(&case["adjusted"])) {
                assert_p(*found, expected, &case);
            }
            let is_rejected = |p: &Option<f64>| p.is_some_and(|p| p <= FALSE_ALARMS);
            let rejected: Vec<bool> = adjusted.iter().map(is_rejected).collect();
            let number = rejected.iter().filter(|is| **is).count();
            assert_eq!(json!(number), case["n_rejected"], "{case}");
            if case["holm"].is_null() {
                continue;
            }
            assert_eq!(json!(rejected), case["reject_at_0_05"], "{case}");
            let given: Vec<f64> = given.into_iter().flatten().collect();
            for (found, expected) in holm(&given).iter().zip(list(&case["holm"])) {
                assert_p(Some(*found), expected, &case);
            }
        }
    }

    fn list(value: &Value) -> &Vec<Value> {
        value.as_array().unwrap()
    }

    /// For comparison: the chance of any false alarm at all.
    fn holm(p: &[f64]) -> Vec<f64> {
        let mut order: Vec<usize> = (0..p.len()).collect();
        order.sort_by(|&one, &other| p[one].total_cmp(&p[other]));
        let mut adjusted = vec![0.0; p.len()];
        let mut most = 0.0_f64;
        for (rank, place) in order.into_iter().enumerate() {
            most = most.max(((p.len() - rank) as f64 * p[place]).min(1.0));
            adjusted[place] = most;
        }
        adjusted
    }
}
