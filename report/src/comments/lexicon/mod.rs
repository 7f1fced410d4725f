//! Themes by their words: the built-in ones, and what the shop's own `themes.toml` makes of them.

mod file;
mod hearing;
mod index;
mod pattern;

use std::collections::BTreeMap;
use std::sync::LazyLock;

use survey::file::Fault;

use super::language::Language;
use file::{Change, Written, WrittenTheme};
pub(super) use hearing::Hearing;

/// What the built-in themes are made of.
const STANDARD: &str = include_str!("themes.toml");

static STANDARD_LEXICON: LazyLock<Lexicon> = LazyLock::new(|| {
    // A test reads the file; it has no fault.
    let themes = file::parse(STANDARD).map_or_else(|_| Vec::new(), |written| written.themes);
    Lexicon(themes.into_iter().map(Theme::new).collect())
});

/// Themes in a fixed order.
#[derive(Clone, Debug)]
pub struct Lexicon(Vec<Theme>);

/// What comments may be about, and the words that tell.
#[derive(Clone, Debug)]
pub struct Theme {
    id: String,
    names: BTreeMap<Language, String>,
    words: BTreeMap<Language, Vec<String>>,
}

impl Default for Lexicon {
    fn default() -> Self {
        STANDARD_LEXICON.clone()
    }
}

impl Lexicon {
    /// The built-in themes with the changes of a `themes.toml`.
    ///
    /// # Errors
    /// Every fault of the file, in the order of the file.
    pub fn with(text: &str) -> Result<Self, Vec<Fault>> {
        let Written {
            keeps_standard,
            themes,
        } = file::parse(text)?;
        let mut lexicon = if keeps_standard {
            Self::default()
        } else {
            Self::empty()
        };
        for theme in themes {
            lexicon.change(theme);
        }
        Ok(lexicon)
    }

    /// No themes at all.
    #[must_use]
    pub const fn empty() -> Self {
        Self(Vec::new())
    }

    fn change(&mut self, theme: WrittenTheme) {
        let place = self.0.iter().position(|known| known.id == theme.id);
        match (theme.change, place) {
            (Change::Remove, Some(place)) => {
                self.0.remove(place);
            }
            (Change::Remove, None) => {}
            (Change::Add, Some(place)) => self.0[place].extend(theme),
            (Change::Replace, Some(place)) => self.0[place] = Theme::new(theme),
            (_, None) => self.0.push(Theme::new(theme)),
        }
    }

    /// The themes, in their order.
    #[must_use]
    pub fn themes(&self) -> &[Theme] {
        &self.0
    }
}

impl Theme {
    fn new(written: WrittenTheme) -> Self {
        let mut theme = Self {
            id: written.id.clone(),
            names: BTreeMap::new(),
            words: BTreeMap::new(),
        };
        theme.extend(written);
        theme
    }

    fn extend(&mut self, written: WrittenTheme) {
        self.names.extend(written.names);
        for (language, words) in written.words {
            self.words.entry(language).or_default().extend(words);
        }
    }

    /// Its id, the same in every language.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.id
    }

    /// What it is called in a language, else in English, else its id.
    #[must_use]
    pub fn name(&self, language: Language) -> &str {
        let name = self.names.get(&language);
        name.or_else(|| self.names.get(&Language::English))
            .map_or(&self.id, String::as_str)
    }
}

#[cfg(test)]
mod tests;
