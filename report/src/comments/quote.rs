//! What people said, in their own words: a few comments that are short, different and typical.

use jiff::Timestamp;
use serde::Serialize;
use survey::id::EventId;
use survey::metric::Band;

use super::language::Language;
use super::normalise::normalised;
use crate::response::Response;

/// Comments of fewer people than this are never printed: they could be recognised.
pub const PEOPLE_MIN: u64 = 5;

/// So many quotes say enough.
pub const QUOTES: usize = 3;

/// A comment with what is said beside it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Quote {
    /// Of the response: whoever keeps a quote can tell when it is erased.
    #[serde(skip)]
    pub response: EventId,
    /// What was written, at most 160 characters of it.
    pub text: String,
    /// The score given with it.
    pub score: Option<u8>,
    /// The language of the page.
    pub language: String,
    /// `mobile`, `tablet` or `desktop`.
    pub device: String,
    /// When it was received.
    pub received_at: Timestamp,
}

/// More than this is cut off.
const CHARACTERS_MAX: usize = 160;

/// Lengths that read well, in characters; Chinese and its like say as much with a third.
const GOOD_LENGTHS: std::ops::RangeInclusive<usize> = 12..=110;
const GOOD_LENGTHS_UNSPACED: std::ops::RangeInclusive<usize> = 5..=45;

impl Quote {
    /// The comment of a response, if it has one.
    pub(crate) fn of(response: &Response) -> Option<Self> {
        let comment = response.comment.as_deref()?;
        Some(Self {
            response: response.id,
            text: shortened(comment),
            score: response.score,
            language: response.language.clone(),
            device: response.device.clone(),
            received_at: response.received_at,
        })
    }
}

/// 0 for a comment that reads well as a quote, more for others.
pub(super) fn rank(comment: &str) -> u8 {
    let length = comment.chars().count();
    let is_unspaced = comment
        .chars()
        .next()
        .is_some_and(|first| ('\u{3040}'..='\u{9fff}').contains(&first));
    let good = if is_unspaced {
        GOOD_LENGTHS_UNSPACED
    } else {
        GOOD_LENGTHS
    };
    u8::from(!good.contains(&length))
}

/// Up to three quotes that do not repeat each other: those of `band` first, then the latest.
pub(super) fn choose<'r>(
    responses: impl IntoIterator<Item = &'r Response>,
    band: Option<Band>,
) -> Vec<Quote> {
    let mut candidates: Vec<&Response> = responses
        .into_iter()
        .filter(|response| response.comment.is_some())
        .collect();
    candidates.sort_by_key(|response| {
        let comment = response.comment.as_deref().unwrap_or_default();
        let is_other = band.is_some() && response.band != band;
        (
            is_other,
            rank(comment),
            std::cmp::Reverse(response.received_at),
            response.id,
        )
    });
    let mut quotes: Vec<Quote> = Vec::new();
    let mut said: Vec<String> = Vec::new();
    for response in candidates {
        let Some(quote) = Quote::of(response) else {
            continue;
        };
        let plain = letters_of(&quote.text);
        if said.iter().all(|other| !repeats(&plain, other)) {
            said.push(plain);
            quotes.push(quote);
        }
        if quotes.len() == QUOTES {
            break;
        }
    }
    quotes
}

fn letters_of(text: &str) -> String {
    normalised(text, None::<Language>)
        .chars()
        .filter(|character| character.is_alphanumeric())
        .collect()
}

fn repeats(one: &str, other: &str) -> bool {
    one.contains(other) || other.contains(one) || strsim::sorensen_dice(one, other) > 0.75
}

/// On one line, without control characters, which a terminal might obey.
fn shortened(comment: &str) -> String {
    let words: Vec<&str> = comment.split_whitespace().collect();
    let line = words.join(" ");
    let mut kept = line.chars().filter(|character| !is_order(*character));
    let start: String = kept.by_ref().take(CHARACTERS_MAX).collect();
    if kept.next().is_some() {
        start + "…"
    } else {
        start
    }
}

/// Characters that steer a terminal, or turn the direction of what follows.
fn is_order(character: char) -> bool {
    character.is_control() || matches!(character, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}
