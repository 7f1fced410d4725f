//! Account numbers: IBANs (ISO 13616), whose check digits leave 1 when divided by 97 (ISO 7064).

use super::glyphs::Glyphs;
use std::ops::Range;

/// Each country that has IBANs, and how long they are, from the registry of SWIFT.
const LENGTHS: &str = "\
    AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BI27 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DJ27 \
    DK18 DO28 EE20 EG29 ES24 FI18 FK18 FO18 FR27 GB22 GE22 GI23 GL18 GR27 GT28 HN28 HR21 HU28 \
    IE22 IL23 IQ23 IS26 IT27 JO30 KW30 KZ20 LB28 LC32 LI21 LT20 LU20 LV21 LY25 MC27 MD24 ME22 \
    MK19 MN20 MR27 MT31 MU30 NI28 NL18 NO15 OM23 PK24 PL28 PS29 PT25 QA29 RO24 RS22 RU33 SA24 \
    SC31 SD18 SE24 SI19 SK24 SM27 ST25 SV28 TL23 TN24 TR26 UA29";

/// The widest gap within, in glyphs: ` - `.
const WIDEST_GAP: usize = 3;

pub(super) fn find(glyphs: &Glyphs) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut index = 0;
    while index < glyphs.folded.len() {
        match account(glyphs, index) {
            Some(end) => {
                found.push(index..end);
                index = end;
            }
            None => index += 1,
        }
    }
    found
}

/// The end of the IBAN that begins here, if one does.
fn account(glyphs: &Glyphs, start: usize) -> Option<usize> {
    let is_letter = |index| glyphs.at(index).is_ascii_alphabetic();
    if !is_letter(start) || !is_letter(start + 1) || is_letter(start + 2) {
        return None;
    }
    let length = length(glyphs.at(start), glyphs.at(start + 1))?;
    let (mut read, mut end, mut gap) = (Vec::with_capacity(length), start, 0);
    while read.len() < length {
        let glyph = glyphs.at(end);
        end += 1;
        if read.len() > 1 && gap < WIDEST_GAP && matches!(glyph, ' ' | '-' | '.' | '/') {
            gap += 1;
            continue;
        }
        let is_check_digit = (2..4).contains(&read.len());
        read.push(glyph.to_digit(if is_check_digit { 10 } else { 36 })?);
        gap = 0;
    }
    // Country and check digits go last.
    read.rotate_left(4);
    let append = |left: u32, value: &u32| match value {
        0..10 => (left * 10 + value) % 97,
        _ => (left * 100 + value) % 97,
    };
    (read.iter().fold(0, append) == 1).then_some(end)
}

/// How long the IBANs of a country are.
fn length(first: char, second: char) -> Option<usize> {
    let country = [first, second].map(|letter| letter.to_ascii_uppercase());
    let mut rows = LENGTHS.split(' ');
    let row = rows.find(|row| row.chars().take(2).eq(country))?;
    row.get(2..)?.parse().ok()
}
