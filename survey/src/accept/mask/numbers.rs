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
}

impl Group {
    /// How many digits.
    pub(super) fn len(&self) -> usize {
        self.glyphs.len()
    }
}

/// The widest gap, in glyphs: ` - `.
const WIDEST_GAP: usize = 3;

/// Runs of groups, in the order of the text. Only the first of a run has no gap before it.
pub(super) fn runs(glyphs: &Glyphs) -> Vec<Vec<Group>> {
    let mut runs: Vec<Vec<Group>> = Vec::new();
    let mut index = 0;
    while index < glyphs.folded.len() {
        if !glyphs.at(index).is_ascii_digit() {
            index += 1;
            continue;
        }
        let start = index;
        while glyphs.at(index).is_ascii_digit() {
            index += 1;
        }
        let mut group = Group {
            glyphs: start..index,
            gap: None,
        };
        match runs.last_mut() {
            Some(run) if gap_before(glyphs, run, start).is_some() => {
                group.gap = gap_before(glyphs, run, start);
                run.push(group);
            }
            _ => runs.push(vec![group]),
        }
    }
    runs
}

fn gap_before(glyphs: &Glyphs, run: &[Group], start: usize) -> Option<Gap> {
    let end = run.last()?.glyphs.end;
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

/// The digits of these groups, by their values.
pub(super) fn digits(glyphs: &Glyphs, groups: &[Group]) -> Vec<u32> {
    let glyphs = groups
        .iter()
        .flat_map(|group| glyphs.folded.get(group.glyphs.clone()).unwrap_or_default());
    glyphs.filter_map(|glyph| glyph.to_digit(10)).collect()
}

/// The value of a short group.
pub(super) fn value(glyphs: &Glyphs, group: &Group) -> u32 {
    let append = |value: u32, digit: u32| value.saturating_mul(10).saturating_add(digit);
    digits(glyphs, std::slice::from_ref(group))
        .into_iter()
        .fold(0, append)
}

/// Whether groups are parted in one way: by dots alone, or by spaces and dashes without dots.
pub(super) fn parted_alike(groups: &[Group]) -> bool {
    let mut gaps = groups.iter().skip(1).filter_map(|group| group.gap);
    let dots = gaps.clone().filter(|gap| *gap == Gap::Dot).count();
    dots == 0 || gaps.all(|gap| gap == Gap::Dot)
}

/// Whether a group is a year that people write of.
pub(super) fn is_year(glyphs: &Glyphs, group: &Group) -> bool {
    group.len() == 4 && (1900..2100).contains(&value(glyphs, group))
}
