//! The address that somebody left, looked up where contacts are kept.

use std::path::Path;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use memchr::memmem;
use serde::{Deserialize, Serialize};
use survey::id::EventId;

use crate::lines;
use crate::segments::{self, ReadError};

/// How whoever waits for an answer can be reached.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case", tag = "state", content = "address")]
pub enum Contact {
    /// Nothing was left.
    None,
    /// As it was typed: an e-mail address or a telephone number.
    Kept(String),
    /// One was left, and is no longer kept: it was too old, or somebody erased it.
    Gone,
}

#[derive(Deserialize)]
struct Line {
    id: String,
    contact: String,
}

impl Contact {
    /// The contact left with this response, if one was left, on the day `since` or later.
    pub(super) fn of(
        data_dir: &Path,
        id: EventId,
        was_left: bool,
        since: Timestamp,
    ) -> Result<Self, ReadError> {
        if !was_left {
            return Ok(Self::None);
        }
        let first_day = since.to_zoned(TimeZone::UTC).date().to_string();
        let id = id.to_string();
        let finder = memmem::Finder::new(id.as_bytes());
        let mut found = None;
        for path in segments::contacts(data_dir)? {
            // Days are compared as the texts that name folders.
            if segments::day(&path).is_some_and(|day| day < first_day.as_str()) {
                continue;
            }
            lines::for_each(&path, |_, bytes| {
                let Ok(bytes) = bytes else { return };
                if finder.find(bytes).is_some()
                    && let Ok(line) = serde_json::from_slice::<Line>(bytes)
                    && line.id == id
                {
                    // Whoever corrects an address wants to be reached at the later one.
                    found = Some(line.contact);
                }
            })
            .map_err(|source| segments::refused(&path, source))?;
        }
        Ok(found.map_or(Self::Gone, Self::Kept))
    }
}
