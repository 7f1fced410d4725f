//! Groups of digits that may be one number: `4111 1111-1111.1111`.

use super::glyphs::Glyphs;
use std::ops::Range;

/// What stands between two groups of digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Gap {
    Space,
    Dash,
    Dot,
    Slash,
    Open,
    Close,
}

/// Digits without anything between them, and what parts them from the group before.
#[derive(Clone, Debug)]
pub(super) struct Group {
    pub(super) glyphs: Range<usize>,
    pub(super) gap: Option<Gap>,
    /// Where its digits begin among those of the run.
    digits: usize,
}

/// Groups, each parted from the one before by a gap.
pub(super) struct Run {
    groups: Vec<Group>,
    lengths: Vec<usize>,
    digits: Vec<u32>,
}

/// Some groups of a run that follow each other, seen as one number.
#[derive(Clone, Copy)]
pub(super) struct Part<'r> {
    pub(super) groups: &'r [Group],
    /// How many digits each group has.
    pub(super) lengths: &'r [usize],
    pub(super) digits: &'r [u32],
}

/// The widest gap, in glyphs: ` - `.
const WIDEST_GAP: usize = 3;

/// Runs in the order of the text. Only the first group of a run has no gap before it.
pub(super) fn runs(glyphs: &Glyphs) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    let mut index = 0;
    while index < glyphs.folded.len() {
        let start = index;
        while glyphs.at(index).is_ascii_digit() {
            index += 1;
        }
        if start == index {
            index += 1;
            continue;
        }
        let gap = runs.last().and_then(|run| run.gap_before(glyphs, start));
        match runs.last_mut() {
            Some(run) if gap.is_some() => run.add(glyphs, start..index, gap),
            _ => {
                let mut run = Run {
                    groups: Vec::new(),
                    lengths: Vec::new(),
                    digits: Vec::new(),
                };
                run.add(glyphs, start..index, None);
                runs.push(run);
            }
        }
    }
    runs
}

impl Run {
    fn add(&mut self, glyphs: &Glyphs, group: Range<usize>, gap: Option<Gap>) {
        self.groups.push(Group {
            glyphs: group.clone(),
            gap,
            digits: self.digits.len(),
        });
        self.lengths.push(group.len());
        let digits = group.filter_map(|index| glyphs.at(index).to_digit(10));
        self.digits.extend(digits);
    }

    fn gap_before(&self, glyphs: &Glyphs, start: usize) -> Option<Gap> {
        let end = self.groups.last()?.glyphs.end;
        if start - end > WIDEST_GAP {
            return None;
        }
        let between = glyphs.folded.get(end..start)?;
        let mut signs = between.iter().filter(|glyph| **glyph != ' ');
        let gap = match signs.next() {
            None => Gap::Space,
            Some('-') => Gap::Dash,
            Some('.') if between.len() == 1 => Gap::Dot,
            Some('/') => Gap::Slash,
            Some('(') => Gap::Open,
            Some(')') => Gap::Close,
            Some(_) => return None,
        };
        // `)-` and `) /` are as good as `)`.
        let more = signs.next();
        (more.is_none() || gap == Gap::Close && matches!(more, Some('-' | '/'))).then_some(gap)
    }

    /// How many groups.
    pub(super) fn len(&self) -> usize {
        self.groups.len()
    }

    /// Every part that begins with this group and has so many digits, the longest first.
    pub(super) fn parts_from(
        &self,
        first: usize,
        digits: Range<usize>,
    ) -> impl Iterator<Item = Part<'_>> {
        let mut total = 0;
        let lengths = self.lengths.iter().skip(first);
        let fits = |length: &&usize| {
            total += **length;
            total < digits.end
        };
        let most = lengths.take_while(fits).count();
        let parts = (first + 1..=first + most).rev();
        let parts = parts.filter_map(move |end| self.part(first..end));
        parts.take_while(move |part| part.digits.len() >= digits.start)
    }

    fn part(&self, groups: Range<usize>) -> Option<Part<'_>> {
        let start = self.groups.get(groups.start)?.digits;
        let next = self.groups.get(groups.end);
        let end = next.map_or(self.digits.len(), |group| group.digits);
        Some(Part {
            groups: self.groups.get(groups.clone())?,
            lengths: self.lengths.get(groups)?,
            digits: self.digits.get(start..end)?,
        })
    }
}

impl Part<'_> {
    /// Which glyphs it is, gaps included.
    pub(super) fn glyphs(&self) -> Range<usize> {
        let start = self.groups.first().map_or(0, |group| group.glyphs.start);
        let end = self.groups.last().map_or(0, |group| group.glyphs.end);
        start..end
    }

    /// What parts its groups.
    pub(super) fn gaps(&self) -> impl Iterator<Item = Gap> {
        self.groups.iter().skip(1).filter_map(|group| group.gap)
    }

    /// Whether its groups are parted in one way: by dots alone, or by spaces and dashes without dots.
    pub(super) fn is_parted_alike(&self) -> bool {
        let has_dots = self.gaps().any(|gap| gap == Gap::Dot);
        !has_dots || self.gaps().all(|gap| gap == Gap::Dot)
    }

    /// The value of its group at this place; that of a long one is none.
    pub(super) fn value(&self, place: usize) -> Option<u32> {
        let first = self.groups.first()?.digits;
        let start = self.groups.get(place)?.digits - first;
        let length = *self.lengths.get(place)?;
        let digits = self.digits.get(start..start + length)?;
        (length < 9).then(|| digits.iter().fold(0, |value, digit| value * 10 + digit))
    }

    /// Whether its group at this place is a year that people write of.
    pub(super) fn is_year(&self, place: usize) -> bool {
        let is_long = self.lengths.get(place) == Some(&4);
        is_long
            && self
                .value(place)
                .is_some_and(|year| (1900..2100).contains(&year))
    }

    /// Whether all of it is years.
    pub(super) fn are_years(&self) -> bool {
        (0..self.groups.len()).all(|place| self.is_year(place))
    }
}
