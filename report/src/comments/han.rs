//! Phrases of Chinese and Japanese: two to six characters in a row within a run of one script.
//!
//! No dictionary is needed. Pieces that are mostly seen inside a longer phrase are taken out later
//! (`merge`).

use super::language::{Language, Script};
use super::{stop_words, words};

/// Lengths of phrases, in characters.
const LENGTHS: std::ops::RangeInclusive<usize> = 2..=6;

/// A Japanese run of katakana is a word of its own; longer ones are no words.
const KATAKANA_MAX: usize = 12;

/// The phrases of a normalised text, with repetitions.
pub(super) fn phrases(text: &str, language: Language) -> Vec<String> {
    let mut phrases = Vec::new();
    for run in runs(text) {
        match run.kind {
            Kind::Han => phrases.extend(pieces(&run.letters, language)),
            Kind::Katakana if (2..=KATAKANA_MAX).contains(&run.letters.len()) => {
                phrases.push(run.letters.into_iter().collect());
            }
            Kind::Latin => {
                let text: String = run.letters.into_iter().collect();
                let long = words::of(&text).filter(|word| word.len() >= 2);
                phrases.extend(
                    long.filter(|word| !stop_words::contain(Language::English, word))
                        .map(str::to_owned),
                );
            }
            Kind::Katakana | Kind::Other => {}
        }
    }
    phrases
}

fn pieces(letters: &[char], language: Language) -> Vec<String> {
    let is_empty = |letter: &char| language.is_chinese() && stop_words::contain_han(*letter);
    let mut pieces = Vec::new();
    for length in LENGTHS {
        for piece in letters.windows(length) {
            let has_edges =
                !piece.first().is_some_and(is_empty) && !piece.last().is_some_and(is_empty);
            if has_edges {
                pieces.push(piece.iter().collect());
            }
        }
    }
    pieces
}

struct Run {
    kind: Kind,
    letters: Vec<char>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Han,
    Katakana,
    Latin,
    /// Hiragana, which is mostly grammar, and everything that is no letter.
    Other,
}

fn runs(text: &str) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    for letter in text.chars() {
        let kind = Kind::of(letter);
        match runs.last_mut() {
            Some(run) if run.kind == kind => run.letters.push(letter),
            _ => runs.push(Run {
                kind,
                letters: vec![letter],
            }),
        }
    }
    runs
}

impl Kind {
    fn of(letter: char) -> Self {
        match letter {
            '\u{30a1}'..='\u{30fa}' | 'ー' => Self::Katakana,
            _ => match Script::of_letter(letter) {
                Some(Script::Han) => Self::Han,
                Some(Script::Latin) => Self::Latin,
                _ => Self::Other,
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chinese_phrases_are_pieces_of_runs_without_empty_characters_at_their_edges() {
        let phrases = phrases("運費太貴", Language::TraditionalChinese);
        assert_eq!(phrases, ["運費", "費太貴", "運費太貴"]);
    }

    #[test]
    fn japanese_keeps_katakana_words_and_runs_of_kanji() {
        let phrases = phrases("サイズが合わない、返品したい", Language::Japanese);
        assert_eq!(phrases, ["サイズ", "返品"]);
    }
}
