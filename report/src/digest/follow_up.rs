//! Whom to answer: cases that wait at the end of the stretch, overdue ones first, and how well those of
//! the stretch were followed up.

use jiff::Timestamp;
use serde::Serialize;
use survey::case::Status;

use crate::cases::{Case, Cases, Figures, Wanted, Which};
use crate::comments::{PEOPLE_MIN, Quote};
use crate::query::Query;
use crate::read::Reading;
use crate::segments::ReadError;

/// Cases that nobody has answered, and how well others were followed up.
#[derive(Clone, Debug, Default, Serialize)]
pub struct FollowUps {
    /// How many wait for an answer at the end of the stretch, however old they are.
    pub total: u64,
    /// Of these, those whose time is over.
    pub overdue: u64,
    /// Of these, those who left a contact.
    pub with_contact: u64,
    /// The first of them: overdue ones, then the others, by when an answer is due.
    pub first: Vec<FollowUp>,
    /// Of the cases that were opened in the stretch.
    pub figures: Figures,
}

/// One case that waits.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FollowUp {
    /// Of the response: its contact is kept under the same id.
    pub id: String,
    /// The survey's id.
    pub survey: String,
    /// Where it was shown.
    pub site: String,
    /// When it was received.
    pub received_at: Timestamp,
    /// When an answer is due.
    pub due_at: Timestamp,
    /// Whether it is too late for that.
    pub overdue: bool,
    /// Who takes care of it.
    pub owner: Option<String>,
    /// The score.
    pub score: u8,
    /// What was written; absent where so few answered that the writer could be recognised.
    pub quote: Option<Quote>,
    /// Whether a contact was left.
    pub contact: bool,
}

/// So many are listed.
const LISTED: usize = 20;

impl FollowUps {
    /// At `now`, the end of the stretch that `query` asks for; `responses` says how many answered a survey of a
    /// site in it.
    pub(super) fn of(
        reading: &Reading,
        query: &Query,
        now: Timestamp,
        responses: impl Fn(&str, &str) -> u64,
    ) -> Result<Self, ReadError> {
        let wanted = |since, which, most| Wanted {
            query: Query {
                since,
                ..query.clone()
            },
            now,
            owner: None,
            which,
            most,
        };
        let waiting = Cases::of(reading, &wanted(None, Which::Of(Status::Open), LISTED))?;
        let stretch = Cases::of(reading, &wanted(query.since, Which::All, 0))?;
        let first = waiting.cases.into_iter().filter_map(|case| {
            let mut follow_up = FollowUp::of(case)?;
            if responses(&follow_up.survey, &follow_up.site) < PEOPLE_MIN {
                follow_up.quote = None;
            }
            Some(follow_up)
        });
        Ok(Self {
            total: waiting.total,
            overdue: waiting.figures.overdue,
            with_contact: waiting.with_contact,
            first: first.collect(),
            figures: stretch.figures,
        })
    }
}

impl FollowUp {
    fn of(case: Case) -> Option<Self> {
        Some(Self {
            id: case.id(),
            quote: Quote::of(&case.response),
            score: case.response.score?,
            survey: case.response.survey,
            site: case.response.site,
            received_at: case.opened_at,
            due_at: case.due_at,
            overdue: case.overdue,
            owner: case.owner,
            contact: case.response.contact,
        })
    }
}
