//! A share of the answers in percent, and its interval.

use super::interval::{Estimate, Interval, Z_95};

/// `count` of `n` in percent with its 95 % Wilson interval; `None` when `n` is 0.
pub(crate) fn estimate_percent(count: u64, n: u64) -> Option<Estimate> {
    let value = percent(count, n)?;
    Some(Estimate {
        value,
        interval: wilson_percent(count, n, Z_95),
    })
}

/// 100 · count / n; `None` when `n` is 0.
pub(crate) fn percent(count: u64, n: u64) -> Option<f64> {
    (n > 0).then(|| 100.0 * count as f64 / n as f64)
}

/// Wilson's score interval without continuity correction (Wilson, Journal of the American
/// Statistical Association, 1927): (p + z²/2n ± z·√(p(1 − p)/n + z²/4n²)) / (1 + z²/n).
pub(crate) fn wilson_percent(count: u64, n: u64, z: f64) -> Option<Interval> {
    (n > 0).then(|| wilson(count as f64 / n as f64, n as f64, z))
}

/// The same for a share of n answers that need not be whole, as weighted ones are not; in percent.
pub(super) fn wilson(p: f64, n: f64, z: f64) -> Interval {
    let z2_per_n = z * z / n;
    let centre = p + z2_per_n / 2.0;
    let half_width = z * (p * (1.0 - p) / n + z2_per_n / (4.0 * n)).sqrt();
    let interval = Interval::around(centre, half_width).times(100.0 / (1.0 + z2_per_n));
    interval.clipped(0.0, 100.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_interval_never_leaves_what_a_share_can_be() {
        for n in 1..1_000 {
            let none = wilson_percent(0, n, Z_95).unwrap();
            let all = wilson_percent(n, n, Z_95).unwrap();
            assert!(
                none.low >= 0.0 && all.high <= 100.0,
                "{n}: {none:?} {all:?}"
            );
        }
    }
}
