//! A text in one or several languages.

use crate::wording::Language;
use std::collections::BTreeMap;

/// A text in one or several languages.
#[derive(Clone, Debug)]
pub enum Text {
    /// The same for everybody.
    Same(String),
    /// By language; never empty.
    ByLanguage(BTreeMap<Language, String>),
}

impl Text {
    /// The text in this language, else in English, else in whatever language there is.
    #[must_use]
    pub fn resolve(&self, language: Language) -> &str {
        match self {
            Self::Same(text) => text,
            Self::ByLanguage(texts) => texts
                .get(&language)
                .or_else(|| texts.get(&Language::ENGLISH))
                .or_else(|| texts.values().next())
                .map_or("", String::as_str),
        }
    }
}
