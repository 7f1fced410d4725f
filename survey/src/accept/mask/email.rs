//! E-mail addresses: `ada@shop.example`, in any script, `ada (at) shop.example`, `"ada"@shop.example`.

mod host;
mod name;

use super::glyphs::Glyphs;
use host::Host;
use std::ops::Range;

/// What people write for `@`, in brackets, so that programs shall not find the address.
const SIGNS: [&str; 7] = ["@", "at", "ät", "arroba", "arobase", "chiocciola", "małpa"];

pub(super) fn find(glyphs: &Glyphs) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    let (mut index, mut free) = (0, 0);
    while index < glyphs.folded.len() {
        let address = Sign::at(glyphs, index).and_then(|sign| address(glyphs, free, &sign));
        match address {
            Some(address) => {
                index = address.end;
                free = address.end;
                found.push(address);
            }
            None => index += 1,
        }
    }
    found
}

/// What stands between name and host.
struct Sign {
    range: Range<usize>,
    is_bracketed: bool,
}

impl Sign {
    fn at(glyphs: &Glyphs, index: usize) -> Option<Self> {
        let sign = |length, is_bracketed| Self {
            range: index..index + length,
            is_bracketed,
        };
        match glyphs.at(index) {
            '@' => Some(sign(1, false)),
            // As addresses of pages write it.
            '%' if glyphs.at(index + 1) == '4' && glyphs.at(index + 2) == '0' => {
                Some(sign(3, false))
            }
            '(' | '[' | '{' => bracketed(glyphs, index, &SIGNS).map(|length| sign(length, true)),
            _ => None,
        }
    }
}

/// How long one of these words in brackets is, if there is one here.
fn bracketed(glyphs: &Glyphs, index: usize, words: &[&str]) -> Option<usize> {
    let inner = index + 1 + usize::from(glyphs.at(index + 1) == ' ');
    let mut ends = words.iter().filter_map(|word| {
        let mut end = inner;
        for character in word.chars() {
            if !glyphs.at(end).to_lowercase().eq([character]) {
                return None;
            }
            end += 1;
        }
        end += usize::from(glyphs.at(end) == ' ');
        matches!(glyphs.at(end), ')' | ']' | '}').then_some(end + 1)
    });
    ends.next().map(|end| end - index)
}

/// The address around this sign; its name does not begin before `free`.
fn address(glyphs: &Glyphs, free: usize, sign: &Sign) -> Option<Range<usize>> {
    let is_apart_left = glyphs.before(sign.range.start, 1) == ' ';
    let is_apart_right = glyphs.at(sign.range.end) == ' ';
    let name_end = sign.range.start - usize::from(is_apart_left);
    let host = Host::at(glyphs, sign.range.end + usize::from(is_apart_right));
    let is_apart = (is_apart_left || is_apart_right) && !sign.is_bracketed;
    // `two shirts @ shop.example` is no address.
    if is_apart && !(host.has_mailboxes && host.full_end.is_some()) {
        return None;
    }
    let end = host
        .full_end
        .or(host.has_mailboxes.then_some(host.first_end))?;
    let start = name::start(glyphs, free, name_end)?;
    Some(start..chained(glyphs, end))
}

/// The end of what is glued to an address with further signs: `ada@shop.example@shop.example`.
fn chained(glyphs: &Glyphs, end: usize) -> usize {
    let mut chained = end;
    if glyphs.at(end) == '@' {
        while glyphs.at(chained).is_alphanumeric() || matches!(glyphs.at(chained), '@' | '.' | '-')
        {
            chained += 1;
        }
    }
    chained
}

/// Scripts that are written without spaces, or put endings right behind a foreign word.
const fn is_unspaced(character: char) -> bool {
    matches!(
        character,
        '\u{e00}'..='\u{eff}'
            | '\u{1000}'..='\u{109f}'
            | '\u{1100}'..='\u{11ff}'
            | '\u{1780}'..='\u{17ff}'
            | '\u{3040}'..='\u{318f}'
            | '\u{3400}'..='\u{9fff}'
            | '\u{ac00}'..='\u{d7af}'
            | '\u{20000}'..='\u{3ffff}'
    )
}
