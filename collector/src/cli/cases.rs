//! What is typed after `hark cases`.

use super::{Config, Data};
use clap::{Args, Subcommand, ValueEnum};

/// Follow up bad answers: who waits, since when, and what was done
///
/// A case is a low score with a comment or a contact. An answer is due within 48 hours. What is done
/// about a case is written down for good, beside the answers; it works while `serve` runs. Without a
/// verb the cases are listed, those that wait longest first.
#[derive(Debug, Args)]
#[command(
    args_conflicts_with_subcommands = true,
    after_long_help = "\
Examples:
  hark cases                             open and answered ones, overdue ones first
  hark cases --status overdue --owner '' overdue ones that nobody takes care of
  hark cases --format json | jq -r '.cases[].id'
  hark cases show 019aa5f0-4500          all of one case, and how to reach its sender
  hark cases assign 019aa5f0-4500 anna
  hark cases answer 019aa5f0-4500 --note 'Sent a new voucher'
  hark cases resolve 019aa5f0-4500

The beginning of an id is enough where no other case begins so. Personal data in notes is masked, as in
comments. A time is a span back from now (`30d`, `12h`), a day in UTC (`2026-11-21`) or a moment
(`2026-11-21T10:00:00Z`)."
)]
pub(crate) struct Cases {
    #[command(subcommand)]
    pub(crate) verb: Option<CaseVerb>,
    #[command(flatten)]
    pub(crate) list: CaseList,
}

#[derive(Debug, Args)]
pub(crate) struct CaseList {
    #[command(flatten)]
    pub(crate) config: Config,
    #[command(flatten)]
    pub(crate) data: Data,
    /// Only those of this status; figures are of all
    #[arg(long, value_enum, default_value_t)]
    pub(crate) status: CaseStatus,
    /// Only those of this survey
    #[arg(long, value_name = "ID")]
    pub(crate) survey: Option<String>,
    /// Only those of this site
    #[arg(long, value_name = "KEY")]
    pub(crate) site: Option<String>,
    /// Only those of this owner; of nobody where it is empty
    #[arg(long, value_name = "NAME")]
    pub(crate) owner: Option<String>,
    /// Only those opened from then on
    #[arg(long, value_name = "TIME")]
    pub(crate) since: Option<String>,
    /// Only those opened until then
    #[arg(long, value_name = "TIME")]
    pub(crate) until: Option<String>,
    /// List so many at most [default: 50 in a table, else all]
    #[arg(long, value_name = "NUMBER")]
    pub(crate) limit: Option<usize>,
    /// How to print
    #[arg(long, value_enum, default_value_t)]
    pub(crate) format: CaseFormat,
    /// Also answers that browsers driven by programs sent
    #[arg(long)]
    pub(crate) include_automated: bool,
}

#[derive(Debug, Subcommand)]
pub(crate) enum CaseVerb {
    /// Show all of a case: score, place, comment, contact, and what was done
    Show(ShowCase),
    /// Write down that somebody has answered
    Answer(CaseDeed),
    /// Write down that the matter is settled
    Resolve(CaseDeed),
    /// Write down that nothing is to be done
    Close(CaseDeed),
    /// Open a case again; 48 hours begin anew
    Reopen(CaseDeed),
    /// Say who takes care of it
    Assign(AssignCase),
    /// Add a note
    Note(NoteCase),
}

#[derive(Debug, Args)]
pub(crate) struct CaseAt {
    #[command(flatten)]
    pub(crate) config: Config,
    #[command(flatten)]
    pub(crate) data: Data,
    /// The case's id, or enough of its beginning
    #[arg(value_name = "ID")]
    pub(crate) id: String,
}

#[derive(Debug, Args)]
pub(crate) struct ShowCase {
    #[command(flatten)]
    pub(crate) at: CaseAt,
    /// Print JSON, for programs
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Debug, Args)]
pub(crate) struct By {
    /// Who does this
    #[arg(long, env = "HARK_BY", value_name = "NAME", hide_env_values = true)]
    pub(crate) by: Option<String>,
}

#[derive(Debug, Args)]
pub(crate) struct CaseDeed {
    #[command(flatten)]
    pub(crate) at: CaseAt,
    /// What was said or found, at most 2,000 characters; `-` reads it from standard input
    #[arg(long, value_name = "TEXT")]
    pub(crate) note: Option<String>,
    #[command(flatten)]
    pub(crate) by: By,
}

#[derive(Debug, Args)]
pub(crate) struct AssignCase {
    #[command(flatten)]
    pub(crate) at: CaseAt,
    /// Who takes care of it from now on, at most 100 characters
    #[arg(value_name = "NAME", required_unless_present = "nobody")]
    pub(crate) owner: Option<String>,
    /// Take it away from whoever has it
    #[arg(long, conflicts_with = "owner")]
    pub(crate) nobody: bool,
    /// What they should know; `-` reads it from standard input
    #[arg(long, value_name = "TEXT")]
    pub(crate) note: Option<String>,
    #[command(flatten)]
    pub(crate) by: By,
}

#[derive(Debug, Args)]
pub(crate) struct NoteCase {
    #[command(flatten)]
    pub(crate) at: CaseAt,
    /// At most 2,000 characters; `-` reads it from standard input
    #[arg(value_name = "TEXT")]
    pub(crate) note: String,
    #[command(flatten)]
    pub(crate) by: By,
}

#[derive(Clone, Copy, Debug, Default, ValueEnum)]
pub(crate) enum CaseStatus {
    /// Open or answered
    #[default]
    Unsettled,
    /// Open for more than 48 hours
    Overdue,
    /// Nobody has answered yet
    Open,
    /// Answered, and not settled
    Answered,
    /// Settled
    Resolved,
    /// Nothing was to be done
    #[value(name = "no_action")]
    NoAction,
    /// All of them
    All,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum CaseFormat {
    /// For people
    #[default]
    Table,
    /// For programs, nothing left out
    Json,
    /// Rows for a spreadsheet
    Csv,
}
