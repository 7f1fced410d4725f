//! Card numbers: 13 to 19 digits whose last is the check digit (ISO/IEC 7812, Luhn), and which begin as
//! the numbers of a card network do or are grouped as on a card.

use super::context::{self, About, Around};
use super::glyphs::Glyphs;
use super::numbers::{self, Gap, Part};
use std::ops::Range;

/// How many digits a card number has.
const DIGITS: Range<usize> = 13..20;

/// How the digits are grouped on cards.
const GROUPINGS: [&[usize]; 4] = [&[4, 4, 4, 4], &[4, 6, 5], &[4, 6, 4], &[4, 4, 4, 4, 3]];

pub(super) fn find(glyphs: &Glyphs, around: Around<'_>) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    for run in numbers::runs(glyphs) {
        let mut first = 0;
        while first < run.len() {
            let mut parts = run.parts_from(first, DIGITS);
            let is_card = |part: &Part<'_>| is_card(part) && !is_identifier(glyphs, part, around);
            match parts.find(is_card) {
                Some(card) => {
                    found.push(card.glyphs());
                    first += card.groups.len();
                }
                None => first += 1,
            }
        }
    }
    found
}

fn is_card(part: &Part<'_>) -> bool {
    luhn_holds(part.digits)
        && (GROUPINGS.contains(&part.lengths) || is_of_network(part.digits))
        && part
            .gaps()
            .all(|gap| matches!(gap, Gap::Space | Gap::Dash | Gap::Dot))
        && part.is_parted_alike()
        && !part.are_years()
        && !is_order(part)
        && !is_article(part.digits)
}

/// Whether every second digit from the right doubled, with the digits of the products added, makes the
/// sum a multiple of ten.
fn luhn_holds(digits: &[u32]) -> bool {
    let from_right = digits.iter().rev().enumerate();
    let weighed = from_right.map(|(place, digit)| match (place % 2, digit) {
        (0, digit) => *digit,
        (_, digit) if *digit > 4 => digit * 2 - 9,
        (_, digit) => digit * 2,
    });
    weighed.sum::<u32>().is_multiple_of(10)
}

/// Whether a card network gives out numbers of this length that begin like this.
fn is_of_network(digits: &[u32]) -> bool {
    let first_four = digits.iter().take(4);
    match first_four.fold(0, |value, digit| value * 10 + digit) {
        // Visa.
        4000..=4999 => matches!(digits.len(), 13 | 16 | 18 | 19),
        // Mastercard, Mir, Troy.
        5100..=5599 | 2221..=2720 | 2200..=2204 | 9792 => digits.len() >= 16,
        // American Express.
        3400..=3499 | 3700..=3799 => digits.len() == 15,
        // Diners Club.
        3000..=3059 | 3095 | 3600..=3699 | 3800..=3999 => digits.len() >= 14,
        // JCB, Maestro, Discover, RuPay, UnionPay.
        3528..=3589 | 5000..=5099 | 5600..=6999 | 8100..=8299 => digits.len() >= 16,
        _ => false,
    }
}

/// The order numbers of a large shop look like this: `302-1234567-1234567`.
fn is_order(part: &Part<'_>) -> bool {
    part.lengths == [3, 7, 7] && part.gaps().all(|gap| gap == Gap::Dash)
}

/// Whether it is the number of an article (EAN-13): weights 1 and 3 make it a multiple of ten. No card
/// of 13 digits has been given out for years.
fn is_article(digits: &[u32]) -> bool {
    let weighed = digits
        .iter()
        .enumerate()
        .map(|(place, digit)| match place % 2 {
            0 => *digit,
            _ => digit * 3,
        });
    digits.len() == 13 && weighed.sum::<u32>().is_multiple_of(10)
}

/// Whether a page has said, by the name it gave the value, that this is an order or an article.
fn is_identifier(glyphs: &Glyphs, part: &Part<'_>, around: Around<'_>) -> bool {
    matches!(around, Around::Name(_))
        && part.groups.len() == 1
        && context::before(glyphs, part.glyphs().start, around) == Some(About::Thing)
}
