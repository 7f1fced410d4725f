//! What was answered after the score: only what the survey asks, and only in the form it asks for.

use super::fields::Fields;
use super::{LONGEST_COMMENT, Refusal, wrong};
use crate::definition::Survey;
use crate::offer::FollowUpKind;
use serde::Serialize;

/// The longest address, in characters (RFC 5321 allows no longer one).
pub(crate) const LONGEST_CONTACT: usize = 254;

/// Answers to what was asked after the score; an address is kept elsewhere.
#[derive(Clone, Debug, Default, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub(super) struct Answers {
    /// In the visitor's own words; what identifies somebody is masked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) comment: Option<String>,
    /// The key of the option chosen.
    #[serde(skip_serializing_if = "Option::is_none")]
    choice: Option<String>,
    /// The keys of the options chosen.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    choices: Vec<String>,
    #[serde(skip)]
    pub(super) contact: Option<String>,
}

impl Answers {
    pub(super) fn read(mut fields: Fields<'_>, survey: &Survey) -> Result<Self, Refusal> {
        let answers = Self {
            comment: fields.typed("comment", LONGEST_COMMENT)?,
            choice: fields.word("choice")?,
            choices: fields.words("choices")?,
            contact: fields.text("contact", LONGEST_CONTACT)?,
        };
        fields.must_be_empty()?;
        for key in answers.choice.iter().chain(&answers.choices) {
            if !survey.has_option(key) {
                return Err(wrong("answers", "made of options that the survey offers"));
            }
        }
        let asks = |kind| survey.follow_ups.iter().any(|asked| asked.kind == kind);
        if answers.contact.is_some() && !asks(FollowUpKind::Contact) {
            return Err(wrong(
                "answers.contact",
                "left out: the survey asks for none",
            ));
        }
        Ok(answers)
    }

    /// Whether there is nothing to store in the line.
    pub(super) const fn is_empty(&self) -> bool {
        self.comment.is_none() && self.choice.is_none() && self.choices.is_empty()
    }
}
