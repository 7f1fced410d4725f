//! What a survey may ask of an attribute or of an event's property: `cart_value gte 50`.

use serde::de::{Error, Visitor};
use serde::{Deserialize, Deserializer, Serialize};
use std::collections::BTreeMap;
use std::fmt;

/// A value a page sets or a survey compares with.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(untagged)]
pub enum Value {
    /// `true` or `false`.
    Flag(bool),
    /// Any finite number.
    Number(f64),
    /// Text.
    Text(String),
}

/// Attributes of a visitor or cart, or properties of an event, by name.
pub type Values = BTreeMap<String, Value>;

/// How a value is compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Operator {
    /// Equal.
    Eq,
    /// Not equal, also when there is no value.
    Ne,
    /// Greater than.
    Gt,
    /// Greater than or equal.
    Gte,
    /// Less than.
    Lt,
    /// Less than or equal.
    Lte,
    /// The text contains the other text.
    Contains,
    /// There is a value at all.
    Exists,
}

/// One comparison.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Condition {
    /// The attribute's or property's name.
    pub attribute: String,
    /// How it is compared.
    pub op: Operator,
    /// What it is compared with; nothing for `exists`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<Value>,
}

impl Condition {
    /// Whether the condition holds for these values. Values of different kinds are never equal, and
    /// neither is less than the other.
    #[must_use]
    pub fn holds(&self, values: &Values) -> bool {
        let found = values.get(&self.attribute);
        if self.op == Operator::Exists {
            return found.is_some();
        }
        let (Some(found), Some(wanted)) = (found, &self.value) else {
            return self.op == Operator::Ne;
        };
        match self.op {
            Operator::Eq => found == wanted,
            Operator::Ne => found != wanted,
            Operator::Contains => match (found, wanted) {
                (Value::Text(found), Value::Text(wanted)) => found.contains(wanted.as_str()),
                _ => false,
            },
            Operator::Gt => compare(found, wanted, |found, wanted| found > wanted),
            Operator::Gte => compare(found, wanted, |found, wanted| found >= wanted),
            Operator::Lt => compare(found, wanted, |found, wanted| found < wanted),
            Operator::Lte => compare(found, wanted, |found, wanted| found <= wanted),
            Operator::Exists => true,
        }
    }
}

fn compare(found: &Value, wanted: &Value, holds: fn(f64, f64) -> bool) -> bool {
    match (found, wanted) {
        (Value::Number(found), Value::Number(wanted)) => holds(*found, *wanted),
        _ => false,
    }
}

impl<'de> Deserialize<'de> for Value {
    // By hand: serde's own `untagged` buffers every value first, which costs Wasm bytes.
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(ValueVisitor)
    }
}

struct ValueVisitor;

impl Visitor<'_> for ValueVisitor {
    type Value = Value;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a string, a number, true or false")
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<Value, E> {
        Ok(Value::Flag(value))
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<Value, E> {
        Ok(Value::Number(value))
    }

    #[allow(clippy::cast_precision_loss)]
    fn visit_i64<E: Error>(self, value: i64) -> Result<Value, E> {
        Ok(Value::Number(value as f64))
    }

    #[allow(clippy::cast_precision_loss)]
    fn visit_u64<E: Error>(self, value: u64) -> Result<Value, E> {
        Ok(Value::Number(value as f64))
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<Value, E> {
        Ok(Value::Text(value.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn condition(op: Operator, value: Option<Value>) -> Condition {
        Condition {
            attribute: "cart_value".to_owned(),
            op,
            value,
        }
    }

    #[test]
    fn every_operator_compares_as_its_name_says() {
        use Operator::{Contains, Eq, Exists, Gt, Gte, Lt, Lte, Ne};
        let number = |number| Some(Value::Number(number));
        let text = |text: &str| Some(Value::Text(text.to_owned()));
        let rows = [
            (number(50.0), Eq, number(50.0), true),
            (number(50.0), Ne, number(50.0), false),
            (number(50.0), Gt, number(50.0), false),
            (number(50.0), Gte, number(50.0), true),
            (number(49.9), Lt, number(50.0), true),
            (number(50.0), Lte, number(50.0), true),
            (number(50.0), Eq, text("50"), false),
            (number(50.0), Gt, text("5"), false),
            (text("gold member"), Contains, text("gold"), true),
            (text("silver"), Contains, text("gold"), false),
            (Some(Value::Flag(true)), Eq, Some(Value::Flag(true)), true),
            (number(0.0), Exists, None, true),
            (None, Exists, None, false),
            (None, Ne, number(50.0), true),
            (None, Eq, number(50.0), false),
            (None, Lt, number(50.0), false),
        ];
        for (found, op, wanted, expected) in rows {
            let values: Values = found
                .clone()
                .map(|value| ("cart_value".to_owned(), value))
                .into_iter()
                .collect();
            let condition = condition(op, wanted);
            assert_eq!(
                condition.holds(&values),
                expected,
                "{found:?} {condition:?}"
            );
        }
    }

    #[test]
    fn a_condition_survives_json() {
        for text in [
            r#"{"attribute":"plan","op":"eq","value":"gold"}"#,
            r#"{"attribute":"cart_value","op":"gte","value":50.5}"#,
            r#"{"attribute":"member","op":"ne","value":true}"#,
            r#"{"attribute":"member","op":"exists"}"#,
        ] {
            let condition: Condition = serde_json::from_str(text).expect(text);
            assert_eq!(serde_json::to_string(&condition).expect(text), text);
        }
    }
}
