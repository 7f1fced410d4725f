//! JSON as it is read from a submission: texts and names stay in the body they came in.
//!
//! `serde_json::Value` keeps a copy of every name, in a tree: for a submission of thirty fields that is most
//! of what reading it costs.

use serde::de::{Deserialize, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::{Number, Value};
use std::borrow::Cow;
use std::fmt;

/// Any JSON. Names in an object may stand twice, as they were sent; the last one counts.
#[derive(Clone, Debug, PartialEq)]
pub enum Json<'b> {
    /// `null`.
    Null,
    /// `true` or `false`.
    Flag(bool),
    /// Any number that fits 64 bits.
    Number(Number),
    /// A string.
    Text(Cow<'b, str>),
    /// An array.
    List(Vec<Json<'b>>),
    /// An object.
    Object(Vec<(Cow<'b, str>, Json<'b>)>),
}

impl Json<'_> {
    /// The number, if it is one.
    pub(super) const fn number(&self) -> Option<&Number> {
        match self {
            Self::Number(number) => Some(number),
            _ => None,
        }
    }
}

impl From<Json<'_>> for Value {
    fn from(json: Json<'_>) -> Self {
        match json {
            Json::Null => Self::Null,
            Json::Flag(flag) => Self::Bool(flag),
            Json::Number(number) => Self::Number(number),
            Json::Text(text) => Self::String(text.into_owned()),
            Json::List(list) => list.into_iter().collect(),
            Json::Object(fields) => {
                let owned =
                    |(name, value): (Cow<'_, str>, _)| (name.into_owned(), Self::from(value));
                fields.into_iter().map(owned).collect()
            }
        }
    }
}

impl From<Value> for Json<'_> {
    fn from(value: Value) -> Self {
        match value {
            Value::Null => Self::Null,
            Value::Bool(flag) => Self::Flag(flag),
            Value::Number(number) => Self::Number(number),
            Value::String(text) => Self::Text(text.into()),
            Value::Array(list) => Self::List(list.into_iter().map(Self::from).collect()),
            Value::Object(fields) => {
                let read = |(name, value): (String, Value)| (name.into(), value.into());
                Self::Object(fields.into_iter().map(read).collect())
            }
        }
    }
}

impl<'de: 'b, 'b> Deserialize<'de> for Json<'b> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(AnyJson)
    }
}

struct AnyJson;

impl<'de> Visitor<'de> for AnyJson {
    type Value = Json<'de>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("JSON")
    }

    fn visit_unit<E>(self) -> Result<Json<'de>, E> {
        Ok(Json::Null)
    }

    fn visit_bool<E>(self, flag: bool) -> Result<Json<'de>, E> {
        Ok(Json::Flag(flag))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Json<'de>, E> {
        Ok(Json::Number(number.into()))
    }

    fn visit_i64<E>(self, number: i64) -> Result<Json<'de>, E> {
        Ok(Json::Number(number.into()))
    }

    fn visit_f64<E: Error>(self, number: f64) -> Result<Json<'de>, E> {
        let number = Number::from_f64(number);
        number
            .map(Json::Number)
            .ok_or_else(|| E::custom("a number must be finite"))
    }

    fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Json<'de>, E> {
        Ok(Json::Text(Cow::Borrowed(text)))
    }

    fn visit_str<E>(self, text: &str) -> Result<Json<'de>, E> {
        Ok(Json::Text(Cow::Owned(text.to_owned())))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut entries: A) -> Result<Json<'de>, A::Error> {
        let mut list = Vec::new();
        while let Some(entry) = entries.next_element()? {
            list.push(entry);
        }
        Ok(Json::List(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Json<'de>, A::Error> {
        let mut fields = Vec::new();
        while let Some(name) = entries.next_key::<Name<'de>>()? {
            fields.push((name.0, entries.next_value()?));
        }
        Ok(Json::Object(fields))
    }
}

/// A name, borrowed unless it was escaped; serde's own `Cow` is always a copy.
struct Name<'b>(Cow<'b, str>);

impl<'de> Deserialize<'de> for Name<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_str(AnyName)
    }
}

struct AnyName;

impl<'de> Visitor<'de> for AnyName {
    type Value = Name<'de>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a name")
    }

    fn visit_borrowed_str<E>(self, name: &'de str) -> Result<Name<'de>, E> {
        Ok(Name(Cow::Borrowed(name)))
    }

    fn visit_str<E>(self, name: &str) -> Result<Name<'de>, E> {
        Ok(Name(Cow::Owned(name.to_owned())))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_is_read_as_serde_json_reads_it() {
        let rows = [
            "null",
            "true",
            "18446744073709551615",
            "-9223372036854775808",
            "9223372036854775808.5",
            "-0.0",
            r#""é\n\ud83d\ude00""#,
            r#"[1,[],{},"a"]"#,
            r#"{"a":1,"b":{"c":[null]},"a":2}"#,
            r#"{"\u0061":1,"a":{"b":1,"b":2}}"#,
        ];
        for row in rows {
            let ours: Json<'_> = serde_json::from_str(row).expect(row);
            let theirs: Value = serde_json::from_str(row).expect(row);
            assert_eq!(Value::from(ours), theirs, "{row}");
        }
    }

    #[test]
    fn what_serde_json_refuses_is_refused() {
        let deep = "[".repeat(200) + &"]".repeat(200);
        for row in ["", "{", "1e400", r#""\ud800""#, r#"{"a" 1}"#, "[1,]", &deep] {
            let ours = serde_json::from_str::<Json<'_>>(row).expect_err(row);
            let theirs = serde_json::from_str::<Value>(row).expect_err(row);
            assert_eq!(ours.to_string(), theirs.to_string(), "{row}");
        }
    }

    #[test]
    fn only_what_is_escaped_is_copied() {
        let body = r#"{"path":"/a","caf\u00e9":"\t"}"#;
        let Ok(Json::Object(fields)) = serde_json::from_str(body) else {
            panic!("an object");
        };
        let is_borrowed = |(name, value): &(Cow<'_, str>, Json<'_>)| {
            let value = matches!(value, Json::Text(Cow::Borrowed(_)));
            (matches!(name, Cow::Borrowed(_)), value)
        };
        let borrowed: Vec<_> = fields.iter().map(is_borrowed).collect();
        assert_eq!(borrowed, [(true, true), (false, false)]);
    }
}
