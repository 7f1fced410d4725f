//! Plain data as JSON knows it, for a program that leaves parsing and printing to the browser.
//!
//! Serde would do the same in the widget for 60 KB more of Wasm: `docs/decisions/0010`.

static NOTHING: Plain = Plain::Object(Vec::new());

/// A value of JSON; `null` is the absence of one.
#[derive(Clone, Debug, PartialEq)]
pub enum Plain {
    /// `true` or `false`.
    Flag(bool),
    /// A number.
    Number(f64),
    /// A text.
    Text(String),
    /// A list.
    List(Vec<Plain>),
    /// An object, in its own order.
    Object(Vec<(String, Plain)>),
}

impl Plain {
    /// An object with nothing in it.
    #[must_use]
    pub const fn nothing() -> Self {
        Self::Object(Vec::new())
    }

    /// Puts something into an object, in place of what it held under this name.
    pub fn set(&mut self, name: &str, value: impl Into<Self>) {
        self.put(name, value.into());
    }

    fn put(&mut self, name: &str, value: Self) {
        if let Self::Object(entries) = self {
            entries.retain(|(known, _)| known != name);
            entries.push((name.to_owned(), value));
        }
    }

    /// What an object holds under this name.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Self> {
        let Self::Object(entries) = self else {
            return None;
        };
        let entry = entries.iter().find(|(known, _)| known == name);
        entry.map(|(_, value)| value)
    }

    /// The text under this name; empty where there is none.
    #[must_use]
    pub fn text(&self, name: &str) -> String {
        self.word(name).to_owned()
    }

    /// The same, borrowed.
    #[must_use]
    pub fn word(&self, name: &str) -> &str {
        self.get(name).and_then(Self::as_text).unwrap_or_default()
    }

    /// The number under this name; zero where there is none.
    #[must_use]
    pub fn number(&self, name: &str) -> f64 {
        self.number_or(name, 0.0)
    }

    /// The number under this name, or the usual one where there is none.
    #[must_use]
    pub fn number_or(&self, name: &str, usual: f64) -> f64 {
        match self.get(name) {
            Some(Self::Number(number)) => *number,
            _ => usual,
        }
    }

    /// Whether there is `true` under this name.
    #[must_use]
    pub fn flag(&self, name: &str) -> bool {
        self.get(name) == Some(&Self::Flag(true))
    }

    /// The object under this name; nothing in it where there is none.
    #[must_use]
    pub fn object(&self, name: &str) -> &Self {
        self.get(name).unwrap_or(&NOTHING)
    }

    /// The entries of a list under this name; none where there is no list.
    #[must_use]
    pub fn list(&self, name: &str) -> &[Self] {
        match self.get(name) {
            Some(Self::List(list)) => list,
            _ => &[],
        }
    }

    /// The value itself, if it is a text.
    #[must_use]
    pub fn as_text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }
}

/// An object in the making.
#[derive(Default)]
pub struct Fields(Vec<(String, Plain)>);

impl Fields {
    /// Adds an entry.
    pub fn add(&mut self, name: &str, value: impl Into<Plain>) {
        self.put(name, value.into());
    }

    // Apart, so that it is there once and not once for every type.
    fn put(&mut self, name: &str, value: Plain) {
        self.0.push((name.to_owned(), value));
    }

    /// Whether nothing was added.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Adds an entry if there is something to add.
    pub fn add_some(&mut self, name: &str, value: Option<impl Into<Plain>>) {
        if let Some(value) = value {
            self.add(name, value);
        }
    }
}

impl From<Fields> for Plain {
    fn from(fields: Fields) -> Self {
        Self::Object(fields.0)
    }
}

impl From<bool> for Plain {
    fn from(flag: bool) -> Self {
        Self::Flag(flag)
    }
}

impl From<f64> for Plain {
    fn from(number: f64) -> Self {
        Self::Number(number)
    }
}

impl From<u32> for Plain {
    fn from(number: u32) -> Self {
        Self::Number(number.into())
    }
}

impl From<&str> for Plain {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Plain {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<Vec<Self>> for Plain {
    fn from(list: Vec<Self>) -> Self {
        Self::List(list)
    }
}

/// To and from `serde_json`, so that tests can hold the wire against it.
#[cfg(feature = "native")]
#[cfg(test)]
pub(crate) mod json {
    use super::Plain;
    use serde_json::{Map, Value, json};

    pub(crate) fn from_json(json: &Value) -> Option<Plain> {
        Some(match json {
            Value::Null => return None,
            Value::Bool(flag) => Plain::Flag(*flag),
            Value::Number(number) => Plain::Number(number.as_f64()?),
            Value::String(text) => Plain::Text(text.clone()),
            Value::Array(list) => Plain::List(list.iter().filter_map(from_json).collect()),
            Value::Object(object) => {
                let entry =
                    |(name, value): (&String, &Value)| Some((name.clone(), from_json(value)?));
                Plain::Object(object.iter().filter_map(entry).collect())
            }
        })
    }

    /// As a browser prints it: a whole number without a fraction.
    pub(crate) fn to_json(plain: &Plain) -> Value {
        match plain {
            Plain::Flag(flag) => json!(flag),
            Plain::Number(number) if number.fract() == 0.0 => json!(*number as i64),
            Plain::Number(number) => json!(number),
            Plain::Text(text) => json!(text),
            Plain::List(list) => list.iter().map(to_json).collect(),
            Plain::Object(entries) => {
                let entry = |(name, value): &(String, Plain)| (name.clone(), to_json(value));
                Value::Object(entries.iter().map(entry).collect::<Map<_, _>>())
            }
        }
    }
}
