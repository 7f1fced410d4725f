//! Words and phrases: those that low scorers use more than others, and those that no theme has yet.

use std::cmp::Ordering;
use std::collections::HashMap;

use survey::metric::Band;

use super::contrast::{self, Contrast, Group};
use super::language::Language;
use super::normalise::normalised;
use super::{merge, words};
use crate::response::Response;

/// A phrase that turned up often enough to be looked at.
#[derive(Clone, Debug)]
pub(super) struct Term {
    pub(super) language: Language,
    /// As shown: of all spellings the most frequent one.
    pub(super) text: String,
    /// Places of the comments it is in, in order.
    pub(super) comments: Vec<usize>,
    /// Against speakers of the same language.
    pub(super) low_scorers: Option<Contrast>,
}

/// Phrases in fewer comments than this say nothing.
const COMMENTS_MIN: usize = 3;

/// So many different phrases of a language are looked at, the most frequent first.
const PHRASES_MAX: usize = 5_000;

/// Of these comments' terms those that low scorers use more, the clearest first.
pub(super) fn of_low_scorers(responses: &[&Response]) -> Vec<Term> {
    let mut terms = all(responses);
    terms.retain(|term| term.low_scorers.is_some_and(|low| low.is_more()));
    let p = |term: &Term| term.low_scorers.map_or(1.0, |low| low.p);
    terms.sort_by(|one, other| {
        let by_p = p(one).total_cmp(&p(other));
        by_p.then_with(|| by_number(one, other))
    });
    terms
}

/// These comments' terms, the most frequent first.
pub(super) fn frequent(responses: &[&Response]) -> Vec<Term> {
    let mut terms = all(responses);
    terms.sort_by(by_number);
    terms
}

fn by_number(one: &Term, other: &Term) -> Ordering {
    let by_number = other.comments.len().cmp(&one.comments.len());
    by_number.then_with(|| (one.language, &one.text).cmp(&(other.language, &other.text)))
}

/// All of them are looked at, and so all are one family of tests, however few are shown.
fn all(responses: &[&Response]) -> Vec<Term> {
    let mut terms = of_all_languages(responses);
    let contrasts = terms
        .iter_mut()
        .filter_map(|term| term.low_scorers.as_mut());
    contrast::adjust(&mut contrasts.collect::<Vec<_>>());
    terms
}

fn of_all_languages(responses: &[&Response]) -> Vec<Term> {
    let mut by_language = HashMap::<Language, Vec<usize>>::new();
    let mut texts = Vec::with_capacity(responses.len());
    for (place, response) in responses.iter().enumerate() {
        let page = Language::of_tag(&response.language);
        let text = normalised(response.comment.as_deref().unwrap_or_default(), page);
        if let Some(language) = Language::of(&text, page) {
            by_language.entry(language).or_default().push(place);
        }
        texts.push(text);
    }
    by_language
        .into_iter()
        .flat_map(|(language, places)| of_language(language, &places, &texts, responses))
        .collect()
}

fn of_language(
    language: Language,
    places: &[usize],
    texts: &[String],
    responses: &[&Response],
) -> Vec<Term> {
    let low_scorers = |places: &[usize]| {
        let bands = places.iter().map(|&place| responses[place].band);
        bands.filter(|band| *band == Some(Band::Low)).count() as u64
    };
    let all_low = low_scorers(places);
    let all_others = places.len() as u64 - all_low;
    merge::merged(candidates(language, places, texts), language)
        .into_iter()
        .map(|(text, comments)| {
            let low = Group {
                mentions: low_scorers(&comments),
                comments: all_low,
            };
            let others = Group {
                mentions: comments.len() as u64 - low.mentions,
                comments: all_others,
            };
            Term {
                language,
                text,
                comments,
                low_scorers: contrast::between(low, others),
            }
        })
        .collect()
}

/// Phrases in at least three comments, the most frequent first.
fn candidates(language: Language, places: &[usize], texts: &[String]) -> Vec<(String, Vec<usize>)> {
    let mut phrases = HashMap::<String, Vec<usize>>::new();
    for &place in places {
        for phrase in words::phrases(&texts[place], language) {
            phrases.entry(phrase).or_default().push(place);
        }
    }
    let mut candidates: Vec<(String, Vec<usize>)> = phrases
        .into_iter()
        .filter(|(_, comments)| comments.len() >= COMMENTS_MIN)
        .collect();
    candidates.sort_by(|one, other| {
        let by_number = other.1.len().cmp(&one.1.len());
        by_number.then_with(|| one.0.cmp(&other.0))
    });
    candidates.truncate(PHRASES_MAX);
    candidates
}
