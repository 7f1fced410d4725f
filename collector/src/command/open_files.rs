//! How many files, connections among them, the system lets this process have open.

use crate::http::TOLD_AT_ONCE;
use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};

/// What the journal, the assets and reports need beside connections, and those who are told that there
/// are too many: a crowd must never keep an answer from the disk.
pub(crate) const NEEDED: usize = 32 + TOLD_AT_ONCE;

/// Raises the usual limit to the highest that is allowed without asking; gives the limit then.
pub(crate) fn allow() -> usize {
    let limit = getrlimit(Resource::Nofile);
    let raised = Rlimit {
        current: limit.maximum,
        maximum: limit.maximum,
    };
    let current = match setrlimit(Resource::Nofile, raised) {
        Ok(()) => limit.maximum,
        Err(_) => limit.current,
    };
    current.map_or(usize::MAX, |files| {
        usize::try_from(files).unwrap_or(usize::MAX)
    })
}
