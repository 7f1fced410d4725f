//! One case: a bad answer, and where it stands.

use jiff::Timestamp;
use serde::Serialize;
use survey::case::{Deed, Status};
use survey::metric::Band;

use super::state::State;
use crate::fold::{Folded, Key};
use crate::names::Names;
use crate::response::Response;

/// A low score with a comment or a contact, and how far it is.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Case {
    /// What was answered, where, and how.
    #[serde(flatten)]
    pub response: Response,
    /// When the score was received that makes it a case.
    pub opened_at: Timestamp,
    /// When an answer is due: 48 hours later, or 48 hours after it was opened again.
    pub due_at: Timestamp,
    /// Whether nobody has answered by then.
    pub overdue: bool,
    /// How far it is.
    pub status: Status,
    /// Who takes care of it.
    pub owner: Option<String>,
    /// When it was first answered, resolved, or found to need nothing.
    pub answered_at: Option<Timestamp>,
    /// When it was first resolved or found to need nothing.
    pub resolved_at: Option<Timestamp>,
    /// When it was last opened again.
    pub reopened_at: Option<Timestamp>,
    /// When something was last done.
    pub changed_at: Option<Timestamp>,
}

/// When the case of this response was opened, in microseconds since 1970; `None` if it is none.
///
/// The moment is that of the line whose score is in force: an answer that waited on a visitor's device
/// for days must not be late when it arrives.
pub(crate) fn opened(key: &Key, folded: &Folded, names: &Names) -> Option<i64> {
    let score = folded.score.as_ref()?;
    let metric = names.subject_of(key.subject)?.metric;
    let is_heard = folded.contact || folded.comment.is_some();
    (is_heard && metric.band(score.answer) == Band::Low).then_some(score.received)
}

impl Case {
    /// `None` only if the names do not belong to it.
    pub(crate) fn of(
        key: &Key,
        folded: Folded,
        names: &Names,
        opened: i64,
        state: State,
        now: i64,
    ) -> Option<Self> {
        let moment = |at: i64| Timestamp::from_microsecond(at).ok();
        Some(Self {
            response: Response::of(key, folded, names)?,
            opened_at: moment(opened)?,
            due_at: moment(state.due(opened))?,
            overdue: state.is_overdue(opened, now),
            status: state.status,
            answered_at: state.answered.and_then(moment),
            resolved_at: state.resolved.and_then(moment),
            reopened_at: state.reopened.and_then(moment),
            changed_at: state.changed.and_then(moment),
            owner: state.owner,
        })
    }

    /// Would this deed change anything, or add something to be known?
    #[must_use]
    pub fn is_changed_by(&self, deed: &Deed) -> bool {
        let owner = self.owner.as_deref().unwrap_or_default();
        deed.note.is_some()
            || deed.status.is_some_and(|status| status != self.status)
            || deed.owner.as_deref().is_some_and(|wanted| wanted != owner)
    }

    /// As lines have it.
    #[must_use]
    pub fn id(&self) -> String {
        self.response.id.to_string()
    }
}
