//! What was told already: two small files in `data/alerts/`, each of one thread, each written whole.

use crate::journal;
use jiff::Timestamp;
use jiff::civil::Date;
use report::Position;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, VecDeque};
use std::io;
use std::path::Path;

/// How far the lines were heard.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(super) struct Heard {
    pub(super) position: Position,
    /// Ids of the last alerts made of lines: a response has several lines, and one alert.
    pub(super) told: Recent,
}

/// Ids of the last alerts.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub(super) struct Recent(VecDeque<String>);

/// A response that is still being given has its lines within so many others, and no more alerts wait for a
/// webhook.
const MOST_REMEMBERED: usize = 1_024;

/// What the clock has brought so far.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(super) struct Seen {
    /// Of cases that were due until then all is told.
    pub(super) overdue_until: Option<Timestamp>,
    /// The last day, in UTC, on which falls were looked for.
    pub(super) looked_on: Option<Date>,
    /// The day on which a fall was told last, by site and survey.
    pub(super) falls: BTreeMap<String, Date>,
    /// The day of each webhook's last digest.
    pub(super) digests: BTreeMap<String, Date>,
}

impl Recent {
    /// Whether this alert is among them.
    pub(super) fn knows(&self, id: &str) -> bool {
        self.0.iter().any(|known| known == id)
    }

    /// Adds it, and forgets the oldest if they become too many.
    pub(super) fn remember(&mut self, id: String) {
        self.0.push_back(id);
        if self.0.len() > MOST_REMEMBERED {
            self.0.pop_front();
        }
    }
}

/// What such a file says; `None` where there is none that can be read.
pub(super) fn recall<T: DeserializeOwned>(path: &Path) -> io::Result<Option<T>> {
    match std::fs::read(path) {
        Ok(bytes) => Ok(serde_json::from_slice(&bytes).ok()),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

/// Writes such a file.
pub(super) fn keep(path: &Path, what: &impl Serialize) -> io::Result<()> {
    let bytes = serde_json::to_vec(what).map_err(io::Error::other)?;
    journal::replace_file(path, &bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_alerts_are_remembered_and_old_ones_are_not() {
        let mut heard = Heard::default();
        for number in 0..=MOST_REMEMBERED {
            heard.told.remember(format!("msg_{number}"));
        }
        assert!(heard.told.knows("msg_1") && !heard.told.knows("msg_0"));
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("heard.json");
        assert_eq!(recall::<Heard>(&path).expect("read"), None);
        keep(&path, &heard).expect("written");
        assert_eq!(recall(&path).expect("read"), Some(heard));
    }
}
