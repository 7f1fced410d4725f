//! What a report is split by: time, where somebody was asked, or an attribute the page had set.

use std::fmt;
use std::str::FromStr;

/// Along what answers are set apart from each other.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum By {
    /// The UTC day of receipt.
    Day,
    /// The week of receipt, from Monday.
    Week,
    /// The month of receipt.
    Month,
    /// The page's path.
    Page,
    /// `mobile`, `tablet` or `desktop`.
    Device,
    /// The page's language.
    Language,
    /// What made the card appear.
    Trigger,
    /// What the trigger saw.
    Signal,
    /// `web`.
    Channel,
    /// New or returning, where consent lets it be known.
    Visitors,
    /// An attribute of the visitor or cart; numbers in bands.
    Attribute(String),
}

/// An attribute that shares its name with something else is written like this.
const ATTRIBUTE: &str = "attribute:";

impl By {
    /// Everything that has a name of its own, as written after `--by`.
    pub const NAMED: [(&'static str, Self); 10] = [
        ("day", Self::Day),
        ("week", Self::Week),
        ("month", Self::Month),
        ("page", Self::Page),
        ("device", Self::Device),
        ("language", Self::Language),
        ("trigger", Self::Trigger),
        ("signal", Self::Signal),
        ("channel", Self::Channel),
        ("visitors", Self::Visitors),
    ];

    /// As written after `--by`, and as the segments of the JSON are keyed.
    #[must_use]
    pub fn name(&self) -> &str {
        let named = Self::NAMED.iter().find(|(_, by)| by == self);
        match (self, named) {
            (Self::Attribute(name), _) => name,
            (_, Some((name, _))) => name,
            (_, None) => "",
        }
    }

    /// Is it a stretch of time?
    #[must_use]
    pub const fn is_time(&self) -> bool {
        matches!(self, Self::Day | Self::Week | Self::Month)
    }
}

impl fmt::Display for By {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.name())
    }
}

impl FromStr for By {
    type Err = std::convert::Infallible;

    /// Whatever has no name of its own is an attribute; `attribute:day` is one in any case.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        if let Some(name) = text.strip_prefix(ATTRIBUTE) {
            return Ok(Self::Attribute(name.to_owned()));
        }
        let named = Self::NAMED.into_iter().find(|(name, _)| *name == text);
        Ok(named.map_or_else(|| Self::Attribute(text.to_owned()), |(_, by)| by))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_has_no_name_of_its_own_is_an_attribute() {
        let rows = [
            ("day", By::Day),
            ("visitors", By::Visitors),
            ("cart_value", By::Attribute("cart_value".to_owned())),
            ("attribute:day", By::Attribute("day".to_owned())),
        ];
        for (text, by) in rows {
            assert_eq!(text.parse(), Ok(by));
        }
        for (name, by) in By::NAMED {
            assert_eq!((by.name(), name.parse().as_ref()), (name, Ok(&by)));
        }
    }
}
