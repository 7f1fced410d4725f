//! What stands before an `@`.

use super::super::glyphs::Glyphs;
use super::is_unspaced;

/// The longest name in quotation marks, in characters (RFC 5321 allows 64).
const LONGEST_QUOTED: usize = 66;

/// Where the name before a sign begins.
pub(super) fn start(glyphs: &Glyphs, free: usize, end: usize) -> Option<usize> {
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
