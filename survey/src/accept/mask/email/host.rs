//! What follows after an `@`: letters and digits with dots between them.

use super::super::glyphs::Glyphs;
use super::{bracketed, is_unspaced};
use std::ops::Range;

/// Hosts that hold mailboxes, by their first label: enough to know an address whose end is missing
/// (`ada@gmail`), or that a keyboard has set apart (`ada @gmail.com`).
const MAILBOXES: [&str; 27] = [
    "163",
    "aol",
    "daum",
    "free",
    "gmail",
    "gmx",
    "googlemail",
    "hotmail",
    "icloud",
    "laposte",
    "libero",
    "live",
    "mail",
    "msn",
    "naver",
    "orange",
    "outlook",
    "proton",
    "protonmail",
    "qq",
    "t-online",
    "wanadoo",
    "web",
    "yahoo",
    "yandex",
    "ymail",
    "126",
];

/// What people write for a dot, in brackets.
const DOTS: [&str; 3] = ["dot", ".", "punkt"];

/// The host that begins somewhere.
pub(super) struct Host {
    pub(super) first_end: usize,
    pub(super) has_mailboxes: bool,
    /// The end of the longest beginning that is a whole host, if there is one.
    pub(super) full_end: Option<usize>,
}

impl Host {
    pub(super) fn at(glyphs: &Glyphs, start: usize) -> Self {
        let script = is_unspaced(glyphs.at(start));
        let first = label(glyphs, start, script);
        let mut host = Self {
            first_end: first.end,
            has_mailboxes: has_mailboxes(glyphs, &first),
            full_end: None,
        };
        let (mut labels, mut numbers) = (1, usize::from(is_number(glyphs, &first)));
        let mut last = first;
        while let Some(label) = next(glyphs, &last, script, labels == 1 && host.has_mailboxes) {
            let is_number = is_number(glyphs, &label);
            labels += 1;
            numbers += usize::from(is_number);
            // `192.168.0.1` is a host as well.
            if label.len() > 1 && !is_number || labels == 4 && numbers == 4 {
                host.full_end = Some(label.end);
            }
            last = label;
        }
        host
    }
}

fn has_mailboxes(glyphs: &Glyphs, label: &Range<usize>) -> bool {
    let letters = glyphs.folded.get(label.clone()).unwrap_or_default();
    let name: String = letters
        .iter()
        .flat_map(|letter| letter.to_lowercase())
        .collect();
    MAILBOXES.contains(&name.as_str()) && !matches!(glyphs.at(label.end), '-' | '[')
}

fn is_number(glyphs: &Glyphs, label: &Range<usize>) -> bool {
    let letters = glyphs.folded.get(label.clone()).unwrap_or_default();
    !letters.iter().any(|letter| letter.is_alphabetic())
}

/// The label behind this one, if a dot parts them; where it may be loose, spaces stand around the dot.
fn next(
    glyphs: &Glyphs,
    last: &Range<usize>,
    script: bool,
    is_loose: bool,
) -> Option<Range<usize>> {
    if last.is_empty() {
        return None;
    }
    let end = last.end;
    let dot = match glyphs.at(end) {
        '.' => 1,
        ' ' if is_loose && glyphs.at(end + 1) == '.' => 2,
        '(' | '[' | '{' => bracketed(glyphs, end, &DOTS)?,
        ' ' => bracketed(glyphs, end + 1, &DOTS)? + 1,
        _ => return None,
    };
    let is_apart = glyphs.at(end + dot) == ' ' && (dot > 1 || is_loose);
    let label = label(glyphs, end + dot + usize::from(is_apart), script);
    (!label.is_empty()).then_some(label)
}

/// The letters, digits and hyphens from here on, in one kind of script.
fn label(glyphs: &Glyphs, start: usize, in_unspaced: bool) -> Range<usize> {
    let mut end = start;
    loop {
        let glyph = glyphs.at(end);
        let is_ours = !glyph.is_alphabetic() || is_unspaced(glyph) == in_unspaced;
        if !(glyph.is_alphanumeric() || matches!(glyph, '-' | '_')) || !is_ours {
            break;
        }
        end += 1;
    }
    while end > start && glyphs.at(end - 1) == '-' {
        end -= 1;
    }
    start..end
}
