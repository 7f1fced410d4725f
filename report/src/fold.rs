//! All lines of one id, folded into what became of one impression. The order, the repetition and
//! the split of the lines make no difference, so resending and re-reading are harmless.

use crate::line::{Act, Line};

/// One card that became visible. Any line of its id proves that it did, even when the line that
/// says so was lost.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Impression {
    /// Sorted; an id has a handful.
    seqs: Vec<u32>,
    response: Option<Response>,
    dismissed: bool,
}

/// All answers of one impression, as far as figures need them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Response {
    score: Option<Latest>,
    complete: bool,
}

/// A score and what decides between two of them: the highest sequence number, then the later
/// receipt. The score itself comes last, so that even contradicting lines have one outcome.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Latest {
    seq: u32,
    received_microseconds: i64,
    score: u8,
}

/// Whether a line with this sequence number was there before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Seen {
    First,
    Again,
}

impl Impression {
    /// Folds one more line in.
    pub(crate) fn fold(&mut self, line: &Line) -> Seen {
        match line.act {
            Act::Saw => {}
            Act::Dismissed => self.dismissed = true,
            Act::Answered { score, complete } => {
                let response = self.response.get_or_insert_default();
                response.complete |= complete;
                response.score = response
                    .score
                    .max(score.map(|score| Latest::of(score, line)));
            }
        }
        self.note(line.seq)
    }

    fn note(&mut self, seq: u32) -> Seen {
        match self.seqs.binary_search(&seq) {
            Ok(_) => Seen::Again,
            Err(place) => {
                self.seqs.insert(place, seq);
                Seen::First
            }
        }
    }

    /// The score in force, if one was given.
    pub(crate) fn score(&self) -> Option<u8> {
        self.response?.score.map(|latest| latest.score)
    }

    /// Did anything come back, be it partial?
    pub(crate) fn answered(&self) -> bool {
        self.response.is_some()
    }

    /// Did the visitor go through to the end?
    pub(crate) fn complete(&self) -> bool {
        self.response.is_some_and(|response| response.complete)
    }

    /// Was it closed without an answer?
    pub(crate) fn dismissed(&self) -> bool {
        self.dismissed && !self.answered()
    }
}

impl Latest {
    fn of(score: u8, line: &Line) -> Self {
        Self {
            seq: line.seq,
            received_microseconds: line.received_at.as_microsecond(),
            score,
        }
    }
}

#[cfg(test)]
mod tests;
