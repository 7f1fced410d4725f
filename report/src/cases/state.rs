//! Where a case stands after all that was done about it.

use survey::case::{Deed, Status};

use super::DUE;

/// A deed and when it was done, in microseconds since 1970. Deeds of one moment follow each other in
/// the order of what they say, always in the same way.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Dated {
    pub(crate) at: i64,
    pub(crate) deed: Deed,
}

/// Where a case stands. Moments are in microseconds since 1970.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct State {
    pub(crate) status: Status,
    /// Who takes care of it.
    pub(crate) owner: Option<String>,
    /// When it was first answered, resolved, or found to need nothing.
    pub(crate) answered: Option<i64>,
    /// When it was first resolved or found to need nothing.
    pub(crate) resolved: Option<i64>,
    /// When it was last opened again.
    pub(crate) reopened: Option<i64>,
    /// When something was last done.
    pub(crate) changed: Option<i64>,
}

impl State {
    /// After these, which are in their order and each there once.
    pub(crate) fn after<'d>(deeds: impl IntoIterator<Item = &'d Dated>) -> Self {
        let mut state = Self::default();
        for Dated { at, deed } in deeds {
            state.changed = Some(*at);
            if let Some(status) = deed.status {
                state.turn(status, *at);
            }
            if let Some(owner) = &deed.owner {
                state.owner = Some(owner.clone()).filter(|owner| !owner.is_empty());
            }
        }
        state
    }

    fn turn(&mut self, status: Status, at: i64) {
        match status {
            Status::Open if self.status != Status::Open => self.reopened = Some(at),
            Status::Open => {}
            Status::Answered => self.answered = self.answered.or(Some(at)),
            Status::Resolved | Status::NoAction => {
                self.answered = self.answered.or(Some(at));
                self.resolved = self.resolved.or(Some(at));
            }
        }
        self.status = status;
    }

    /// When an answer is due: 48 hours after the case was opened, or opened again.
    pub(crate) fn due(&self, opened: i64) -> i64 {
        self.reopened.unwrap_or(opened).max(opened) + DUE
    }

    /// Does somebody still wait who should have heard by now?
    pub(crate) fn is_overdue(&self, opened: i64, now: i64) -> bool {
        self.status == Status::Open && now > self.due(opened)
    }
}
