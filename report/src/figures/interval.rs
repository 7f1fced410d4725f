//! A value and the interval around it.

/// The normal quantile that leaves 2.5 % on each side; 1.96 is not exact enough for the vectors.
pub(crate) const Z_95: f64 = 1.959_963_984_540_054;

/// A value, and its interval where there can be an honest one.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Estimate {
    pub(crate) value: f64,
    pub(crate) interval: Option<Interval>,
}

/// Both ends, in the unit of the value.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Interval {
    pub(crate) low: f64,
    pub(crate) high: f64,
}

impl Interval {
    /// `centre` ± `half_width`.
    pub(crate) fn around(centre: f64, half_width: f64) -> Self {
        Self {
            low: centre - half_width,
            high: centre + half_width,
        }
    }

    /// The part that can be true: no value lies outside its own range.
    pub(crate) fn clipped(self, least: f64, most: f64) -> Self {
        Self {
            low: self.low.clamp(least, most),
            high: self.high.clamp(least, most),
        }
    }

    /// In a unit `factor` times smaller.
    pub(crate) fn times(self, factor: f64) -> Self {
        Self {
            low: self.low * factor,
            high: self.high * factor,
        }
    }
}
