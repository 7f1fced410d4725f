//! Phone numbers: with a plus sign, as each country writes its own, or named as one by the words before.
//!
//! Order numbers, prices, dates, sizes and times are digits with gaps as well. So a number counts as a
//! phone number for how it begins and how it is grouped, and the barer it stands, the more must speak
//! for it.

use super::context::{self, About, Around};
use super::glyphs::{COVERED, Glyphs};
use super::numbers::{self, Gap, Group};
use std::ops::Range;

mod shape;

/// The most groups of a number: each digit apart (E.164 allows 15).
const MOST_GROUPS: usize = 15;

pub(super) fn find(glyphs: &Glyphs, around: Around<'_>) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    for run in numbers::runs(glyphs) {
        let mut rest = &run[..];
        while let Some(group) = rest.first() {
            let begun = Begun::at(glyphs, group, around);
            let most = rest.len().min(MOST_GROUPS);
            let slices = (1..=most).rev().filter_map(|count| rest.get(..count));
            let phone = slices
                .into_iter()
                .find(|groups| begun.is_phone(glyphs, groups));
            if let Some(range) = phone.and_then(|groups| begun.range(groups)) {
                found.push(range);
            }
            rest = rest
                .get(phone.map_or(1, <[Group]>::len)..)
                .unwrap_or_default();
        }
    }
    found
}

/// What stands before a number, and what it says of it.
struct Begun {
    /// Where the number begins, with its plus sign or bracket.
    start: usize,
    has_plus: bool,
    has_bracket: bool,
    /// A bracket stands before the plus sign: `(+49)`.
    is_in_brackets: bool,
    /// Part of something longer: `2026-0612345678`, `A0612345678`.
    is_glued: bool,
    has_currency: bool,
    about: Option<About>,
}

impl Begun {
    fn at(glyphs: &Glyphs, group: &Group, around: Around<'_>) -> Self {
        let digits = group.glyphs.start;
        let has_bracket = glyphs.before(digits, 1) == '(';
        let mut start = digits - usize::from(has_bracket);
        let plus = match (glyphs.before(start, 1), glyphs.before(start, 2)) {
            ('+', _) => 1,
            (' ', '+') => 2,
            _ => 0,
        };
        start -= plus;
        let about = context::before(glyphs, start, around);
        let previous = glyphs.before(start, 1);
        let is_word = previous.is_ascii_alphabetic() && about != Some(About::Telephone);
        let is_joined = matches!(previous, '-' | '.' | '_')
            && (glyphs.before(start, 2).is_ascii_digit() || glyphs.before(start, 2) == COVERED);
        Self {
            start,
            has_plus: plus > 0,
            has_bracket,
            is_in_brackets: plus > 0 && glyphs.before(start, 1) == '(',
            is_glued: is_word || is_joined || previous == '_',
            has_currency: is_currency(glyphs, start, Side::Before),
            about,
        }
    }

    fn is_phone(&self, glyphs: &Glyphs, groups: &[Group]) -> bool {
        let number = shape::Number::of(glyphs, groups, self.has_bracket);
        if !numbers::parted_alike(groups) || self.is_glued && !self.has_plus {
            return false;
        }
        if self.has_plus {
            return number.is_international();
        }
        let Some(end) = groups.last().map(|group| group.glyphs.end) else {
            return false;
        };
        if number.holds_date() || number.is_grouped_by_thousands() || is_cut_off(glyphs, end) {
            return false;
        }
        let has_currency = self.has_currency || is_currency(glyphs, end, Side::Behind);
        number.is_written_as_phone()
            || match self.about {
                Some(About::Telephone) => !has_currency && number.may_be_local(),
                Some(About::Thing) => false,
                None => !has_currency && number.is_likely_phone(),
            }
    }

    fn range(&self, groups: &[Group]) -> Option<Range<usize>> {
        let closes = groups.iter().any(|group| group.gap == Some(Gap::Close));
        let outside = usize::from(self.has_bracket && !closes && !self.has_plus);
        let opens = usize::from(self.has_plus && closes && self.is_in_brackets);
        Some(self.start + outside - opens..groups.last()?.glyphs.end)
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
