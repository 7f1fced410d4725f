//! What a survey may ask of an attribute or of an event's property: `cart_value gte 50`.

use crate::plain::Plain;
use serde::{Serialize, Serializer};

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
///
/// There are a few dozen at most, so a list serves better than a tree and costs less Wasm.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Values(Vec<(String, Value)>);

/// How a value is compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
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
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Condition {
    /// The attribute's or property's name.
    pub attribute: String,
    /// How it is compared.
    pub op: Operator,
    /// What it is compared with; nothing for `exists`.
    #[serde(skip_serializing_if = "Option::is_none")]
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
                (Value::Text(found), Value::Text(wanted)) => holds(found, wanted),
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

impl Condition {
    /// Reads a condition as an offer holds it.
    pub(crate) fn read(plain: &Plain) -> Self {
        let op = plain.word("op");
        let mut operators = Operator::ALL.into_iter();
        Self {
            attribute: plain.text("attribute"),
            op: operators
                .find(|operator| operator.name() == op)
                .unwrap_or(Operator::Exists),
            value: plain.get("value").and_then(Value::read),
        }
    }
}

/// Whether a text contains another. The standard library's way is quicker in long texts, and two
/// kilobytes of Wasm.
#[must_use]
pub fn holds(text: &str, part: &str) -> bool {
    let mut windows = text.as_bytes().windows(part.len().max(1));
    part.is_empty() || windows.any(|window| window == part.as_bytes())
}

fn compare(found: &Value, wanted: &Value, holds: fn(f64, f64) -> bool) -> bool {
    match (found, wanted) {
        (Value::Number(found), Value::Number(wanted)) => holds(*found, *wanted),
        _ => false,
    }
}

impl Operator {
    /// Every operator.
    pub const ALL: [Self; 8] = [
        Self::Eq,
        Self::Ne,
        Self::Gt,
        Self::Gte,
        Self::Lt,
        Self::Lte,
        Self::Contains,
        Self::Exists,
    ];

    /// The name used in survey files.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Eq => "eq",
            Self::Ne => "ne",
            Self::Gt => "gt",
            Self::Gte => "gte",
            Self::Lt => "lt",
            Self::Lte => "lte",
            Self::Contains => "contains",
            Self::Exists => "exists",
        }
    }
}

impl Value {
    fn read(plain: &Plain) -> Option<Self> {
        match plain {
            Plain::Flag(flag) => Some(Self::Flag(*flag)),
            Plain::Number(number) => Some(Self::Number(*number)),
            Plain::Text(text) => Some(Self::Text(text.clone())),
            Plain::List(_) | Plain::Object(_) => None,
        }
    }
}

impl From<&Value> for Plain {
    fn from(value: &Value) -> Self {
        match value {
            Value::Flag(flag) => Self::Flag(*flag),
            Value::Number(number) => Self::Number(*number),
            Value::Text(text) => Self::Text(text.clone()),
        }
    }
}

impl Values {
    /// None yet.
    #[must_use]
    pub const fn new() -> Self {
        Self(Vec::new())
    }

    /// What of an object can be a value; the rest is left out.
    #[must_use]
    pub fn read(plain: &Plain) -> Self {
        let Plain::Object(entries) = plain else {
            return Self::new();
        };
        let value = |(name, value): &(String, Plain)| Some((name.clone(), Value::read(value)?));
        Self(entries.iter().filter_map(value).collect())
    }

    /// The value of this name.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Value> {
        let entry = self.0.iter().find(|(known, _)| known == name);
        entry.map(|(_, value)| value)
    }

    /// Adds values, in place of those of the same name.
    pub fn set(&mut self, others: Self) {
        for (name, value) in others.0 {
            self.0.retain(|(known, _)| *known != name);
            self.0.push((name, value));
        }
    }

    /// Whether there are none.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl FromIterator<(String, Value)> for Values {
    fn from_iter<I: IntoIterator<Item = (String, Value)>>(values: I) -> Self {
        Self(values.into_iter().collect())
    }
}

impl From<&Values> for Plain {
    fn from(values: &Values) -> Self {
        let entry = |(name, value): &(String, Value)| (name.clone(), value.into());
        Self::Object(values.0.iter().map(entry).collect())
    }
}

impl Serialize for Values {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(name, value)| (name, value)))
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
}
