//! The names of fields as numbers: millions of lines have two dozen each, and to compare two numbers is
//! much quicker than to compare two texts.

use super::scan::before_quote;

/// A name of at most 15 bytes, the first of them lowest; [`Name::LONGER`] for all others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Name(u128);

impl Name {
    pub(super) const TYPE: Self = Self::of("type");
    pub(super) const ID: Self = Self::of("id");
    pub(super) const SEQ: Self = Self::of("seq");
    pub(super) const SURVEY: Self = Self::of("survey");
    pub(super) const SITE: Self = Self::of("site");
    pub(super) const METRIC: Self = Self::of("metric");
    pub(super) const SCORE: Self = Self::of("score");
    pub(super) const ANSWERS: Self = Self::of("answers");
    pub(super) const COMMENT: Self = Self::of("comment");
    pub(super) const CHOICE: Self = Self::of("choice");
    pub(super) const CHOICES: Self = Self::of("choices");
    pub(super) const COMPLETE: Self = Self::of("complete");
    pub(super) const CONTACT: Self = Self::of("contact");
    pub(super) const AUTOMATED: Self = Self::of("automated");
    pub(super) const OVER_QUOTA: Self = Self::of("over_quota");
    pub(super) const TRIGGER: Self = Self::of("trigger");
    pub(super) const SIGNAL: Self = Self::of("signal");
    pub(super) const AT: Self = Self::of("at");
    pub(super) const CHANNEL: Self = Self::of("channel");
    pub(super) const PAGE: Self = Self::of("page");
    pub(super) const PATH: Self = Self::of("path");
    pub(super) const DEVICE: Self = Self::of("device");
    pub(super) const LANGUAGE: Self = Self::of("language");
    pub(super) const VISITOR: Self = Self::of("visitor");
    pub(super) const SESSION: Self = Self::of("session");
    pub(super) const VISIT: Self = Self::of("visit");
    pub(super) const PAGES: Self = Self::of("pages");
    pub(super) const NAME: Self = Self::of("name");
    pub(super) const PROPS: Self = Self::of("props");
    pub(super) const ATTRIBUTES: Self = Self::of("attributes");
    pub(super) const RECEIVED_AT: Self = Self::of("received_at");

    /// No text begins with this byte, so that no short name is the same.
    const LONGER: Self = Self(0xff);

    /// The name of this text.
    pub(super) const fn of(text: &str) -> Self {
        let bytes = text.as_bytes();
        if bytes.len() > 15 {
            return Self::LONGER;
        }
        let mut name = 0;
        let mut place = bytes.len();
        while place > 0 {
            place -= 1;
            name = name << 8 | bytes[place] as u128;
        }
        Self(name)
    }

    /// The name that a quotation mark among these bytes ends, and how many bytes it has.
    pub(super) const fn quoted(sixteen: [u8; 16]) -> Option<(Self, usize)> {
        match before_quote(sixteen) {
            16 => None,
            length => {
                let ours = (1 << (8 * length)) - 1;
                Some((Self(u128::from_le_bytes(sixteen) & ours), length))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_text_is_the_same_name_wherever_it_stands() {
        let line = "received_at\":\"2026-11-21T10:00:00.000Z\"";
        let sixteen = *line.as_bytes().first_chunk().unwrap();
        assert_eq!(Name::quoted(sixteen), Some((Name::RECEIVED_AT, 11)));
        for length in 0..16 {
            let name = "received_at_las".get(..length).unwrap();
            let line = format!("{name}\"\"\"\"\"\"\"\"\"\"\"\"\"\"\"\"");
            let sixteen = *line.as_bytes().first_chunk().unwrap();
            assert_eq!(Name::quoted(sixteen), Some((Name::of(name), length)));
        }
    }

    #[test]
    fn long_names_are_none_of_ours() {
        for name in ["received_at_last", "a name that nobody would give a field"] {
            assert_eq!(Name::of(name), Name::LONGER);
        }
        assert_eq!(Name::quoted([b'a'; 16]), None);
    }
}
