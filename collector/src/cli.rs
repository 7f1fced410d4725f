//! What is typed: commands and flags. What they mean is decided in [`crate::settings`].

mod access;
mod alert;
mod cases;
mod check;
mod limits;
mod meant;
mod new;
mod serve;
mod sessions;
mod typed;

pub(crate) use access::{NamedToken, Password, TokenCommand, TokenDeed, TokenPlace};
pub(crate) use alert::{Alert as AlertCommand, Asked};
pub(crate) use cases::{
    AssignCase, By, CaseAt, CaseDeed, CaseFormat, CaseList, CaseStatus, CaseVerb, Cases, NoteCase,
    ShowCase,
};
pub(crate) use check::Check;
pub(crate) use limits::{Limits, ProxyHeader, network};
pub(crate) use new::{Measured, New};
pub(crate) use serve::{LogFormat, LogLevel, Serve};
pub(crate) use sessions::{Lasting, Sessions, lasting};
pub(crate) use typed::Typed;

use clap::{Args, Parser, Subcommand, ValueEnum};
use std::net::SocketAddr;
use std::path::PathBuf;

/// Ask shoppers one question at the right moment, and keep every answer
///
/// One program next to the shop: it serves the survey widget, stores what visitors answer as JSON
/// lines on disk, and says what the answers mean.
#[derive(Debug, Parser)]
#[command(name = "hark", version, max_term_width = 100, after_long_help = EXIT_CODES)]
pub(crate) struct Cli {
    #[command(subcommand)]
    pub(crate) command: Command,
}

const EXIT_CODES: &str = "\
Exit codes:
  0   done
  1   failed; standard error says why and what to do
  2   wrong use of a command or flag
Of `serve`, what may pass by itself:
  69  the port is taken, or the address not there yet
  70  the journal stopped by itself, a mistake in hark
  71  the system gives no thread, file or signal
  74  the disk: full, read-only, failing, or no sync eight times in a row
  75  another hark writes to the same data folder

Results go to standard output, everything else to standard error.";

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    Serve(Serve),
    Check(Check),
    New(New),
    Alert(AlertCommand),
    Report(Report),
    Cases(Cases),
    Digest(Digest),
    Export(Export),
    Erase(Erase),
    Retain(Retain),
    Password(Password),
    Token(TokenCommand),
    Health(Health),
    /// Print the OpenAPI document of all that `serve` answers
    ///
    /// Every address, what it takes and what it gives, as OpenAPI 3.1 in JSON. It is generated from the
    /// code and needs neither settings nor surveys.
    Openapi,
}

/// Say what the answers mean: what moved, and each survey's figures with n and interval
///
/// Reads the lines in the data folder, also while `serve` is writing there. What it has read of finished
/// files it keeps under `cache` in that folder, so the next report takes a fraction of the time.
#[derive(Debug, Args)]
#[command(after_long_help = "\
Examples:
  hark report                            everything there is
  hark report --survey checkout-effort --since 30d
  hark report --since 2026-11-01 --until 2026-11-30 --by week
  hark report --by device                which devices differ from the rest
  hark report --by cart_value            small carts and large ones
  hark report --format json | jq '.surveys[].figures'
  hark report --format html > report.html
  hark report --watch                    on the terminal, drawn anew with every answer
  hark report --kpi --since 30d          orders, their value and more, by score

A time is a span back from now (`30d`, `12h`), a day in UTC (`2026-11-21`) or a moment
(`2026-11-21T10:00:00Z`); `--until` with a day includes that day.

An arrow marks a difference that chance is unlikely to make, all tests of the report taken into
account. Fewer than 10 answers make no figure, fewer than 30 a preliminary one. Answers it takes:
                       +- 10     +- 5      to find a difference of 10 (in each group)
  NPS, points           230       920       940
  CSAT, percent          62       246       250
  ease, 1 to 7           40 for +- half a point, 160 for half a point of difference")]
pub(crate) struct Report {
    #[command(flatten)]
    pub(crate) config: Config,
    #[command(flatten)]
    pub(crate) data: Data,
    /// Only this survey
    #[arg(long, value_name = "ID")]
    pub(crate) survey: Option<String>,
    /// Only this site
    #[arg(long, value_name = "KEY")]
    pub(crate) site: Option<String>,
    /// Only what was received from then on
    #[arg(long, value_name = "TIME")]
    pub(crate) since: Option<String>,
    /// Only what was received until then
    #[arg(long, value_name = "TIME")]
    pub(crate) until: Option<String>,
    /// Split each survey: day, week, month, page, device, language, trigger, signal, channel, visitors
    /// (new or returning), or an attribute the page sets; its numbers in bands
    #[arg(long, value_name = "WHAT")]
    pub(crate) by: Option<report::By>,
    /// Compare with the period of the same length before --since (without --since: the last 7 days
    /// with the 7 before), or with nothing
    #[arg(long, value_enum, value_name = "WITH", default_value_t)]
    pub(crate) compare: Compare,
    /// Which chart of daily values says that a figure has fallen lately
    #[arg(long, value_enum, value_name = "CHART", default_value_t)]
    pub(crate) alert: Alert,
    /// Intervals that stay true however often one looks: for figures that are watched
    #[arg(long)]
    pub(crate) live: bool,
    /// How to print
    #[arg(long, value_enum, default_value_t)]
    pub(crate) format: Format,
    /// Leave out what people wrote: faster, and all one needs for figures
    #[arg(long)]
    pub(crate) no_comments: bool,
    /// Keep the table on the terminal, drawn anew when an answer comes in
    ///
    /// The intervals are then wide enough to be looked at all the time.
    #[arg(long, conflicts_with = "format")]
    pub(crate) watch: bool,
    /// Shop figures in place of those of surveys: who orders, for how much, by score and stage
    ///
    /// Made of the events `purchase` and `contact` that the shop sends; says what these cannot tell.
    #[arg(long, conflicts_with_all = ["by", "compare", "alert", "live", "no_comments", "watch", "method"])]
    pub(crate) kpi: bool,
    /// How the interval of an NPS is made
    #[arg(long, value_enum, default_value_t)]
    pub(crate) method: Method,
    /// Print figures even where there are fewer than 10 answers
    #[arg(long)]
    pub(crate) all: bool,
    /// Count what browsers driven by programs sent
    #[arg(long)]
    pub(crate) include_automated: bool,
}

/// Say what moved, what people say and whom to answer: for e-mail, cron, or a page to share
///
/// Compares the last seven days with the seven before. Themes come from a built-in lexicon and from
/// `themes.toml` beside hark.toml.
#[derive(Debug, Args)]
#[command(after_long_help = "\
Examples:
  hark digest                            the last seven days, as text
  hark digest --since 30d --html digest.html
  hark digest --text | mail -s 'What shoppers say' team@shop.example

The page is one file that loads nothing and runs nothing. A time is a span back from now (`30d`,
`12h`), a day in UTC (`2026-11-21`) or a moment (`2026-11-21T10:00:00Z`).")]
pub(crate) struct Digest {
    #[command(flatten)]
    pub(crate) config: Config,
    #[command(flatten)]
    pub(crate) data: Data,
    /// Write a page to this file, whole or not at all
    #[arg(long, value_name = "FILE")]
    pub(crate) html: Option<PathBuf>,
    /// Print text; without --html this is done anyway
    #[arg(long)]
    pub(crate) text: bool,
    /// Only this survey
    #[arg(long, value_name = "ID")]
    pub(crate) survey: Option<String>,
    /// Only this site
    #[arg(long, value_name = "KEY")]
    pub(crate) site: Option<String>,
    /// From then on [default: 7d]
    #[arg(long, value_name = "TIME")]
    pub(crate) since: Option<String>,
    /// Until then [default: now]
    #[arg(long, value_name = "TIME")]
    pub(crate) until: Option<String>,
}

/// Write the responses as rows, for a spreadsheet or another program
///
/// One row each, with everything that is known of it: all lines of a response are folded, erased ones
/// are left out. Contact details are kept apart and never exported.
#[derive(Debug, Args)]
#[command(after_long_help = "\
Examples:
  hark export --format csv --output answers.csv
  hark export --format parquet --since 30d --output answers.parquet
  hark export --format jsonl --survey recommend | jq -r .comment

In CSV, text that a spreadsheet would run as a formula begins with an apostrophe.
A time is a span back from now (`30d`, `12h`), a day in UTC (`2026-11-21`) or a moment
(`2026-11-21T10:00:00Z`); `--until` with a day includes that day.")]
pub(crate) struct Export {
    #[command(flatten)]
    pub(crate) config: Config,
    #[command(flatten)]
    pub(crate) data: Data,
    /// How to write
    #[arg(long, value_enum)]
    pub(crate) format: ExportFormat,
    /// File to write, whole or not at all [default: standard output]
    #[arg(long, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
    /// Only this survey
    #[arg(long, value_name = "ID")]
    pub(crate) survey: Option<String>,
    /// Only this site
    #[arg(long, value_name = "KEY")]
    pub(crate) site: Option<String>,
    /// Only what was received from then on
    #[arg(long, value_name = "TIME")]
    pub(crate) since: Option<String>,
    /// Only what was received until then
    #[arg(long, value_name = "TIME")]
    pub(crate) until: Option<String>,
    /// Also impressions without an answer: closed, or left alone
    #[arg(long)]
    pub(crate) impressions: bool,
    /// Also what browsers driven by programs sent
    #[arg(long)]
    pub(crate) include_automated: bool,
}

/// Forget what a visitor said, or one response: lines, contacts, everywhere
///
/// Works beside a running `serve`, which then does it, or on a stopped one. The lines are hidden from
/// reports at once; then every segment that holds one is rewritten without it, compressed ones too.
/// Prints how many lines were removed once all of it is on disk.
#[derive(Debug, Args)]
#[command(after_long_help = "\
Examples:
  hark erase --visitor 4f1d2c            every response of this visitor
  hark erase --response 019aa5f0-4500-7fff-bfff-ffffffffffff
  hark erase --visitor - < visitors.txt  one a line
  hark erase --visitor a --visitor b --data /var/lib/hark

Interrupted, it is completed when `hark serve` or `hark erase` runs next. Backups are yours to clean.")]
pub(crate) struct Erase {
    #[command(flatten)]
    pub(crate) config: Config,
    #[command(flatten)]
    pub(crate) data: Data,
    /// Whose lines, as their `visitor` says; several times, or `-` for standard input
    #[arg(long, value_name = "ID", required_unless_present = "response")]
    pub(crate) visitor: Vec<String>,
    /// Which response, as its lines' `id` says; several times, or `-` for standard input
    #[arg(long, value_name = "ID")]
    pub(crate) response: Vec<String>,
}

/// Remove what was received more than so many days ago, now
///
/// `serve` does the same each day with `retain_days` of hark.toml, once its lines show that so many days have
/// passed; this believes the clock. Works beside it or on a stopped one.
/// Whole days are removed; contacts go as well, if they are as old.
#[derive(Debug, Args)]
#[command(after_long_help = "\
Examples:
  hark retain --days 395                 keep thirteen months
  hark retain --days 30 --data /var/lib/hark")]
pub(crate) struct Retain {
    #[command(flatten)]
    pub(crate) config: Config,
    #[command(flatten)]
    pub(crate) data: Data,
    /// How many days are kept, today not counted
    #[arg(long, value_name = "DAYS", value_parser = clap::value_parser!(u32).range(1..=36_500))]
    pub(crate) days: u32,
}

/// Say whether the collector on this machine is alive
///
/// For containers: asks for `/healthz` where `serve` listens by the same settings; where it speaks TLS,
/// only whether the port is open.
#[derive(Debug, Args)]
pub(crate) struct Health {
    #[command(flatten)]
    pub(crate) config: Config,
    /// Address and port to ask at [default: 127.0.0.1:7700]
    #[arg(
        long,
        env = "HARK_LISTEN",
        value_name = "ADDRESS",
        hide_env_values = true
    )]
    pub(crate) listen: Option<SocketAddr>,
}

#[derive(Clone, Debug, Args)]
pub(crate) struct Config {
    /// Settings file [default: hark.toml]
    #[arg(long, env = "HARK_CONFIG", value_name = "FILE", hide_env_values = true)]
    pub(crate) config: Option<PathBuf>,
}

#[derive(Clone, Debug, Args)]
pub(crate) struct Data {
    /// Folder of the stored lines [default: data]
    #[arg(long, env = "HARK_DATA", value_name = "FOLDER", hide_env_values = true)]
    pub(crate) data: Option<PathBuf>,
}

#[derive(Clone, Debug, Args)]
pub(crate) struct Surveys {
    /// Folder of the survey files [default: surveys]
    #[arg(
        long,
        env = "HARK_SURVEYS",
        value_name = "FOLDER",
        hide_env_values = true
    )]
    pub(crate) surveys: Option<PathBuf>,
}

#[derive(Clone, Copy, Debug, Default, ValueEnum)]
pub(crate) enum Format {
    /// For people
    #[default]
    Table,
    /// For programs, in full precision
    Json,
    /// Rows for a spreadsheet: a figure each, without what people wrote
    Csv,
    /// A page in one file
    Html,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum ExportFormat {
    /// For spreadsheets
    Csv,
    /// Typed columns, for DuckDB, pandas and their like
    Parquet,
    /// One JSON object a line, nothing left out
    Jsonl,
}

#[derive(Clone, Copy, Debug, Default, ValueEnum)]
pub(crate) enum Compare {
    /// With the period before
    #[default]
    Previous,
    /// With nothing
    Nothing,
}

#[derive(Clone, Copy, Debug, Default, ValueEnum)]
pub(crate) enum Alert {
    /// Moving average: a false alarm about once in 500 days
    #[default]
    Ewma,
    /// Cumulative sum: once in 930 days, quickest for sudden falls
    Cusum,
}

#[derive(Clone, Copy, Debug, Default, ValueEnum)]
pub(crate) enum Method {
    /// Closest to 95 % on average
    #[default]
    #[value(name = "adjusted_wald")]
    AdjustedWald,
    /// Safest for few answers near either end
    #[value(name = "bonett_price")]
    BonettPrice,
}
