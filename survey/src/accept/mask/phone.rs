//! Phone numbers: with a plus sign, as each country writes its own, or named as one by the words before.
//!
//! Order numbers, prices, dates, sizes and times are digits with gaps as well. So a number counts as a
//! phone number for how it begins and how it is grouped, and the barer it stands, the more must speak
//! for it.

use super::context::{self, About, Around};
use super::glyphs::{COVERED, Glyphs};
use super::numbers::{self, Gap, Part};
use std::cell::OnceCell;
use std::ops::Range;

mod shape;

/// A plus sign and the space behind it.
const APART: usize = 2;

/// How many digits a phone number has, with the sign for another country.
const DIGITS: Range<usize> = 6..18;

pub(super) fn find(glyphs: &Glyphs, around: Around<'_>) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    for run in numbers::runs(glyphs) {
        let mut first = 0;
        while first < run.len() {
            let mut parts = run.parts_from(first, DIGITS).peekable();
            let start = parts.peek().map(|part| part.glyphs().start);
            let begun = start.map(|start| Begun::at(glyphs, start, around));
            let phone = begun.and_then(|begun| {
                let phone = parts.find(|part| begun.is_phone(part))?;
                found.push(begun.range(&phone));
                Some(phone)
            });
            first += phone.map_or(1, |phone| phone.groups.len());
        }
    }
    found
}

/// What stands before a number.
struct Begun<'g> {
    glyphs: &'g Glyphs,
    around: Around<'g>,
    /// Where the number begins, with its plus sign or bracket.
    start: usize,
    has_plus: bool,
    /// A space parts the plus sign from the number, to which it may not belong: `a+ 06 12 34 56 78`.
    is_plus_apart: bool,
    has_bracket: bool,
    /// A bracket stands before the plus sign: `(+49)`.
    is_in_brackets: bool,
    about: OnceCell<Option<About>>,
}

impl<'g> Begun<'g> {
    fn at(glyphs: &'g Glyphs, digits: usize, around: Around<'g>) -> Self {
        let has_bracket = glyphs.before(digits, 1) == '(';
        let mut start = digits - usize::from(has_bracket);
        let plus = match (glyphs.before(start, 1), glyphs.before(start, 2)) {
            ('+', _) => 1,
            (' ', '+') => APART,
            _ => 0,
        };
        start -= plus;
        Self {
            glyphs,
            around,
            start,
            has_plus: plus > 0,
            is_plus_apart: plus == APART,
            has_bracket,
            is_in_brackets: plus > 0 && glyphs.before(start, 1) == '(',
            about: OnceCell::new(),
        }
    }

    fn is_phone(&self, part: &Part<'_>) -> bool {
        let number = shape::Number::of(part, self.has_bracket);
        if !part.is_parted_alike() {
            return false;
        }
        if self.has_plus {
            let is_alone = || self.is_plus_apart && self.without_plus().is_phone(part);
            return number.is_international() || is_alone();
        }
        let (is_written, is_likely) = (number.is_written_as_phone(), number.is_likely_phone());
        let is_named = || self.about() == Some(About::Telephone) && number.may_be_local();
        let says_so = (is_written || is_likely) && !self.is_glued() || is_named();
        says_so
            && !number.holds_date()
            && !number.is_grouped_by_thousands()
            && !self.is_joined()
            && !is_cut_off(self.glyphs, part.glyphs().end)
            && (is_written || self.about() != Some(About::Thing) && !self.is_amount(part))
    }

    fn without_plus(&self) -> Self {
        Self {
            start: self.start + APART,
            has_plus: false,
            is_plus_apart: false,
            is_in_brackets: false,
            about: OnceCell::new(),
            ..*self
        }
    }

    /// What the words before it say it is.
    fn about(&self) -> Option<About> {
        let about = || context::before(self.glyphs, self.start, self.around);
        *self.about.get_or_init(about)
    }

    /// The end of something longer: `2026-0612345678`.
    fn is_joined(&self) -> bool {
        let before = |places| self.glyphs.before(self.start, places);
        let goes_on = before(2).is_ascii_digit() || before(2) == COVERED;
        before(1) == '_' || matches!(before(1), '-' | '.') && goes_on
    }

    /// Right behind a word: `A0612345678`, `Tel0612345678`.
    fn is_glued(&self) -> bool {
        self.glyphs.before(self.start, 1).is_ascii_alphabetic()
    }

    fn is_amount(&self, part: &Part<'_>) -> bool {
        is_currency(self.glyphs, self.start, Side::Before)
            || is_currency(self.glyphs, part.glyphs().end, Side::Behind)
    }

    fn range(&self, part: &Part<'_>) -> Range<usize> {
        let closes = part.gaps().any(|gap| gap == Gap::Close);
        let outside = usize::from(self.has_bracket && !closes && !self.has_plus);
        let opens = usize::from(self.is_in_brackets && closes);
        self.start + outside - opens..part.glyphs().end
    }
}

/// Whether digits go on, glued, after the number: `0612345678-12`, `0612345678A`.
fn is_cut_off(glyphs: &Glyphs, end: usize) -> bool {
    let next = glyphs.at(end);
    let after = glyphs.at(end + 1);
    next.is_ascii_alphabetic()
        || next == '_'
        || matches!(next, '-' | '.' | ',') && (after.is_ascii_digit() || after == '[')
}

#[derive(Clone, Copy)]
enum Side {
    Before,
    Behind,
}

/// Currencies as people write them beside an amount.
const CURRENCIES: [&str; 26] = [
    "€", "$", "£", "¥", "₺", "₪", "₩", "₫", "₹", "zł", "kr", "kč", "tl", "eur", "usd", "gbp",
    "pln", "sek", "vnd", "idr", "krw", "jpy", "元", "円", "원", "rp",
];

fn is_currency(glyphs: &Glyphs, at: usize, side: Side) -> bool {
    let glyph = |place: usize| match side {
        Side::Before => glyphs.before(at, place + 1),
        Side::Behind => glyphs.at(at + place),
    };
    let gap = usize::from(glyph(0) == ' ');
    let mut word: Vec<char> = (gap..gap + 3)
        .map(glyph)
        .take_while(|glyph| !glyph.is_whitespace())
        .collect();
    if matches!(side, Side::Before) {
        word.reverse();
    }
    let word: String = word.iter().flat_map(|glyph| glyph.to_lowercase()).collect();
    CURRENCIES.iter().any(|currency| match side {
        Side::Before => word.ends_with(currency),
        Side::Behind => word.starts_with(currency),
    })
}
