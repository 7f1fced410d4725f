//! What may be asked after the score.

use super::read::every;
use crate::metric::Band;
use crate::plain::Plain;
use serde::Serialize;

/// A question after the score.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct FollowUp {
    /// For which scores; any when absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub when: Option<Band>,
    /// How it is answered.
    #[serde(skip_serializing_if = "FollowUpKind::is_usual")]
    pub kind: FollowUpKind,
    /// The question.
    pub question: String,
    /// What can be chosen, for the two kinds that choose.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub options: Vec<Choice>,
}

/// How a question after the score is answered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum FollowUpKind {
    /// In the visitor's own words.
    #[default]
    Text,
    /// By one option.
    Choice,
    /// By any number of options.
    Choices,
    /// By leaving an address.
    Contact,
}

/// Something that can be chosen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Choice {
    /// What is stored.
    pub key: String,
    /// What is read.
    pub text: String,
}

impl FollowUpKind {
    /// Every kind, the usual one first.
    pub const ALL: [Self; 4] = [Self::Text, Self::Choice, Self::Choices, Self::Contact];

    /// The name used in survey files.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Choice => "choice",
            Self::Choices => "choices",
            Self::Contact => "contact",
        }
    }

    // Serde hands over a reference.
    fn is_usual(&self) -> bool {
        *self == Self::Text
    }
}

impl FollowUp {
    /// Reads a follow-up as an offer holds it.
    pub(super) fn read(plain: &Plain) -> Self {
        let when = plain.word("when");
        let kind = plain.word("kind");
        let mut kinds = FollowUpKind::ALL.into_iter();
        Self {
            when: Band::ALL.into_iter().find(|band| band.name() == when),
            kind: kinds.find(|known| known.name() == kind).unwrap_or_default(),
            question: plain.text("question"),
            options: every(plain, "options", Choice::read),
        }
    }
}

impl Choice {
    fn read(plain: &Plain) -> Self {
        Self {
            key: plain.text("key"),
            text: plain.text("text"),
        }
    }
}
