//! One case, found by its id or the beginning of it.

use std::path::Path;
use std::str::FromStr;

use jiff::Timestamp;
use serde::Serialize;
use survey::case::Deed;
use survey::id::EventId;

use super::case::{self, Case};
use super::contact::Contact;
use super::handled::Handled;
use crate::read::Reading;
use crate::run::Wanted as Parts;
use crate::segments::ReadError;

/// The beginning of an id, with or without hyphens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Idea {
    typed: String,
    /// The first id that begins so, and the last.
    first: u128,
    last: u128,
}

/// The text is not the beginning of an id.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("an id is made of the digits 0 to 9 and a to f, 32 at most, with hyphens between them")]
pub struct NoIdea;

/// What was found.
#[derive(Clone, Debug)]
pub enum Lookup {
    /// The case that was meant.
    One(Box<Found>),
    /// Several begin so; the first few of them.
    Several {
        /// How many.
        total: u64,
        /// The first few.
        first: Vec<Case>,
    },
    /// A response of this id, or of one that begins so, is there and is no case.
    NoCase(EventId),
    /// No response begins so.
    Nothing,
}

/// A case with all that is known of it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Found {
    /// The case.
    #[serde(flatten)]
    pub case: Case,
    /// How whoever waits can be reached.
    pub reach: Contact,
    /// What was done, first things first.
    pub history: Vec<Done>,
}

/// Something that was done about a case.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Done {
    /// When.
    pub at: Timestamp,
    /// What.
    #[serde(flatten)]
    pub deed: Deed,
}

/// So many are named where several are meant.
const NAMED: usize = 5;

impl FromStr for Idea {
    type Err = NoIdea;

    fn from_str(typed: &str) -> Result<Self, NoIdea> {
        let digits: Vec<u32> = typed
            .chars()
            .filter(|character| *character != '-')
            .map(|character| character.to_digit(16).ok_or(NoIdea))
            .collect::<Result<_, _>>()?;
        if digits.is_empty() || digits.len() > 32 {
            return Err(NoIdea);
        }
        let rest = 4 * (32 - digits.len() as u32);
        let start = digits
            .iter()
            .fold(0_u128, |bits, digit| bits << 4 | u128::from(*digit));
        let first = start.checked_shl(rest).unwrap_or_default();
        let all_after = 1_u128.checked_shl(rest).unwrap_or_default().wrapping_sub(1);
        Ok(Self {
            typed: typed.to_owned(),
            first,
            last: first | all_after,
        })
    }
}

impl Idea {
    /// As it was typed.
    #[must_use]
    pub fn typed(&self) -> &str {
        &self.typed
    }

    fn means(&self, id: u128) -> bool {
        (self.first..=self.last).contains(&id)
    }
}

impl Lookup {
    pub(super) fn of(
        reading: &Reading,
        data_dir: &Path,
        idea: &Idea,
        now: Timestamp,
    ) -> Result<Self, ReadError> {
        let handled = Handled::whole(reading, |id| idea.means(id))?;
        let (now, names) = (now.as_microsecond(), &reading.names);
        let (mut total, mut first, mut no_case) = (0, Vec::new(), None);
        let parts = Parts {
            answers: true,
            attributes: true,
        };
        reading.for_ids(idea.first, idea.last, parts, |key, folded| {
            let Some(opened) = case::opened(key, &folded, names) else {
                no_case = EventId::from_u128(key.id);
                return;
            };
            total += 1;
            if first.len() < NAMED {
                let state = handled.state(key.id, i64::MAX);
                first.extend(Case::of(key, folded, names, opened, state, now));
            }
        })?;
        match (total, first.pop()) {
            (_, None) => Ok(no_case.map_or(Self::Nothing, Self::NoCase)),
            (1, Some(case)) => Ok(Self::One(Box::new(Found::of(case, data_dir, &handled)?))),
            (_, Some(last)) => {
                first.push(last);
                Ok(Self::Several { total, first })
            }
        }
    }
}

impl Found {
    fn of(case: Case, data_dir: &Path, handled: &Handled) -> Result<Self, ReadError> {
        let response = &case.response;
        let reach = Contact::of(
            data_dir,
            response.id,
            response.contact,
            response.received_at,
        )?;
        let history = handled.deeds(response.id.as_u128()).iter();
        let history = history.filter_map(|dated| {
            Some(Done {
                at: Timestamp::from_microsecond(dated.at).ok()?,
                deed: dated.deed.clone(),
            })
        });
        Ok(Self {
            history: history.collect(),
            reach,
            case,
        })
    }
}
