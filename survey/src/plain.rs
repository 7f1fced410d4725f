//! Plain data as JSON knows it, for a program that leaves parsing and printing to the browser.
//!
//! Serde would do the same in the widget for 60 KB more of Wasm; see `docs/decisions`.

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
    /// What an object holds under this name.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Self> {
        let Self::Object(entries) = self else {
            return None;
        };
        let entry = entries.iter().find(|(known, _)| known == name);
        entry.map(|(_, value)| value)
    }

    /// A text under this name.
    #[must_use]
    pub fn text(&self, name: &str) -> Option<String> {
        match self.get(name) {
            Some(Self::Text(text)) => Some(text.clone()),
            _ => None,
        }
    }

    /// A number under this name.
    #[must_use]
    pub fn number(&self, name: &str) -> Option<f64> {
        match self.get(name) {
            Some(Self::Number(number)) => Some(*number),
            _ => None,
        }
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
        self.0.push((name.to_owned(), value.into()));
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
