//! Phrases that mean the same made one: spellings, forms of a word, pieces of a longer phrase.

use std::collections::{HashMap, HashSet};

use super::language::Language;

/// A phrase and the places of the comments that have it, in order.
type Found = (String, Vec<usize>);

/// So alike are the triples of letters in two spellings of one word.
const LIKENESS_MIN: f64 = 0.6;

/// Words that share so many first letters, and not much more, are forms of one.
const STEM_CHARACTERS: usize = 5;

/// A longer phrase in so many of a shorter one's comments takes its place.
const SWALLOWED_MIN: f64 = 0.75;

/// Merges phrases of one language; the most frequent come first, and stay so.
pub(super) fn merged(phrases: Vec<Found>, language: Language) -> Vec<Found> {
    let forms = if language.is_unspaced() {
        phrases
    } else {
        same_forms(phrases)
    };
    without_pieces(forms)
}

/// Forms and spellings of a phrase are counted for the most frequent one.
fn same_forms(phrases: Vec<Found>) -> Vec<Found> {
    let mut kept: Vec<Found> = Vec::new();
    // Only phrases that begin alike are compared.
    let mut by_start = HashMap::<String, Vec<usize>>::new();
    for (phrase, comments) in phrases {
        let start: String = phrase.chars().take(3).collect();
        let near = by_start.entry(start).or_default();
        let same = near
            .iter()
            .copied()
            .find(|&place| is_same(&kept[place].0, &phrase));
        if let Some(place) = same {
            unite(&mut kept[place].1, comments);
        } else {
            near.push(kept.len());
            kept.push((phrase, comments));
        }
    }
    kept
}

fn is_same(one: &str, other: &str) -> bool {
    let (ones, others): (Vec<&str>, Vec<&str>) =
        (one.split(' ').collect(), other.split(' ').collect());
    ones.len() == others.len()
        && ones
            .iter()
            .zip(&others)
            .all(|(one, other)| one == other || are_forms(one, other) || are_spellings(one, other))
}

/// `refund` and `refunds`: a long common start, and short different ends.
fn are_forms(one: &str, other: &str) -> bool {
    let common = one
        .chars()
        .zip(other.chars())
        .take_while(|(one, other)| one == other)
        .count();
    let rest = |word: &str| word.chars().count() - common;
    common >= STEM_CHARACTERS && rest(one) <= 2 && rest(other) <= 2
}

/// Jaccard's index of the triples of letters is high.
fn are_spellings(one: &str, other: &str) -> bool {
    let (ones, others) = (triples(one), triples(other));
    let common = ones.intersection(&others).count() as f64;
    let all = ones.union(&others).count() as f64;
    all > 0.0 && common / all >= LIKENESS_MIN
}

fn triples(word: &str) -> HashSet<[char; 3]> {
    let letters: Vec<char> = format!(" {word} ").chars().collect();
    letters
        .windows(3)
        .filter_map(|triple| triple.try_into().ok())
        .collect()
}

/// Drops what is mostly seen inside a longer phrase: `付款按` inside `付款按鈕`, `button` inside `pay button`.
fn without_pieces(phrases: Vec<Found>) -> Vec<Found> {
    let is_swallowed = |(piece, comments): &Found| {
        phrases.iter().any(|(phrase, longer)| {
            phrase.len() > piece.len()
                && longer.len() as f64 >= SWALLOWED_MIN * comments.len() as f64
                && phrase.contains(piece.as_str())
        })
    };
    let swallowed: Vec<bool> = phrases.iter().map(is_swallowed).collect();
    phrases
        .into_iter()
        .zip(swallowed)
        .filter(|(_, swallowed)| !swallowed)
        .map(|(phrase, _)| phrase)
        .collect()
}

fn unite(comments: &mut Vec<usize>, more: Vec<usize>) {
    comments.extend(more);
    comments.sort_unstable();
    comments.dedup();
}

#[cfg(test)]
mod tests {
    use super::*;

    fn merge(phrases: &[(&str, &[usize])], language: Language) -> Vec<(String, usize)> {
        let phrases = phrases
            .iter()
            .map(|(phrase, comments)| ((*phrase).to_owned(), comments.to_vec()))
            .collect();
        merged(phrases, language)
            .into_iter()
            .map(|(phrase, comments)| (phrase, comments.len()))
            .collect()
    }

    #[test]
    fn forms_and_spellings_count_for_the_most_frequent() {
        let found = merge(
            &[
                ("refund", &[1, 2, 3]),
                ("refunds", &[3, 4]),
                ("delivery time", &[5, 6]),
                ("deliverry time", &[7]),
                ("refuse", &[8]),
            ],
            Language::English,
        );
        let expected = [("refund", 4), ("delivery time", 3), ("refuse", 1)];
        assert_eq!(
            found,
            expected.map(|(phrase, number)| (phrase.to_owned(), number))
        );
    }

    #[test]
    fn a_piece_gives_way_to_the_phrase_it_is_mostly_part_of() {
        let found = merge(
            &[
                ("按鈕", &[1, 2, 3, 4]),
                ("付款", &[1, 2, 3, 4, 5, 6, 7]),
                ("付款按鈕", &[1, 2, 3, 4]),
            ],
            Language::TraditionalChinese,
        );
        let expected = [("付款", 7), ("付款按鈕", 4)];
        assert_eq!(
            found,
            expected.map(|(phrase, number)| (phrase.to_owned(), number))
        );
    }
}
