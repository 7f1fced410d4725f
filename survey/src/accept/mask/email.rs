//! E-mail addresses: `ada@shop.example`, in any script, `ada (at) shop.example`, `"ada"@shop.example`.

use super::glyphs::Glyphs;
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

/// What people write for `@`, in brackets, so that programs shall not find the address.
const SIGNS: [&str; 7] = ["@", "at", "ät", "arroba", "arobase", "chiocciola", "małpa"];

/// The longest name in quotation marks, in characters (RFC 5321 allows 64).
const LONGEST_QUOTED: usize = 66;

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
    let start = name(glyphs, free, name_end)?;
    Some(start..chained(glyphs, end))
}

/// What follows after an `@`.
struct Host {
    first_end: usize,
    has_mailboxes: bool,
    /// The end of the longest beginning that is a whole host, if there is one.
    full_end: Option<usize>,
}

impl Host {
    fn at(glyphs: &Glyphs, start: usize) -> Self {
        let is_unspaced = is_unspaced(glyphs.at(start));
        let (mut labels, mut numbers, mut label_start) = (0, 0, start);
        let mut host = Self {
            first_end: start,
            has_mailboxes: false,
            full_end: None,
        };
        loop {
            let label = label(glyphs, label_start, is_unspaced);
            if label.is_empty() {
                return host;
            }
            labels += 1;
            let letters = glyphs.folded.get(label.clone()).unwrap_or_default();
            let is_number = !letters.iter().any(|letter| letter.is_alphabetic());
            numbers += usize::from(is_number);
            if labels == 1 {
                let name: String = letters
                    .iter()
                    .flat_map(|letter| letter.to_lowercase())
                    .collect();
                host.first_end = label.end;
                host.has_mailboxes = MAILBOXES.contains(&name.as_str())
                    && !matches!(glyphs.at(label.end), '-' | '[');
            } else if !is_number && label.len() > 1 || labels == 4 && numbers == 4 {
                host.full_end = Some(label.end);
            }
            let dot = match glyphs.at(label.end) {
                '.' => 1,
                ' ' if host.has_mailboxes && labels == 1 && glyphs.at(label.end + 1) == '.' => 2,
                '(' | '[' | '{' => {
                    bracketed(glyphs, label.end, &["dot", ".", "punkt"]).unwrap_or(0)
                }
                ' ' => bracketed(glyphs, label.end + 1, &["dot", ".", "punkt"])
                    .map_or(0, |length| length + 1),
                _ => 0,
            };
            if dot == 0 {
                return host;
            }
            let is_apart =
                glyphs.at(label.end + dot) == ' ' && (dot > 1 || labels == 1 && host.has_mailboxes);
            label_start = label.end + dot + usize::from(is_apart);
        }
    }
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

/// Where the name before a sign begins.
fn name(glyphs: &Glyphs, free: usize, end: usize) -> Option<usize> {
    let from = |start: usize| glyphs.folded.get(start..end).unwrap_or_default();
    if glyphs.before(end, 1) == '"' {
        let earliest = free.max(end.saturating_sub(LONGEST_QUOTED));
        let quoted = from(earliest).split_last()?.1;
        let open = quoted.iter().rposition(|&glyph| glyph == '"')?;
        let is_whole = !quoted
            .get(open..)?
            .iter()
            .any(|glyph| "[]\n".contains(*glyph));
        return is_whole.then_some(earliest + open);
    }
    let (mut start, mut script) = (end, None);
    while start > free {
        let glyph = glyphs.at(start - 1);
        if glyph.is_alphabetic() {
            // In texts without spaces the name is only what is written as its end is.
            let is_unspaced = is_unspaced(glyph);
            if *script.get_or_insert(is_unspaced) != is_unspaced {
                break;
            }
        } else if !glyph.is_numeric() && !"!#$%&'*+-.=?^_`{|}~".contains(glyph) {
            break;
        }
        start -= 1;
    }
    let first = |glyph: &char| glyph.is_alphanumeric() || *glyph == '_';
    from(start)
        .iter()
        .position(first)
        .map(|trimmed| start + trimmed)
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
