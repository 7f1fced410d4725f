//! All lines of one id, folded into what became of one impression.
//!
//! The order, the repetition and the split of the lines make no difference: what is folded from
//! some of them and what is folded from the others merge to what all of them fold to. Resending,
//! reading again, and reading segments apart from each other are therefore harmless.

mod latest;
mod seqs;

use crate::line::{Act, Answered, Line};
use crate::names::{ContextKey, Names, SessionKey, SubjectKey, VisitorKey};
pub(crate) use latest::Latest;
pub(crate) use seqs::Seqs;

/// Which lines fold into one. An id makes several of these only where its lines disagree about
/// their survey, or about who sent them: erasing a visitor hides the lines that name the visitor.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Key {
    pub(crate) id: u128,
    pub(crate) subject: SubjectKey,
    pub(crate) automated: bool,
    pub(crate) visitor: VisitorKey,
}

/// One card that became visible, as far as lines tell. Any line of its id proves that it did, even
/// when the line that says so was lost. Or one event of the page's own, which has no answers and no survey
/// for a subject. Moments are in microseconds since 1970.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Folded {
    /// How many lines were folded.
    pub(crate) lines: u32,
    pub(crate) seqs: Seqs,
    /// When its first line was received.
    pub(crate) received: i64,
    /// When the card was shown, by the visitor's clock.
    pub(crate) shown: Option<i64>,
    /// When the first score was given, by the visitor's clock.
    pub(crate) scored: Option<i64>,
    pub(crate) answered: bool,
    pub(crate) complete: bool,
    /// Completed when there were as many as wanted.
    pub(crate) over_quota: bool,
    pub(crate) dismissed: bool,
    pub(crate) contact: bool,
    pub(crate) score: Option<Latest<u8>>,
    pub(crate) comment: Option<Latest<Box<str>>>,
    pub(crate) choice: Option<Latest<Box<str>>>,
    /// A JSON array.
    pub(crate) choices: Option<Latest<Box<str>>>,
    pub(crate) asked: Asked,
}

/// Where and how somebody was asked: what the line with the lowest number says. The rest of the
/// order only decides between lines that contradict each other, always in the same way.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Asked {
    pub(crate) seq: u32,
    pub(crate) received: i64,
    pub(crate) context: ContextKey,
    pub(crate) visit: Option<u32>,
    /// Of the page load, where the visit is not known.
    pub(crate) session: Option<SessionKey>,
    /// Pages seen so far; 0 where nobody counted.
    pub(crate) pages: u32,
    /// A JSON object, or empty: attributes, or an event's properties.
    pub(crate) attributes: Box<str>,
    /// When, by the visitor's clock.
    pub(crate) at: i64,
}

impl Key {
    /// Do what was folded under both keys belong together? Who sent the lines only matters for erasing.
    pub(crate) fn is_of_the_same_impression(&self, other: &Self) -> bool {
        (self.id, self.subject, self.automated) == (other.id, other.subject, other.automated)
    }
}

impl Folded {
    /// What no line folds to. Lines are folded into it where it lies: what is made elsewhere and then
    /// moved there takes longer than a line to read.
    pub(crate) fn nothing() -> Self {
        Self {
            lines: 0,
            seqs: Seqs::default(),
            received: i64::MAX,
            shown: None,
            scored: None,
            answered: false,
            complete: false,
            over_quota: false,
            dismissed: false,
            contact: false,
            score: None,
            comment: None,
            choice: None,
            choices: None,
            asked: Asked::latest(),
        }
    }

    /// Folds one more line in.
    pub(crate) fn fold(&mut self, line: &Line<'_>, names: &mut Names) {
        if (line.seq, line.received) <= (self.asked.seq, self.asked.received) {
            let asked = Asked::of(line, names);
            if asked < self.asked {
                self.asked = asked;
            }
        }
        self.lines += 1;
        self.seqs.insert(line.seq);
        self.received = self.received.min(line.received);
        match &line.act {
            Act::Saw => self.shown = earlier(self.shown, Some(line.at)),
            Act::Dismissed => self.dismissed = true,
            Act::Answered(answered) => self.fold_answers(line, answered),
            Act::Told => {}
        }
    }

    fn fold_answers(&mut self, line: &Line<'_>, answered: &Answered<'_>) {
        let order = (line.seq, line.received);
        self.answered = true;
        self.complete |= answered.complete;
        self.over_quota |= answered.over_quota;
        self.contact |= answered.contact;
        if let Some(score) = answered.score {
            self.score = self.score.max(Some(Latest::new(order, score)));
            self.scored = earlier(self.scored, Some(line.at));
        }
        Latest::hear(&mut self.comment, order, answered.comment);
        Latest::hear(&mut self.choice, order, answered.choice);
        Latest::hear(&mut self.choices, order, answered.choices);
    }

    /// Adds what other lines of the same id fold to.
    pub(crate) fn merge(&mut self, other: Self) {
        self.lines += other.lines;
        self.seqs.merge(other.seqs);
        self.received = self.received.min(other.received);
        self.shown = earlier(self.shown, other.shown);
        self.scored = earlier(self.scored, other.scored);
        self.answered |= other.answered;
        self.complete |= other.complete;
        self.over_quota |= other.over_quota;
        self.dismissed |= other.dismissed;
        self.contact |= other.contact;
        self.score = self.score.max(other.score);
        self.comment = self.comment.take().max(other.comment);
        self.choice = self.choice.take().max(other.choice);
        self.choices = self.choices.take().max(other.choices);
        if other.asked < self.asked {
            self.asked = other.asked;
        }
    }

    /// How many of the lines said what another had said before.
    pub(crate) fn duplicates(&self) -> u64 {
        u64::from(self.lines) - self.seqs.count()
    }

    /// When it was last heard of, as far as that is kept: by the first line, and by the answers in force.
    pub(crate) fn last_heard(&self) -> i64 {
        let said = [&self.comment, &self.choice, &self.choices];
        let said = said.into_iter().flatten().map(|said| said.received);
        let scored = self.score.map(|score| score.received);
        said.chain(scored).fold(self.received, i64::max)
    }

    /// From the card's appearance to the first score, in microseconds; `None` unless both are known.
    pub(crate) fn time_to_answer(&self) -> Option<i64> {
        Some(self.scored? - self.shown?).filter(|duration| *duration >= 0)
    }
}

impl Asked {
    /// Later than any line.
    fn latest() -> Self {
        Self {
            seq: u32::MAX,
            received: i64::MAX,
            context: ContextKey(u64::MAX),
            visit: None,
            session: None,
            pages: 0,
            attributes: Box::default(),
            at: i64::MAX,
        }
    }

    fn of(line: &Line<'_>, names: &mut Names) -> Self {
        Self {
            seq: line.seq,
            received: line.received,
            context: names.context(&line.circumstances),
            visit: line.visit,
            session: line.session.map(SessionKey::of),
            pages: line.pages,
            attributes: line.attributes.unwrap_or_default().into(),
            at: line.at,
        }
    }
}

fn earlier(one: Option<i64>, other: Option<i64>) -> Option<i64> {
    match (one, other) {
        (Some(one), Some(other)) => Some(one.min(other)),
        (one, other) => one.or(other),
    }
}

#[cfg(test)]
mod tests;
