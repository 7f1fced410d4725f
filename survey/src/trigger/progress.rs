//! How far a moment that takes time has come, so that its watcher needs no clock of its own.

/// How far the time has come.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Progress {
    /// It has been long enough.
    Reached,
    /// Look again after this many milliseconds.
    LookAgainIn(f64),
    /// Nothing will come before something else happens.
    Paused,
}

impl Progress {
    /// Reached at `due`, else to be looked at then; both in milliseconds of a monotonic clock.
    pub(super) fn until(due: f64, now: f64) -> Self {
        if now >= due {
            Self::Reached
        } else {
            Self::LookAgainIn(due - now)
        }
    }
}
