//! Card numbers: 13 to 19 digits whose last is the check digit (ISO/IEC 7812, Luhn), and which begin as
//! the numbers of a card network do or are grouped as on a card.

use super::context::{self, About, Around};
use super::glyphs::Glyphs;
use super::numbers::{self, Gap, Group};
use std::ops::Range;

const FEWEST: usize = 13;
const MOST: usize = 19;

/// How the digits are grouped on cards.
const GROUPINGS: [&[usize]; 4] = [&[4, 4, 4, 4], &[4, 6, 5], &[4, 6, 4], &[4, 4, 4, 4, 3]];

pub(super) fn find(glyphs: &Glyphs, around: Around<'_>) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    for run in numbers::runs(glyphs) {
        let mut rest = &run[..];
        while let Some(first) = rest.first() {
            let card = longest(glyphs, rest).filter(|card| !is_identifier(glyphs, card, around));
            let taken = card.and_then(|card| Some((card.len(), card.last()?.glyphs.end)));
            if let Some((_, end)) = taken {
                found.push(first.glyphs.start..end);
            }
            rest = rest
                .get(taken.map_or(1, |(groups, _)| groups)..)
                .unwrap_or_default();
        }
    }
    found
}

/// The longest card number that begins with the first of these groups.
fn longest<'g>(glyphs: &Glyphs, groups: &'g [Group]) -> Option<&'g [Group]> {
    let mut total = 0;
    let fits = |group: &&Group| {
        total += group.len();
        total <= MOST
    };
    let most = groups.iter().take_while(fits).count();
    let slices = (1..=most).rev().filter_map(|count| groups.get(..count));
    slices.into_iter().find(|slice| is_card(glyphs, slice))
}

fn is_card(glyphs: &Glyphs, groups: &[Group]) -> bool {
    let digits = numbers::digits(glyphs, groups);
    let lengths: Vec<usize> = groups.iter().map(Group::len).collect();
    let gaps_fit = groups
        .iter()
        .skip(1)
        .all(|group| matches!(group.gap, Some(Gap::Space | Gap::Dash | Gap::Dot)));
    let is_grouped = GROUPINGS.contains(&&lengths[..]);
    (FEWEST..=MOST).contains(&digits.len())
        && gaps_fit
        && numbers::parted_alike(groups)
        && luhn_holds(&digits)
        && (is_grouped || is_of_network(&digits))
        && !is_order(groups)
        && !groups.iter().all(|group| numbers::is_year(glyphs, group))
        && !is_article(&digits)
}

/// Whether every second digit from the right doubled, with the digits of the products added, makes the
/// sum a multiple of ten.
fn luhn_holds(digits: &[u32]) -> bool {
    let weighed = digits
        .iter()
        .rev()
        .enumerate()
        .map(|(place, digit)| match (place % 2, digit) {
            (0, digit) => *digit,
            (_, digit) if *digit > 4 => digit * 2 - 9,
            (_, digit) => digit * 2,
        });
    weighed.sum::<u32>().is_multiple_of(10)
}

/// Whether a card network gives out numbers of this length that begin like this.
fn is_of_network(digits: &[u32]) -> bool {
    let first_four = digits
        .iter()
        .take(4)
        .fold(0, |value, digit| value * 10 + digit);
    match first_four {
        // Visa.
        4000..=4999 => matches!(digits.len(), 13 | 16 | 18 | 19),
        // Mastercard, Mir, Troy.
        5100..=5599 | 2221..=2720 | 2200..=2204 | 9792 => (16..=19).contains(&digits.len()),
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
fn is_order(groups: &[Group]) -> bool {
    let is_dashed = groups
        .iter()
        .skip(1)
        .all(|group| group.gap == Some(Gap::Dash));
    is_dashed && groups.iter().map(Group::len).eq([3, 7, 7])
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
fn is_identifier(glyphs: &Glyphs, groups: &[Group], around: Around<'_>) -> bool {
    let start = groups.first().map_or(0, |group| group.glyphs.start);
    matches!(around, Around::Name(_))
        && groups.len() == 1
        && context::before(glyphs, start, around) == Some(About::Thing)
}
