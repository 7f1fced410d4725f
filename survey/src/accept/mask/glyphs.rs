//! A text as it reads: without what cannot be seen, and with one character for all that look alike.

use std::ops::Range;

/// What stands in the view for something that is masked already; no rule reaches across it.
pub(super) const COVERED: char = ']';

/// The characters of a text that can be seen, folded, and where each begins.
pub(super) struct Glyphs {
    pub(super) folded: Vec<char>,
    starts: Vec<usize>,
    length: usize,
}

impl Glyphs {
    pub(super) fn of(text: &str) -> Self {
        let seen = text
            .char_indices()
            .filter_map(|(start, character)| Some((start, fold(character)?)));
        let (starts, folded) = seen.unzip();
        Self {
            folded,
            starts,
            length: text.len(),
        }
    }

    /// The glyph at this place; a line break before and after the text.
    pub(super) fn at(&self, index: usize) -> char {
        self.folded.get(index).copied().unwrap_or('\n')
    }

    /// The glyph so many places before this one.
    pub(super) fn before(&self, index: usize, places: usize) -> char {
        index
            .checked_sub(places)
            .map_or('\n', |index| self.at(index))
    }

    /// Which bytes of the text these glyphs are, with what cannot be seen within and behind them.
    pub(super) fn bytes(&self, glyphs: &Range<usize>) -> Range<usize> {
        let start_of = |glyph: usize| self.starts.get(glyph).copied().unwrap_or(self.length);
        start_of(glyphs.start)..start_of(glyphs.end)
    }

    pub(super) fn cover(&mut self, glyphs: Range<usize>) {
        if let Some(covered) = self.folded.get_mut(glyphs) {
            covered.fill(COVERED);
        }
    }
}

/// How a character reads; nothing, if it cannot be seen or only marks the one before.
fn fold(character: char) -> Option<char> {
    Some(match character {
        // Most text, first.
        '!'..='~' => character,
        '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => '\n',
        _ if character.is_whitespace() => ' ',
        _ if character.is_control() || is_unseen(character) => return None,
        // Full width: the same, 0xFEE0 further on.
        '！'..='～' => char::from_u32(u32::from(character) - 0xFEE0)?,
        '﹫' => '@',
        '﹢' => '+',
        '⁄' => '/',
        '․' | '·' | '•' | '﹒' => '.',
        // Hyphens, dashes, the minus, and what Japanese keyboards give for them.
        '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{fe58}' | '\u{fe63}' | 'ー' => '-',
        other => digit(other).unwrap_or(other),
    })
}

/// Soft hyphens, joiners, marks of direction, selectors of a variant, accents that stand alone.
const fn is_unseen(character: char) -> bool {
    matches!(
        character,
        '\u{ad}'
            | '\u{300}'..='\u{36f}'
            | '\u{61c}'
            | '\u{180b}'..='\u{180e}'
            | '\u{200b}'..='\u{200f}'
            | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}'
            | '\u{20e3}'
            | '\u{fe00}'..='\u{fe0f}'
            | '\u{feff}'
            | '\u{e0100}'..='\u{e01ef}'
    )
}

pub(super) fn is_digit(character: char) -> bool {
    character.is_ascii_digit() || !character.is_ascii() && digit(character).is_some()
}

/// The zero of each script of decimal digits that people type, in order: Arabic, Persian, N'Ko, the
/// scripts of India, Thai, Lao, Tibetan, Burmese, Khmer, Mongolian, full width.
const ZEROS: [u32; 20] = [
    0x660, 0x6F0, 0x7C0, 0x966, 0x9E6, 0xA66, 0xAE6, 0xB66, 0xBE6, 0xC66, 0xCE6, 0xD66, 0xE50,
    0xED0, 0xF20, 0x1040, 0x17E0, 0x1810, 0xA9D0, 0xFF10,
];

/// Bold, double-struck and other digits of formulas: five sets of ten.
const FORMULA_DIGITS: Range<u32> = 0x1D7CE..0x1D800;

/// The ASCII digit of the same value.
fn digit(character: char) -> Option<char> {
    let code = u32::from(character);
    let value = if FORMULA_DIGITS.contains(&code) {
        (code - FORMULA_DIGITS.start) % 10
    } else {
        let after = ZEROS.partition_point(|&zero| zero <= code);
        code - ZEROS.get(after.checked_sub(1)?)?
    };
    char::from_digit(value, 10)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_reads_alike_is_one() {
        let rows = [
            ("１２３", "123"),
            ("٠٥٠", "050"),
            ("۰۹۱۲", "0912"),
            ("𝟘𝟗", "09"),
            ("1\u{fe0f}\u{20e3}2", "12"),
            ("1\u{200b}2\u{200d}3\u{ad}4", "1234"),
            ("a＠b．co", "a@b.co"),
            ("1\u{a0}2\u{202f}3\u{3000}4", "1 2 3 4"),
            ("1‑2–3−4ー5", "1-2-3-4-5"),
            ("e\u{301}", "e"),
            ("½ ² 三", "½ ² 三"),
        ];
        for (text, read) in rows {
            assert_eq!(
                Glyphs::of(text).folded,
                read.chars().collect::<Vec<_>>(),
                "{text}"
            );
        }
    }

    #[test]
    fn glyphs_know_their_bytes() {
        let glyphs = Glyphs::of("é1\u{200b}２");
        assert_eq!(glyphs.bytes(&(1..2)), 2..6);
        assert_eq!(glyphs.bytes(&(1..3)), 2..9);
    }
}
