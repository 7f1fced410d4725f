//! Personal data in free text, and what stands in its place: `[email]`, `[phone]`, `[card]`, `[iban]`.
//!
//! A rule for each kind, one file each, over one view of the text (`glyphs`), which has folded away what
//! reads alike: scripts of digits, widths, dashes, spaces, and characters that cannot be seen. Each
//! rule takes time in proportion to the text. No model and no list of names: a person's name, a street,
//! or a password stays. Why in doubt a number is kept and an address is not:
//! docs/decisions/0032-what-is-masked.md.

mod account;
mod card;
mod context;
mod email;
mod glyphs;
mod json;
mod numbers;
mod phone;

use context::Around;
use glyphs::Glyphs;
pub(super) use json::mask_fields;
use std::borrow::Cow;
use std::ops::Range;

/// A text that a person typed, with e-mail addresses, phone, card and account numbers masked.
///
/// Masking twice is masking once. The text never grows by more than a character for each mask.
#[must_use]
pub fn mask(text: &str) -> Cow<'_, str> {
    masked(text, Around::Text)
}

/// A value that a page gave this name, masked as well; but digits alone are taken for an identifier,
/// unless the name says otherwise (`phone`) or they are written as only a phone number is.
#[must_use]
pub(super) fn mask_value<'t>(name: &str, text: &'t str) -> Cow<'t, str> {
    masked(text, Around::Name(name))
}

/// A path of a page, in which only e-mail addresses are masked: numbers are products and orders.
#[must_use]
pub(super) fn mask_path(path: &str) -> Cow<'_, str> {
    if !may_hold_address(path) {
        return Cow::Borrowed(path);
    }
    let mut found = Found::new(path);
    found.cover(Kind::Email, email::find);
    found.replaced()
}

/// The text itself, unless the rule finds something in it.
pub(super) fn replacing(text: String, rule: impl Fn(&str) -> Cow<'_, str>) -> String {
    match rule(&text) {
        Cow::Borrowed(_) => text,
        Cow::Owned(masked) => masked,
    }
}

fn masked<'t>(text: &'t str, around: Around<'_>) -> Cow<'t, str> {
    let has_number = has_number(text);
    if !has_number && !may_hold_address(text) {
        return Cow::Borrowed(text);
    }
    let mut found = Found::new(text);
    found.cover(Kind::Email, email::find);
    if has_number {
        found.cover(Kind::Iban, account::find);
        found.cover(Kind::Card, |glyphs| card::find(glyphs, around));
        found.cover(Kind::Phone, |glyphs| phone::find(glyphs, around));
    }
    found.replaced()
}

/// The fewest digits of anything that is masked: an IBAN may be letters but for its check digits.
const FEWEST_DIGITS: usize = 2;

fn has_number(text: &str) -> bool {
    let mut digits = text
        .chars()
        .filter(|&character| glyphs::is_digit(character));
    digits.nth(FEWEST_DIGITS - 1).is_some()
}

fn may_hold_address(text: &str) -> bool {
    text.contains(['@', '＠', '﹫', '%', '(', '[', '{', '（', '［', '｛'])
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Email,
    Phone,
    Card,
    Iban,
}

impl Kind {
    const fn mask(self) -> &'static str {
        match self {
            Self::Email => "[email]",
            Self::Phone => "[phone]",
            Self::Card => "[card]",
            Self::Iban => "[iban]",
        }
    }
}

/// A text and what was found in it so far.
struct Found<'t> {
    text: &'t str,
    glyphs: Glyphs,
    hits: Vec<(Range<usize>, Kind)>,
}

impl<'t> Found<'t> {
    fn new(text: &'t str) -> Self {
        Self {
            text,
            glyphs: Glyphs::of(text),
            hits: Vec::new(),
        }
    }

    /// Finds what is of this kind and hides it from the kinds that follow.
    fn cover(&mut self, kind: Kind, find: impl Fn(&Glyphs) -> Vec<Range<usize>>) {
        for glyphs in find(&self.glyphs) {
            self.hits.push((self.glyphs.bytes(&glyphs), kind));
            self.glyphs.cover(glyphs);
        }
    }

    fn replaced(mut self) -> Cow<'t, str> {
        if self.hits.is_empty() {
            return Cow::Borrowed(self.text);
        }
        self.hits.sort_by_key(|(bytes, _)| bytes.start);
        let mut replaced = String::with_capacity(self.text.len());
        let mut end = 0;
        for (bytes, kind) in self.hits {
            replaced += self.text.get(end..bytes.start).unwrap_or_default();
            replaced += kind.mask();
            end = bytes.end;
        }
        replaced += self.text.get(end..).unwrap_or_default();
        Cow::Owned(replaced)
    }
}

#[cfg(test)]
mod tests;
