//! A deed as a run keeps it: one JSON object a line, read only when cases are asked for.

use serde::{Deserialize, Serialize};
use survey::case::Deed;

use crate::line::Case;

/// What was done about a response, and when.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct StoredDeed {
    /// Of the response; in two halves: JSON has no number of 128 bits.
    id: (u64, u64),
    pub(crate) site: String,
    /// In microseconds since 1970.
    pub(crate) at: i64,
    pub(crate) deed: Deed,
}

impl StoredDeed {
    pub(crate) fn of(case: Case<'_>) -> Self {
        let id = case.id.as_u128();
        Self {
            id: ((id >> 64) as u64, id as u64),
            site: case.site.to_owned(),
            at: case.received,
            deed: case.deed,
        }
    }

    pub(crate) fn id(&self) -> u128 {
        u128::from(self.id.0) << 64 | u128::from(self.id.1)
    }
}
