//! One impression: what the visitor does with the card, and what is sent because of it.
//!
//! A score is sent the moment it is given; whatever else stands there when the page goes away is
//! sent as well. Closing the card sends nothing that was not meant to be sent.

use crate::frequency::ACCIDENT_MILLISECONDS;
use crate::submission::Answers;

/// What a visitor does with the card.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Said {
    /// Selected a score without confirming it yet.
    Selected(u8),
    /// Gave a score; the flag says whether a question follows.
    Scored(u8, bool),
    /// Answered something else than the score: all such answers as they now stand.
    Answered(Answers),
    /// Went on to the next of several questions.
    WentOn,
    /// Reached the end.
    Finished,
    /// Closed the card.
    Closed,
}

/// What is to be sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Sending {
    /// All answers so far.
    Response {
        /// The score, if one was given.
        score: Option<u8>,
        /// The other answers.
        answers: Answers,
        /// Whether the visitor has reached the end.
        complete: bool,
    },
    /// The card was closed before any answer.
    Dismissal,
}

/// The state of one impression.
#[derive(Clone, Debug)]
pub struct Conversation {
    shown_at: f64,
    score: Option<u8>,
    answers: Answers,
    has_answered: bool,
    has_unsent: bool,
    is_over: bool,
}

impl Conversation {
    /// Begins when the card is shown, at `now` in milliseconds of a monotonic clock.
    #[must_use]
    pub const fn new(now: f64) -> Self {
        Self {
            shown_at: now,
            score: None,
            answers: Answers::new(),
            has_answered: false,
            has_unsent: false,
            is_over: false,
        }
    }

    /// Takes note of what the visitor did; gives what is to be sent.
    pub fn hear(&mut self, said: Said, now: f64) -> Option<Sending> {
        if self.is_over {
            return None;
        }
        match said {
            Said::Selected(score) => {
                self.score = Some(score);
                self.has_unsent = true;
                None
            }
            Said::Scored(score, more_follows) => {
                self.score = Some(score);
                self.is_over = !more_follows;
                Some(self.response())
            }
            Said::Answered(answers) => {
                self.answers = answers;
                self.has_unsent = true;
                None
            }
            Said::WentOn => self.leave(),
            Said::Finished => {
                self.is_over = true;
                Some(self.response())
            }
            Said::Closed => {
                self.is_over = true;
                let is_refusal = now - self.shown_at >= ACCIDENT_MILLISECONDS;
                (is_refusal && !self.has_answered).then_some(Sending::Dismissal)
            }
        }
    }

    /// The page goes away: what stands there unsent is sent as a partial response.
    pub fn leave(&mut self) -> Option<Sending> {
        (self.has_unsent && !self.is_over).then(|| self.response())
    }

    fn response(&mut self) -> Sending {
        self.has_answered = true;
        self.has_unsent = false;
        Sending::Response {
            score: self.score,
            answers: self.answers.clone(),
            complete: self.is_over,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SHOWN: f64 = 10_000.0;
    const LATER: f64 = 15_000.0;

    fn comment_of(comment: &str) -> Answers {
        Answers {
            comment: comment.to_owned(),
            ..Answers::new()
        }
    }

    fn response(score: u8, comment: &str, complete: bool) -> Option<Sending> {
        Some(Sending::Response {
            score: Some(score),
            answers: comment_of(comment),
            complete,
        })
    }

    #[test]
    fn a_score_is_sent_at_once_and_the_comment_with_the_end() {
        let mut conversation = Conversation::new(SHOWN);
        assert_eq!(
            conversation.hear(Said::Scored(3, true), LATER),
            response(3, "", false)
        );
        assert_eq!(
            conversation.hear(Said::Answered(comment_of("slow")), LATER),
            None
        );
        assert_eq!(
            conversation.hear(Said::Finished, LATER),
            response(3, "slow", true)
        );
        assert_eq!(conversation.hear(Said::Closed, LATER), None);
        assert_eq!(conversation.leave(), None);
    }

    #[test]
    fn going_on_sends_what_was_answered_and_nothing_twice() {
        let mut conversation = Conversation::new(SHOWN);
        conversation.hear(Said::Scored(3, true), LATER);
        assert_eq!(conversation.hear(Said::WentOn, LATER), None);
        conversation.hear(Said::Answered(comment_of("slow")), LATER);
        assert_eq!(
            conversation.hear(Said::WentOn, LATER),
            response(3, "slow", false)
        );
        assert_eq!(conversation.leave(), None);
    }

    #[test]
    fn a_score_that_nothing_follows_is_the_end() {
        let mut conversation = Conversation::new(SHOWN);
        assert_eq!(
            conversation.hear(Said::Scored(5, false), LATER),
            response(5, "", true)
        );
        assert_eq!(conversation.leave(), None);
    }

    #[test]
    fn what_stands_there_when_the_page_goes_away_is_sent_once() {
        let mut conversation = Conversation::new(SHOWN);
        assert_eq!(conversation.hear(Said::Selected(2), LATER), None);
        assert_eq!(conversation.leave(), response(2, "", false));
        assert_eq!(conversation.leave(), None);
        conversation.hear(Said::Answered(comment_of("slow")), LATER);
        assert_eq!(conversation.leave(), response(2, "slow", false));
    }

    #[test]
    fn closing_is_a_refusal_unless_it_was_an_accident_or_came_after_an_answer() {
        let mut refused = Conversation::new(SHOWN);
        assert_eq!(
            refused.hear(Said::Closed, SHOWN + 1_000.0),
            Some(Sending::Dismissal)
        );
        let mut by_accident = Conversation::new(SHOWN);
        assert_eq!(by_accident.hear(Said::Closed, SHOWN + 999.0), None);
        let mut answered = Conversation::new(SHOWN);
        answered.hear(Said::Scored(1, true), LATER);
        assert_eq!(answered.hear(Said::Closed, LATER), None);
    }

    #[test]
    fn a_selection_that_is_closed_away_is_not_an_answer() {
        let mut conversation = Conversation::new(SHOWN);
        conversation.hear(Said::Selected(2), LATER);
        assert_eq!(
            conversation.hear(Said::Closed, LATER),
            Some(Sending::Dismissal)
        );
        assert_eq!(conversation.leave(), None);
    }
}
