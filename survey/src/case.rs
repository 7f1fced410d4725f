//! What people do about a bad answer: who takes it, what was done, and a note, as a line of the journal.
//!
//! The case itself is no line: every low score with a comment or a contact is one. What is written here
//! comes from the shop's staff and is checked like everything that comes from outside.

use crate::id::EventId;
use crate::mask::mask;
use serde::{Deserialize, Serialize};
use std::fmt;

/// How far a case is.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// Nobody has answered yet.
    #[default]
    Open,
    /// Somebody has answered, and the matter is not settled.
    Answered,
    /// Settled.
    Resolved,
    /// Looked at, and nothing is to be done.
    NoAction,
}

/// What somebody did about a case: only what changes is said.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Deed {
    /// How far the case is from now on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<Status>,
    /// Who takes care of it from now on; empty where nobody does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(length(max = NAME_CHARACTERS_MAX)))]
    pub owner: Option<String>,
    /// A note, personal data in it masked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(length(min = 1, max = NOTE_CHARACTERS_MAX)))]
    pub note: Option<String>,
    /// Who did this.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(length(min = 1, max = NAME_CHARACTERS_MAX)))]
    pub by: Option<String>,
}

/// A deed as it is stored, beside the lines of the response it is about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct CaseLine {
    /// Always `case`.
    #[serde(rename = "type")]
    kind: Kind,
    /// Of the response.
    #[cfg_attr(feature = "schema", schemars(extend("format" = "uuid")))]
    id: String,
    /// The site's key.
    site: String,
    /// The survey's id.
    survey: String,
    #[serde(flatten)]
    deed: Deed,
    /// When it was done, by the collector's clock (RFC 3339, UTC).
    #[cfg_attr(feature = "schema", schemars(extend("format" = "date-time")))]
    received_at: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
enum Kind {
    Case,
}

/// So many characters a note may have.
pub const NOTE_CHARACTERS_MAX: usize = 2_000;
/// So many characters a name of staff may have.
pub const NAME_CHARACTERS_MAX: usize = 100;

/// Why a deed is not believed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// Longer than is kept.
    #[error("the {field} has {length} characters, and {most} are kept at most")]
    TooLong {
        /// What is too long.
        field: Field,
        /// How long it is.
        length: usize,
        /// How long it may be.
        most: usize,
    },
    /// A character that would do something else than be read.
    #[error("the {field} has the invisible character U+{code:04X}; write it without", code = u32::from(*.character))]
    Invisible {
        /// Where it is.
        field: Field,
        /// Which.
        character: char,
    },
    /// No status, no owner, no note.
    #[error("there is nothing to write down: neither a status nor an owner nor a note")]
    Nothing,
}

/// What is written by hand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Field {
    /// [`Deed::note`].
    Note,
    /// [`Deed::owner`].
    Owner,
    /// [`Deed::by`].
    By,
}

impl Status {
    /// All of them, in the order of a case's life.
    pub const ALL: [Self; 4] = [Self::Open, Self::Answered, Self::Resolved, Self::NoAction];

    /// The name used in lines.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Answered => "answered",
            Self::Resolved => "resolved",
            Self::NoAction => "no_action",
        }
    }

    /// The status of this name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|status| status.name() == name)
    }

    /// Is there nothing left to be done?
    #[must_use]
    pub const fn is_over(self) -> bool {
        matches!(self, Self::Resolved | Self::NoAction)
    }
}

impl Deed {
    /// Takes what was typed: without spaces around it, line ends as one character, personal data in the
    /// note masked. What is empty is not said, but for the owner, who is nobody then.
    ///
    /// # Errors
    /// When a text is too long or has characters that cannot be seen, or nothing is left to be written.
    pub fn checked(self) -> Result<Self, Refusal> {
        let owner = self.owner.map(|text| name(Field::Owner, &text));
        let by = self.by.map(|text| name(Field::By, &text)).transpose()?;
        let note = self.note.map(|text| note(&text)).transpose()?;
        let deed = Self {
            status: self.status,
            owner: owner.transpose()?,
            note: note.filter(|text| !text.is_empty()),
            by: by.filter(|text| !text.is_empty()),
        };
        if deed.status.is_none() && deed.owner.is_none() && deed.note.is_none() {
            return Err(Refusal::Nothing);
        }
        Ok(deed)
    }
}

impl CaseLine {
    /// The line of a deed about the response `id`, which answers this survey of this site.
    #[must_use]
    pub fn new(id: EventId, site: &str, survey: &str, deed: Deed, received_at: String) -> Self {
        Self {
            kind: Kind::Case,
            id: id.to_string(),
            site: site.to_owned(),
            survey: survey.to_owned(),
            deed,
            received_at,
        }
    }

    /// Without its newline.
    #[must_use]
    pub fn text(&self) -> String {
        // Strings alone: serialising them cannot fail.
        serde_json::to_string(self).unwrap_or_default()
    }
}

fn name(field: Field, text: &str) -> Result<String, Refusal> {
    let text = text.trim();
    bounded(field, text, NAME_CHARACTERS_MAX)?;
    visible(field, text, |_| false)?;
    Ok(text.to_owned())
}

fn note(text: &str) -> Result<String, Refusal> {
    let text = text.trim().replace("\r\n", "\n").replace('\r', "\n");
    bounded(Field::Note, &text, NOTE_CHARACTERS_MAX)?;
    visible(Field::Note, &text, |character| {
        matches!(character, '\n' | '\t')
    })?;
    Ok(mask(&text).into_owned())
}

fn bounded(field: Field, text: &str, most: usize) -> Result<(), Refusal> {
    let length = text.chars().count();
    if length > most {
        return Err(Refusal::TooLong {
            field,
            length,
            most,
        });
    }
    Ok(())
}

/// Control characters order terminals about, and those that turn the direction of writing make a text
/// look like another (Unicode Technical Standard 39, 5.4 and UAX 9, 2).
fn visible(field: Field, text: &str, is_welcome: fn(char) -> bool) -> Result<(), Refusal> {
    let is_hidden = |character: &char| {
        let turns = matches!(character, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
        let ends_lines = matches!(character, '\u{2028}' | '\u{2029}');
        (character.is_control() && !is_welcome(*character)) || turns || ends_lines
    };
    match text.chars().find(is_hidden) {
        Some(character) => Err(Refusal::Invisible { field, character }),
        None => Ok(()),
    }
}

impl fmt::Display for Status {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.name())
    }
}

impl fmt::Display for Field {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Note => "note",
            Self::Owner => "owner",
            Self::By => "name of who does it",
        })
    }
}

#[cfg(test)]
mod tests;
