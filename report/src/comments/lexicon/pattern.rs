//! One entry of a theme's list: a word, the start, the end or the inside of one, or several in a row.

/// Words in a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Pattern(pub(super) Vec<Part>);

/// What one word must be like.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Part {
    /// This word, or nearly.
    Word(String),
    Start(String),
    End(String),
    Inside(String),
    /// The start and the end of one word.
    Around(String, String),
    /// Any one word.
    Any,
}

/// A word as short as this must be spelled right.
const EXACT_CHARACTERS_MAX: usize = 5;

impl Pattern {
    /// Reads an entry; `None` where it begins with any word, or has no letter at all.
    pub(super) fn new(entry: &str) -> Option<Self> {
        let parts: Vec<Part> = entry.split_whitespace().map(Part::new).collect();
        let begins = parts.first().is_some_and(|part| *part != Part::Any);
        begins.then_some(Self(parts))
    }
}

impl Part {
    fn new(text: &str) -> Self {
        let inner = text.trim_matches('*').to_owned();
        match (text.starts_with('*'), text.ends_with('*')) {
            _ if inner.is_empty() => Self::Any,
            (true, true) => Self::Inside(inner),
            (true, false) => Self::End(inner),
            (false, true) => Self::Start(inner),
            (false, false) => match inner.split_once('*') {
                Some((start, end)) => Self::Around(start.to_owned(), end.to_owned()),
                None => Self::Word(inner),
            },
        }
    }

    /// Is this word like that?
    pub(super) fn is(&self, word: &str) -> bool {
        match self {
            Self::Word(known) => word == known || is_slip(word, known),
            Self::Start(start) => word.starts_with(start.as_str()),
            Self::End(end) => word.ends_with(end.as_str()),
            Self::Inside(inside) => word.contains(inside.as_str()),
            Self::Around(start, end) => {
                word.len() >= start.len() + end.len()
                    && word.starts_with(start.as_str())
                    && word.ends_with(end.as_str())
            }
            Self::Any => true,
        }
    }
}

/// Is `word` the longer `known` with one letter wrong, missing, too many or out of place, but for the
/// first? So `serach` is `search`, and `rack` is not `pack`.
fn is_slip(word: &str, known: &str) -> bool {
    word.len().abs_diff(known.len()) <= 2
        && known.chars().count() > EXACT_CHARACTERS_MAX
        && word.chars().next() == known.chars().next()
        && strsim::osa_distance(word, known) == 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_is_a_word_nearly_or_a_piece_of_one() {
        let rows = [
            ("price", "price", true),
            ("price", "prices", false),
            ("price*", "prices", true),
            ("*versand*", "versandkosten", true),
            ("*suche", "produktsuche", true),
            ("*suche", "suchen", false),
            ("instal*ments", "instalments", true),
            ("search", "serach", true),
            ("search", "church", false),
            ("pack", "rack", false),
            ("*", "anything", true),
        ];
        for (entry, word, expected) in rows {
            assert_eq!(Part::new(entry).is(word), expected, "{entry} {word}");
        }
    }

    #[test]
    fn an_entry_begins_with_something_to_look_for() {
        assert_eq!(Pattern::new(" * "), None);
        assert_eq!(Pattern::new("* weeks"), None);
        assert_eq!(Pattern::new(""), None);
        assert_eq!(Pattern::new("took * weeks").unwrap().0.len(), 3);
    }
}
