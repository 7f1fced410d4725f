//! A question after the score, as a survey file defines it.

use super::Survey;
use super::Text;
use crate::metric::Band;
use crate::offer::FollowUpKind;
use crate::wording;

/// A question after the score.
#[derive(Clone, Debug)]
pub struct FollowUpDefinition {
    /// For which scores; any when absent.
    pub when: Option<Band>,
    /// How it is answered.
    pub kind: FollowUpKind,
    /// Which standard wording it uses.
    pub wording: FollowUpWording,
    /// Its own question, in place of the standard one.
    pub question: Option<Text>,
    /// What can be chosen, in place of the standard options; empty unless something is.
    pub options: Vec<OptionDefinition>,
}

/// Which standard wording a follow-up uses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FollowUpWording {
    /// The main reason for the answer.
    Reason,
    /// What could be done better.
    Improve,
    /// What was liked most.
    Liked,
    /// What kept the visitor from ordering, with its options.
    Abandon,
    /// Where an answer may be sent.
    Contact,
}

/// Something that can be chosen.
#[derive(Clone, Debug)]
pub struct OptionDefinition {
    /// What is stored: the same in every language, and for good.
    pub key: String,
    /// What is read.
    pub text: Text,
}

impl FollowUpDefinition {
    fn has_option(&self, key: &str) -> bool {
        if self.options.is_empty() {
            self.wording == FollowUpWording::Abandon && wording::ABANDON_OPTIONS.contains(&key)
        } else {
            self.options.iter().any(|option| option.key == key)
        }
    }
}

impl Survey {
    /// Whether one of its questions offers an option of this key.
    #[must_use]
    pub fn has_option(&self, key: &str) -> bool {
        let mut follow_ups = self.follow_ups.iter();
        follow_ups.any(|follow_up| follow_up.has_option(key))
    }
}
