//! Numbers in a TOML file.

use super::Entry;
use std::fmt::Display;
use std::ops::RangeInclusive;
use toml::de::DeValue;

impl Entry<'_> {
    /// A number within the range.
    pub fn number(&self, range: RangeInclusive<f64>) -> Option<f64> {
        match self.as_number() {
            Some(number) => self.within(number, &range),
            None => self.wanted("a number"),
        }
    }

    /// A whole number within the range.
    pub fn whole(&self, range: RangeInclusive<i32>) -> Option<i32> {
        match self.as_integer() {
            Some(number) => {
                let range = i64::from(*range.start())..=i64::from(*range.end());
                let number = self.within(number, &range)?;
                number.try_into().ok()
            }
            None => self.wanted("a whole number"),
        }
    }

    fn within<N: PartialOrd + Display>(&self, number: N, range: &RangeInclusive<N>) -> Option<N> {
        if range.contains(&number) {
            return Some(number);
        }
        let (name, low, high) = (self.name, range.start(), range.end());
        let message = format!("`{name}` is {number}, but must be from {low} to {high}");
        self.fault(message, None);
        None
    }

    /// A number of either kind, or `None` where the value is something else; no fault either way.
    #[must_use]
    pub fn as_number(&self) -> Option<f64> {
        match self.value.get_ref() {
            DeValue::Float(float) => float.as_str().parse().ok(),
            _ => self.as_integer().map(|number| number as f64),
        }
    }

    fn as_integer(&self) -> Option<i64> {
        match self.value.get_ref() {
            DeValue::Integer(integer) => {
                i64::from_str_radix(integer.as_str(), integer.radix()).ok()
            }
            _ => None,
        }
    }
}
