//! What an event says of a purchase, and what of it can be counted.

use serde::Deserialize;
use serde_json::Value;

/// A purchase as the page told of it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Purchase {
    /// In units of the currency; absent where no number was said.
    pub(crate) value: Option<f64>,
    /// Absent where none was said.
    pub(crate) currency: Option<Currency>,
    /// When, by the visitor's clock, in microseconds since 1970.
    pub(crate) at: i64,
}

/// Three capital letters, as in ISO 4217.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Currency([u8; 3]);

/// What was told is no purchase: less than nothing was paid, as when goods are sent back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Refund;

#[derive(Default, Deserialize)]
#[serde(default)]
struct Props {
    value: Value,
    currency: Value,
}

impl Purchase {
    /// From the event's properties, a JSON object or nothing.
    pub(crate) fn read(props: &str, at: i64) -> Result<Self, Refund> {
        let Props { value, currency } = serde_json::from_str(props).unwrap_or_default();
        // A text such as "49,90" is read differently by everybody: it is no number.
        let value = value.as_f64();
        if value.is_some_and(|value| value < 0.0) {
            return Err(Refund);
        }
        Ok(Self {
            value,
            currency: currency.as_str().and_then(Currency::read),
            at,
        })
    }

    /// Is as much paid as in another one?
    pub(crate) fn is_like(&self, other: &Self) -> bool {
        (self.value, self.currency) == (other.value, other.currency)
    }
}

impl Currency {
    pub(super) fn read(text: &str) -> Option<Self> {
        let letters: [u8; 3] = text.as_bytes().try_into().ok()?;
        let is_code = letters.iter().all(u8::is_ascii_alphabetic);
        is_code.then(|| Self(letters.map(|letter| letter.to_ascii_uppercase())))
    }

    pub(crate) fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_purchase_is_what_its_properties_say() {
        let bought = |value: Option<f64>, currency: Option<&str>| {
            Ok(Purchase {
                value,
                currency: currency.and_then(Currency::read),
                at: 7,
            })
        };
        let rows = [
            (
                r#"{"value":49.9,"currency":"EUR"}"#,
                bought(Some(49.9), Some("EUR")),
            ),
            (
                r#"{"value":49.9,"currency":"eur","items":3}"#,
                bought(Some(49.9), Some("EUR")),
            ),
            (r#"{"value":12}"#, bought(Some(12.0), None)),
            (r#"{"value":0,"currency":"€"}"#, bought(Some(0.0), None)),
            (
                r#"{"value":"49,90","currency":"EUR"}"#,
                bought(None, Some("EUR")),
            ),
            ("{}", bought(None, None)),
            ("", bought(None, None)),
            (r#"{"value":-49.9,"currency":"EUR"}"#, Err(Refund)),
        ];
        for (props, expected) in rows {
            assert_eq!(Purchase::read(props, 7), expected, "{props}");
        }
    }
}
