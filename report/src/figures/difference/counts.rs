//! A table of two by two: how many of each group, out of how many.

use statrs::function::factorial::ln_factorial;

/// `these` of `of_these`, and `those` of `of_those`.
pub(super) struct Counts {
    pub(super) these: u64,
    pub(super) of_these: u64,
    pub(super) those: u64,
    pub(super) of_those: u64,
}

impl Counts {
    pub(super) fn shares(&self) -> Option<(f64, f64)> {
        (self.of_these > 0 && self.of_those > 0).then(|| {
            (
                self.these as f64 / self.of_these as f64,
                self.those as f64 / self.of_those as f64,
            )
        })
    }

    /// The smallest count one would expect were there no difference.
    pub(super) fn expected_min(&self) -> f64 {
        let (is, of) = (self.these + self.those, self.of_these + self.of_those);
        let smaller = self.of_these.min(self.of_those) as f64;
        smaller * is.min(of - is) as f64 / of as f64
    }

    /// The difference over its standard error, the shares pooled; `None` when all or none are.
    pub(super) fn z_pooled(&self) -> Option<f64> {
        let (one, other) = self.shares()?;
        let (n, m) = (self.of_these as f64, self.of_those as f64);
        let pooled = (self.these + self.those) as f64 / (n + m);
        let variance = pooled * (1.0 - pooled) * (1.0 / n + 1.0 / m);
        (variance > 0.0).then(|| (one - other) / variance.sqrt())
    }

    /// z · √((N − 1) / N): right also for small groups (Campbell 2007).
    pub(super) fn z_n_minus_1(&self) -> Option<f64> {
        let n = (self.of_these + self.of_those) as f64;
        Some(self.z_pooled()? * ((n - 1.0) / n).sqrt())
    }

    /// Fisher's exact test: the probabilities of all tables with these margins that are at most as
    /// probable as this one.
    pub(super) fn fisher(&self) -> f64 {
        let is = self.these + self.those;
        let first = is.saturating_sub(self.of_those);
        let last = is.min(self.of_these);
        let here = self.ln_probability(self.these, is);
        // Tables as probable as this one differ from it by rounding only.
        let at_most = here + 1e-7;
        let probabilities = (first..=last).map(|these| self.ln_probability(these, is));
        let sum: f64 = probabilities
            .filter(|&probability| probability <= at_most)
            .map(f64::exp)
            .sum();
        sum.min(1.0)
    }

    fn ln_probability(&self, these: u64, is: u64) -> f64 {
        let choose = |n: u64, k: u64| ln_factorial(n) - ln_factorial(k) - ln_factorial(n - k);
        choose(self.of_these, these) + choose(self.of_those, is - these)
            - choose(self.of_these + self.of_those, is)
    }
}
