//! The exit code of every failure, after `sysexits.h`. Whoever starts `hark serve` again by it asks one question:
//! whether the same may go well the next time. Of 1 and 2 it will not, before somebody has changed something.

use super::Failure;
use crate::alerts::{AlertsError, Untold};
use crate::journal::{LockError, OpenError};
use std::io::{self, ErrorKind};
use std::process::ExitCode;

const FAILED: u8 = 1;
const WRONG_USE: u8 = 2;
/// `EX_UNAVAILABLE`
const NO_PORT: u8 = 69;
/// `EX_SOFTWARE`
const MISTAKE: u8 = 70;
/// `EX_OSERR`
const SYSTEM: u8 = 71;
/// `EX_IOERR`
const DISK: u8 = 74;
/// `EX_TEMPFAIL`
const TAKEN: u8 = 75;

impl Failure {
    /// As the help says.
    pub(crate) fn exit_code(&self) -> ExitCode {
        self.code().into()
    }

    fn code(&self) -> u8 {
        match self {
            Self::Time(_)
            | Self::NoSuchAttribute(_)
            | Self::NoSurveyId(_)
            | Self::BinaryToTerminal
            | Self::NoResponseId(_)
            | Self::NoCaseId(_)
            | Self::Deed(_)
            | Self::NotAnOrigin(_)
            | Self::NoSuchWebhook(..)
            | Self::NoTokenName(_)
            | Self::NoTerminal => WRONG_USE,
            Self::Listen { source, .. } => unless_settings(source, NO_PORT),
            Self::JournalDied => MISTAKE,
            Self::Runtime(_) | Self::Alerts(AlertsError::Thread(_)) => SYSTEM,
            Self::DiskGivenUp | Self::Alerts(AlertsError::Untold(Untold::Journal(_))) => DISK,
            Self::Journal(OpenError::Lock(LockError::Taken(_))) => TAKEN,
            Self::Journal(
                OpenError::Folder { source, .. }
                | OpenError::Lock(LockError::Unwritable { source, .. }),
            )
            | Self::Alerts(
                AlertsError::Folder { source, .. } | AlertsError::Untold(Untold::Outbox(source)),
            ) => unless_settings(source, DISK),
            _ => FAILED,
        }
    }
}

/// What somebody has to change is no trouble that passes.
fn unless_settings(source: &io::Error, code: u8) -> u8 {
    match source.kind() {
        ErrorKind::PermissionDenied
        | ErrorKind::AlreadyExists
        | ErrorKind::NotADirectory
        | ErrorKind::IsADirectory => FAILED,
        _ => code,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::alerts::PostError;
    use crate::journal::AskError;
    use rustix::io::Errno;
    use std::net::SocketAddr;
    use std::path::PathBuf;

    fn of(error: Errno) -> io::Error {
        error.into()
    }

    fn listen(error: Errno) -> Failure {
        Failure::Listen {
            address: SocketAddr::from(([127, 0, 0, 1], 80)),
            source: of(error),
        }
    }

    fn folder(error: Errno) -> OpenError {
        OpenError::Folder {
            folder: PathBuf::new(),
            source: of(error),
        }
    }

    fn lock(error: Errno) -> Failure {
        Failure::Journal(OpenError::Lock(LockError::Unwritable {
            folder: PathBuf::new(),
            source: of(error),
        }))
    }

    fn alerts(error: Errno) -> Failure {
        Failure::Alerts(AlertsError::Folder {
            folder: PathBuf::new(),
            source: of(error),
        })
    }

    #[test]
    fn what_may_pass_has_a_code_of_its_own_and_what_somebody_must_change_has_not() {
        let taken = || LockError::Taken(PathBuf::new());
        let unheard = report::ReadError::Changed(of(Errno::NOENT));
        let rows = [
            (Failure::NoSettings(PathBuf::new()), 1),
            (Failure::NoTerminal, 2),
            (listen(Errno::ADDRINUSE), 69),
            (listen(Errno::ADDRNOTAVAIL), 69),
            (listen(Errno::ACCESS), 1),
            (Failure::JournalDied, 70),
            (Failure::Runtime(of(Errno::MFILE)), 71),
            (AlertsError::Thread(of(Errno::AGAIN)).into(), 71),
            (Failure::DiskGivenUp, 74),
            (folder(Errno::IO).into(), 74),
            (folder(Errno::NOSPC).into(), 74),
            (folder(Errno::ROFS).into(), 74),
            (folder(Errno::ACCESS).into(), 1),
            (folder(Errno::NOTDIR).into(), 1),
            (lock(Errno::NOSPC), 74),
            (lock(Errno::ISDIR), 1),
            (alerts(Errno::NOSPC), 74),
            (alerts(Errno::ACCESS), 1),
            (AlertsError::from(Untold::from(of(Errno::IO))).into(), 74),
            (AlertsError::from(Untold::from(unheard)).into(), 74),
            (AlertsError::from(PostError::NoRoots).into(), 1),
            (Failure::Journal(taken().into()), 75),
            // Nobody starts a command again by its code.
            (AskError::from(folder(Errno::IO)).into(), 1),
        ];
        for (failure, code) in rows {
            assert_eq!(failure.code(), code, "{failure:?}");
        }
    }
}
