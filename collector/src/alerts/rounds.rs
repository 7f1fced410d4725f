//! A thread's work, done again and again until it is told to stop. Whatever fails is said, and done later:
//! nothing ends it.

use report::ReadError;
use std::io;
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::time::Duration;

/// How long trouble is let rest.
const AFTER_TROUBLE: Duration = Duration::from_secs(60);
/// A journal that is rewritten or packed while it is looked at is no trouble, unless it never holds still.
const MOST_CHANGES: u32 = 20;

/// Why something was not told.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Untold {
    #[error("cannot read the journal: {0}")]
    Journal(#[from] ReadError),
    #[error("cannot write to the outbox of alerts: {0}")]
    Outbox(#[from] io::Error),
}

/// Goes round, with a pause `between`; `what` is told.
pub(super) fn rounds(
    stop: &Receiver<()>,
    between: Duration,
    what: &str,
    mut round: impl FnMut() -> Result<(), Untold>,
) {
    let (mut pause, mut changes) = (Duration::ZERO, 0);
    while stop.recv_timeout(pause) == Err(RecvTimeoutError::Timeout) {
        let told = round();
        let has_changed = matches!(told, Err(Untold::Journal(ReadError::Changed(_))));
        changes = if has_changed { changes + 1 } else { 0 };
        pause = match told {
            Ok(()) => between,
            Err(error) if has_changed && changes < MOST_CHANGES => {
                tracing::debug!("{what} are told in a moment: {error}");
                between
            }
            Err(error) => {
                tracing::error!("{what} are told later: {error}");
                AFTER_TROUBLE
            }
        };
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::mpsc;
    use std::time::Instant;

    #[test]
    fn a_journal_that_changes_meanwhile_is_looked_at_again_without_a_rest() {
        let (stop, stopped) = mpsc::channel::<()>();
        let mut stop = Some(stop);
        let began = Instant::now();
        let mut looks = 0;
        rounds(&stopped, Duration::ZERO, "low scores", || {
            looks += 1;
            if looks == 2 {
                stop = None;
                return Ok(());
            }
            let gone = io::Error::from(io::ErrorKind::NotFound);
            Err(ReadError::Changed(gone).into())
        });
        assert_eq!(looks, 2);
        assert!(began.elapsed() < AFTER_TROUBLE);
    }
}
