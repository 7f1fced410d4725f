//! How phone numbers begin and are grouped, from one country to the next.

use super::super::numbers::{Gap, Part};

/// Groups of digits, asked whether they are a phone number.
pub(super) struct Number<'p> {
    part: &'p Part<'p>,
    lengths: &'p [usize],
    digits: &'p [u32],
    /// The first group stands in brackets.
    has_area: bool,
}

impl<'p> Number<'p> {
    pub(super) fn of(part: &'p Part<'p>, has_bracket: bool) -> Self {
        Self {
            part,
            lengths: part.lengths,
            digits: part.digits,
            has_area: has_bracket && part.gaps().next() == Some(Gap::Close),
        }
    }

    /// After a plus sign: a country's number does not begin with 0 (E.164).
    pub(super) fn is_international(&self) -> bool {
        (8..=15).contains(&self.digits.len()) && self.digits.first() != Some(&0)
    }

    /// Written as nothing but a phone number is, whatever the words around say.
    pub(super) fn is_written_as_phone(&self) -> bool {
        self.is_grouped_with_trunk() || self.is_grouped_with_exit() || self.is_behind_area()
    }

    /// A bare number, or in groups that other numbers have as well.
    pub(super) fn is_likely_phone(&self) -> bool {
        self.is_bare_with_trunk() || self.is_bare_with_exit() || self.is_grouped_without_trunk()
    }

    /// What may be a phone number if the words before it say so.
    pub(super) fn may_be_local(&self) -> bool {
        (6..=15).contains(&self.digits.len()) && !self.part.are_years()
    }

    /// `0171 1234567`, `06 12 34 56 78`, `030/123 45 67`, `090-1234-5678`.
    fn is_grouped_with_trunk(&self) -> bool {
        let has_trunk = matches!(self.digits, [0, 1..=9, ..]);
        let is_pairs = self.lengths.iter().all(|length| *length == 2);
        self.lengths.len() > 1
            && has_trunk
            && (9..=12).contains(&self.digits.len())
            && self
                .lengths
                .first()
                .is_some_and(|area| (2..=6).contains(area))
            && self.lengths.iter().all(|length| *length > 1)
            && (!is_pairs || self.lengths.len() == 5 && self.gaps_are_equal())
            && self.slash_follows_area()
            && !self.next_begins()
    }

    /// `0612345678`, `017612345678`.
    fn is_bare_with_trunk(&self) -> bool {
        self.lengths.len() == 1
            && match self.digits {
                [0, 1, 5..=7, ..] => (10..=12).contains(&self.digits.len()),
                [0, 1..=9, ..] => (10..=11).contains(&self.digits.len()),
                // A mobile number in China.
                [1, 3..=9, ..] => self.digits.len() == 11,
                _ => false,
            }
    }

    /// `0049 171 1234567`: the sign for another country, and its number.
    fn is_grouped_with_exit(&self) -> bool {
        matches!(self.digits, [0, 0, 1..=9, ..])
            && self.lengths.len() > 1
            && self
                .lengths
                .first()
                .is_some_and(|code| (2..=6).contains(code))
            && (11..=17).contains(&self.digits.len())
            && self.lengths.iter().all(|length| *length > 1)
            && self.slash_follows_area()
    }

    fn is_bare_with_exit(&self) -> bool {
        matches!(self.digits, [0, 0, 1..=9, ..])
            && self.lengths.len() == 1
            && (12..=15).contains(&self.digits.len())
    }

    /// `(555) 123-4567`, `(11) 91234-5678`.
    fn is_behind_area(&self) -> bool {
        let behind = self.lengths.get(1..).unwrap_or_default();
        self.has_area
            && self
                .lengths
                .first()
                .is_some_and(|area| (2..=5).contains(area))
            && (9..=12).contains(&self.digits.len())
            && behind.len() < 5
            && behind.iter().all(|length| *length > 1)
    }

    /// As countries without a 0 in front write their numbers.
    fn is_grouped_without_trunk(&self) -> bool {
        let digit = |place: usize| self.digits.get(place).copied().unwrap_or_default();
        let has_slash = self.part.gaps().any(|gap| gap == Gap::Slash);
        let ends_round = self.digits.ends_with(&[0, 0, 0]);
        !has_slash
            && match self.lengths {
                // North America.
                [3, 3, 4] => digit(0) > 1 && digit(3) > 1,
                [1, 3, 3, 4] => digit(0) == 1 && digit(1) > 1 && digit(4) > 1,
                // Spain, Poland, Portugal, Czechia.
                [3, 3, 3] => digit(0) > 4 && !ends_round,
                [3, 2, 2, 2] => digit(0) > 5,
                // China.
                [3, 4, 4] => digit(0) == 1 && digit(1) > 2,
                // Brazil.
                [2, 5, 4] => digit(0) > 0 && digit(2) == 9,
                // Russia.
                [1, 3, 3, 2, 2] => digit(0) > 6,
                // Italy, mobile.
                [3, 7] | [3, 3, 2, 2] => digit(0) == 3 && digit(1) > 1,
                _ => false,
            }
    }

    /// `01.02.2026`, `2026-02-01`.
    pub(super) fn holds_date(&self) -> bool {
        let is_year = |place| self.part.is_year(place);
        let is_day = |place| {
            let is_short = self.lengths.get(place).is_some_and(|length| *length < 3);
            is_short
                && self
                    .part
                    .value(place)
                    .is_some_and(|day| (1..=31).contains(&day))
        };
        let gap = |place: usize| self.part.groups.get(place).and_then(|group| group.gap);
        (0..self.lengths.len().saturating_sub(2)).any(|first| {
            is_day(first + 1)
                && gap(first + 1) == gap(first + 2)
                && (is_day(first) && is_year(first + 2) || is_year(first) && is_day(first + 2))
        })
    }

    /// `1.299.000`: dots as between thousands.
    pub(super) fn is_grouped_by_thousands(&self) -> bool {
        let behind = self.lengths.get(1..).unwrap_or_default();
        !behind.is_empty()
            && behind.iter().all(|length| *length == 3)
            && self.part.gaps().all(|gap| gap == Gap::Dot)
            && self.lengths.first().is_some_and(|length| *length <= 3)
            && self.digits.first() != Some(&0)
    }

    fn gaps_are_equal(&self) -> bool {
        let mut gaps = self.part.gaps();
        let first = gaps.next();
        gaps.all(|gap| Some(gap) == first)
    }

    /// A slash stands behind the area code or nowhere.
    fn slash_follows_area(&self) -> bool {
        self.part.gaps().skip(1).all(|gap| gap != Gap::Slash)
    }

    /// Whether, after enough digits for one number, another seems to begin.
    fn next_begins(&self) -> bool {
        let mut before = 0;
        self.lengths.iter().any(|length| {
            let begins = before >= 9 && self.digits.get(before) == Some(&0);
            before += length;
            begins
        })
    }
}
