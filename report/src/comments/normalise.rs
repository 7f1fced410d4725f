//! One spelling for what reads alike: compatibility forms, case, addresses.

use unicode_normalization::UnicodeNormalization;

use super::language::Language;

/// The comment in NFKC and lower case, without web addresses, masks and control characters.
///
/// In Turkish `I` is the capital of `ı` and `İ` that of `i`.
pub(super) fn normalised(text: &str, page: Option<Language>) -> String {
    let composed: String = text.nfkc().collect();
    let kept = composed
        .split_whitespace()
        .filter(|word| !is_address(word) && !is_mask(word));
    let mut normalised = String::with_capacity(composed.len());
    for word in kept {
        if !normalised.is_empty() {
            normalised.push(' ');
        }
        let lower = word.chars().filter(|character| !character.is_control());
        if page == Some(Language::Turkish) {
            normalised.extend(lower.flat_map(|character| match character {
                'I' => 'ı'.to_lowercase(),
                'İ' => 'i'.to_lowercase(),
                other => other.to_lowercase(),
            }));
        } else {
            // Outside of Turkish the dot that lower case leaves on `İ` is noise.
            normalised.extend(
                lower
                    .flat_map(char::to_lowercase)
                    .filter(|character| *character != '\u{307}')
                    .map(|character| if character == '’' { '\'' } else { character }),
            );
        }
    }
    normalised
}

fn is_address(word: &str) -> bool {
    ["http://", "https://", "www."]
        .iter()
        .any(|start| word.starts_with(start))
}

/// What the collector puts in the place of personal data: `[email]` and its like.
fn is_mask(word: &str) -> bool {
    word.starts_with('[') && word.trim_end_matches(['.', ',', '!', '?']).ends_with(']')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_reads_alike_is_spelled_alike() {
        let rows = [
            ("  Ｆａｓｔ  Delivery ", None, "fast delivery"),
            ("see https://shop.example/x now", None, "see now"),
            ("write to [email], please", None, "write to please"),
            ("l’appli", None, "l'appli"),
            ("ISPARTA İzmir", Some(Language::Turkish), "ısparta izmir"),
            ("İzmir", Some(Language::English), "izmir"),
            ("Cafe\u{301}", None, "café"),
        ];
        for (text, page, expected) in rows {
            assert_eq!(normalised(text, page), expected);
        }
    }
}
