//! Which segment an impression belongs to.

use std::borrow::Cow;
use std::collections::HashMap;

use serde_json::Value;

use crate::by::By;
use crate::fold::Folded;
use crate::names::Context;
use crate::period::Day;
use crate::response::Visitors;

/// What nothing is said about.
pub(crate) const UNKNOWN: &str = "(unknown)";

/// The value of `by` for this impression.
pub(crate) fn of<'a>(by: &By, folded: &Folded, context: &'a Context) -> Cow<'a, str> {
    let said = |text: &'a str| Cow::Borrowed(if text.is_empty() { UNKNOWN } else { text });
    match by {
        By::Day | By::Week | By::Month => Day::of(folded.received)
            .within(by)
            .map_or(Cow::Borrowed(UNKNOWN), Cow::Owned),
        By::Page => said(&context.page),
        By::Device => said(&context.device),
        By::Language => said(&context.language),
        By::Trigger => said(&context.trigger),
        By::Signal => said(&context.signal),
        By::Channel => said(&context.channel),
        By::Visitors => Cow::Borrowed(match folded.asked.visit.map(Visitors::of) {
            Some(Visitors::New) => "new",
            Some(Visitors::Returning) => "returning",
            None => UNKNOWN,
        }),
        By::Attribute(name) => attribute(&folded.asked.attributes, name),
    }
}

fn attribute(attributes: &str, name: &str) -> Cow<'static, str> {
    let values: HashMap<String, Value> = serde_json::from_str(attributes).unwrap_or_default();
    match values.get(name) {
        Some(Value::String(text)) => Cow::Owned(text.clone()),
        Some(Value::Bool(true)) => Cow::Borrowed("true"),
        Some(Value::Bool(false)) => Cow::Borrowed("false"),
        Some(Value::Number(number)) => number
            .as_f64()
            .map_or(Cow::Borrowed(UNKNOWN), |number| Cow::Owned(band(number))),
        _ => Cow::Borrowed(UNKNOWN),
    }
}

/// Numbers are too many to be segments each: those between two neighbours of 0, 1, 2, 5, 10, 20, 50, …
/// are one, the lower included.
fn band(number: f64) -> String {
    if number < 0.0 {
        return "below 0".to_owned();
    }
    if number < 1.0 {
        return "0 to 1".to_owned();
    }
    let mut unit = 1_u64;
    while (unit as f64) * 10.0 <= number && unit < 1_000_000_000_000 {
        unit *= 10;
    }
    let (low, high) = match number / unit as f64 {
        ratio if ratio < 2.0 => (unit, 2 * unit),
        ratio if ratio < 5.0 => (2 * unit, 5 * unit),
        _ => (5 * unit, 10 * unit),
    };
    format!("{low} to {high}")
}

/// Sorts segments as people would: bands of numbers by size, everything else by name.
pub(crate) fn order(value: &str) -> (u64, &str) {
    match value.split_once(" to ") {
        Some((low, _)) => (low.parse().unwrap_or(u64::MAX), value),
        None if value == "below 0" => (0, ""),
        None => (u64::MAX, value),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_fall_into_bands_that_double_or_more() {
        let rows = [
            (-3.0, "below 0"),
            (0.0, "0 to 1"),
            (1.0, "1 to 2"),
            (4.99, "2 to 5"),
            (9.0, "5 to 10"),
            (99.5, "50 to 100"),
            (100.0, "100 to 200"),
            (1e300, "5000000000000 to 10000000000000"),
        ];
        for (number, expected) in rows {
            assert_eq!(band(number), expected, "{number}");
        }
    }

    #[test]
    fn an_attribute_is_what_the_page_set() {
        let set = r#"{"plan":"gold","member":true,"cart_value":99.5,"odd":[1]}"#;
        let rows = [
            ("plan", "gold"),
            ("member", "true"),
            ("cart_value", "50 to 100"),
            ("odd", UNKNOWN),
            ("absent", UNKNOWN),
        ];
        for (name, expected) in rows {
            assert_eq!(attribute(set, name), expected, "{name}");
        }
        assert_eq!(attribute("", "plan"), UNKNOWN);
    }

    #[test]
    fn bands_are_sorted_by_size() {
        let mut values = ["100 to 200", "(unknown)", "5 to 10", "below 0", "50 to 100"];
        values.sort_by_key(|value| order(value));
        assert_eq!(
            values,
            ["below 0", "5 to 10", "50 to 100", "100 to 200", "(unknown)"]
        );
    }
}
