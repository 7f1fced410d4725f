//! Words of a normalised comment, and the phrases of one to three of them.

use unicode_segmentation::UnicodeSegmentation;

use super::language::Language;
use super::{han, korean, stop_words};

/// Words as Unicode's text segmentation finds them (UAX 29).
pub(super) fn of(text: &str) -> impl Iterator<Item = &str> {
    text.unicode_words()
        // French and Italian articles hang on their words: l'article, un'altra.
        .map(|word| word.split_once('\'').map_or(word, after_article))
}

fn after_article<'w>((before, after): (&'w str, &'w str)) -> &'w str {
    // `don't` keeps its first half, `l'article` its second.
    if before.chars().count() <= 2 && after.chars().count() >= 2 {
        after
    } else {
        before
    }
}

/// Longest phrase, in words.
const PHRASE_WORDS_MAX: usize = 3;

/// A phrase longer than this is no phrase.
const PHRASE_BYTES_MAX: usize = 60;

/// What a comment may be counted for: its phrases, each once.
pub(super) fn phrases(text: &str, language: Language) -> Vec<String> {
    let mut phrases = if language.is_unspaced() {
        han::phrases(text, language)
    } else {
        spaced(text, language)
    };
    phrases.sort_unstable();
    phrases.dedup();
    phrases
}

/// Phrases of up to three words that neither begin nor end with a little word.
fn spaced(text: &str, language: Language) -> Vec<String> {
    let mut phrases = Vec::new();
    for clause in text.split(is_clause_end) {
        let words: Vec<String> = of(clause)
            .map(|word| match language {
                Language::Korean => korean::without_particle(word).to_owned(),
                _ => word.to_owned(),
            })
            .collect();
        for length in 1..=PHRASE_WORDS_MAX {
            for phrase in words.windows(length) {
                let says_something = |word: &String| says_something(word, language);
                if phrase.first().is_some_and(says_something)
                    && phrase.last().is_some_and(says_something)
                {
                    let phrase = phrase.join(" ");
                    if phrase.len() <= PHRASE_BYTES_MAX {
                        phrases.push(phrase);
                    }
                }
            }
        }
    }
    phrases
}

fn says_something(word: &str, language: Language) -> bool {
    let letters = word.chars().filter(|letter| letter.is_alphabetic()).count();
    let least = if language == Language::Korean { 1 } else { 2 };
    letters >= least && !stop_words::contain(language, word)
}

fn is_clause_end(character: char) -> bool {
    ".!?,;:()\"…—–。！？，、；：؟،".contains(character)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn phrases_have_one_to_three_words_and_no_little_word_at_their_edges() {
        let phrases = phrases("the pay button does nothing, really!", Language::English);
        assert!(phrases.contains(&"pay button".to_owned()), "{phrases:?}");
        assert!(phrases.iter().all(|phrase| !phrase.starts_with("the")));
        assert!(phrases.iter().all(|phrase| phrase.split(' ').count() <= 3));
    }

    #[test]
    fn articles_do_not_hang_on_their_words() {
        let words: Vec<&str> = of("l'article n'arrive pas, don't").collect();
        assert_eq!(words, ["article", "arrive", "pas", "don"]);
    }

    #[test]
    fn korean_words_lose_their_particles() {
        assert_eq!(phrases("배송이", Language::Korean), ["배송"]);
    }
}
