//! Every way a command can fail: its sentence, what to do about it, and its exit code.

mod exit;

use crate::alerts::{AlertsError, PostError};
use crate::certificate::CertificateError;
use crate::doorway::password::Unfit;
use crate::faults::Faults;
use crate::journal::{AskError, LockError, OpenError};
use std::io;
use std::net::SocketAddr;
use std::path::PathBuf;

#[derive(Debug, thiserror::Error)]
pub(crate) enum Failure {
    #[error("there are no settings: `{}` does not exist", .0.display())]
    NoSettings(PathBuf),
    #[error("cannot read `{}`: {source}", path.display())]
    Unreadable { path: PathBuf, source: io::Error },
    #[error("there are no surveys: the folder `{}` does not exist", .0.display())]
    NoSurveys(PathBuf),
    #[error("`{0}` cannot be a survey's id")]
    NoSurveyId(String),
    #[error("there is a survey `{}` already", .0.display())]
    SurveyExists(PathBuf),
    #[error("{0} in the settings or surveys")]
    Faults(Faults),
    #[error("{0} in the themes")]
    FaultyThemes(Faults),
    #[error("the widget is not built: `{0}` is missing")]
    NoWidget(String),
    #[error("cannot listen on {address}: {source}")]
    Listen {
        address: SocketAddr,
        source: io::Error,
    },
    #[error(transparent)]
    Certificate(#[from] CertificateError),
    #[error("`tls_certificate` and `tls_key` go together, and only one is set")]
    HalfACertificate,
    #[error(transparent)]
    Alerts(#[from] AlertsError),
    #[error("`{0}` holds no secret of Standard Webhooks")]
    NoSecret(String),
    #[error("the webhook `{0}` has no secret")]
    Unsigned(String),
    #[error("there is no webhook in `hark.toml`")]
    NoWebhooks,
    #[error("there is no webhook `{0}`; there {1}")]
    NoSuchWebhook(String, String),
    #[error("{0}")]
    NotDelivered(String),
    #[error(transparent)]
    Journal(#[from] OpenError),
    #[error(transparent)]
    Ask(#[from] AskError),
    #[error("`{0}` is not the id of a response")]
    NoResponseId(String),
    #[error("`{0}` is not the beginning of an id")]
    NoCaseId(String),
    #[error("no case has an id that begins with `{0}`")]
    NoSuchCase(String),
    #[error(
        "`{0}` is a response and no case: its score is not low, or it has neither a comment nor a contact"
    )]
    NotACase(String),
    #[error("`{typed}` is the beginning of {total} ids: {}{}", quoted(first), if *total > first.len() as u64 { ", …" } else { "" })]
    SeveralCases {
        typed: String,
        total: u64,
        first: Vec<String>,
    },
    #[error(transparent)]
    Deed(#[from] survey::case::Refusal),
    #[error("cannot read standard input: {0}")]
    Input(io::Error),
    #[error(
        "the disk failed to sync eight times in a row; every answer since then was refused, none is lost"
    )]
    DiskGivenUp,
    #[error(
        "the journal stopped by itself, which is a mistake in hark; every acknowledged answer is stored"
    )]
    JournalDied,
    #[error("cannot start: {0}")]
    Runtime(io::Error),
    #[error(transparent)]
    Time(#[from] report::when::NotASpan),
    #[error(transparent)]
    Report(#[from] report::ReadError),
    #[error(transparent)]
    Export(#[from] report::export::ExportError),
    #[error("cannot write `{}`: {source}", path.display())]
    Unwritable { path: PathBuf, source: io::Error },
    #[error("`{0}` is not where pages find a collector")]
    NotAnOrigin(String),
    #[error("no collector is alive at {address}: {source}")]
    NotAlive {
        address: SocketAddr,
        source: io::Error,
    },
    #[error("`--watch` draws on a terminal, and there is none")]
    NoTerminal,
    #[error("Parquet is no text, and standard output is a terminal")]
    BinaryToTerminal,
    #[error("no line has an attribute `{0}`{hint}", hint = did_you_mean(.0))]
    NoSuchAttribute(String),
    #[error(transparent)]
    Unfit(#[from] Unfit),
    #[error("the two passwords differ")]
    PasswordsDiffer,
    #[error("the password cannot be hashed: {0}")]
    NoHash(String),
    #[error("`{0}` is no name of a token")]
    NoTokenName(String),
    #[error("there is a token `{0}` already")]
    TokenExists(String),
    #[error("there is no token `{0}`")]
    NoSuchToken(String),
    #[error("a line of `{}` is no token", .0.display())]
    BrokenTokens(PathBuf),
    #[error("cannot write the result: {0}")]
    Output(#[from] io::Error),
}

impl Failure {
    /// What to do, where the sentence does not say so itself.
    pub(crate) fn hint(&self) -> Option<&'static str> {
        let hint = match self {
            Self::NoSettings(_) => {
                "write it (see `hark serve --help`), name another with --config, or try \
                 `hark serve --demo`"
            }
            Self::NoSurveys(_) => "create it, or name another with --surveys",
            Self::NoSurveyId(_) => "write at most 64 letters, digits, `-` and `_`",
            Self::SurveyExists(_) => "choose another id, or change that file",
            Self::NoWidget(_) => "run `cargo xtask build`, or name a built one with --assets",
            Self::Listen { source, .. } => match source.kind() {
                io::ErrorKind::AddrInUse => {
                    "stop what listens there, or choose another port with --listen"
                }
                io::ErrorKind::PermissionDenied => "choose a port from 1024 up with --listen",
                _ => "choose an address of this machine with --listen",
            },
            Self::Certificate(_) => {
                "name the PEM files of a certificate with its chain, and of its key, both readable for \
                 this user, with --tls-certificate and --tls-key"
            }
            Self::HalfACertificate => "set the other one as well, or neither",
            Self::Alerts(AlertsError::Post(PostError::NoRoots)) => {
                "install the system's package `ca-certificates`, or name a PEM file in SSL_CERT_FILE"
            }
            Self::Alerts(_) => "make it a folder that this user may write to",
            Self::NoSecret(_) | Self::Unsigned(_) => {
                "`hark alert secret` makes one; write it as `secret`, into the file that `secret_file` names, \
                 or into HARK_WEBHOOK_SECRET"
            }
            Self::NoWebhooks => "write `[[webhook]]`, `url` and `secret`; docs/alerts.md says more",
            Self::Journal(OpenError::Lock(LockError::Taken(_))) => {
                "stop the other one, or choose another folder with --data"
            }
            Self::Ask(AskError::NoJournal(_)) => {
                "name the collector's data folder with --data, or start `hark serve` once"
            }
            Self::Ask(AskError::Refused { .. }) => {
                "let collector and command be the same version, then ask again; that file may be deleted"
            }
            Self::NoResponseId(_) => {
                "write an id as in the lines, such as `019aa5f0-4500-7fff-bfff-ffffffffffff`"
            }
            Self::NoCaseId(_) => {
                "write an id as `hark cases` lists it, or its beginning, such as `019aa5f0-4500`"
            }
            Self::NoSuchCase(_) => "`hark cases --status all` lists all there are",
            Self::SeveralCases { .. } => "write more of the one that is meant",
            Self::Journal(_) | Self::Ask(AskError::Open(_)) => {
                "make it a folder that this user may write to, or choose another with --data"
            }
            Self::NotAnOrigin(_) => {
                "write scheme and host, and the port if there is one, such as \
                 `--url https://feedback.example.com`"
            }
            Self::NoTerminal => "run it in a terminal, or leave --watch out",
            Self::BinaryToTerminal => "name a file with --output, or send it on with `|` or `>`",
            Self::Unwritable { .. } => "name a file in a folder that this user may write to",
            Self::DiskGivenUp => "look at the disk and its mount, then start again",
            Self::NoSuchAttribute(_) => {
                "write day, week, month, page, device, language, trigger, signal, channel, visitors, or \
                 an attribute that pages set with `hark('set', …)`"
            }
            Self::Unfit(Unfit::Empty) => {
                "type it, or send it as the first line of standard input; `--remove` takes it away"
            }
            Self::Unfit(_) => {
                "take a few words that have nothing to do with each other, or what a password manager makes"
            }
            Self::PasswordsDiffer => "nothing was changed; run it again",
            Self::NoTokenName(_) => "write at most 64 letters, digits, `-`, `_` or `.`",
            Self::TokenExists(_) => {
                "choose another name, or remove that one first with `hark token remove`"
            }
            Self::NoSuchToken(_) => "see which there are with `hark token list`",
            Self::BrokenTokens(_) => "mend that line or remove it; until then no token is taken",
            _ => return None,
        };
        Some(hint)
    }
}

fn quoted(ids: &[String]) -> String {
    let ids = ids.iter().map(|id| format!("`{id}`"));
    ids.collect::<Vec<_>>().join(", ")
}

/// The nearest segment that has a name of its own, should that have been meant.
fn did_you_mean(name: &str) -> String {
    report::By::NAMED
        .iter()
        .map(|(known, _)| (strsim::damerau_levenshtein(name, known), known))
        .filter(|(distance, _)| *distance <= 2)
        .min()
        .map_or_else(String::new, |(_, known)| {
            format!(", did you mean `{known}`?")
        })
}
