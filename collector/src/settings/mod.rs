//! What the operator has decided: a flag over the environment over `hark.toml` over the default.

mod demo;
mod file;
mod limits;
mod origin;

pub(crate) use limits::Limits;
pub(crate) use origin::Origin;

use crate::cli;
use crate::failure::Failure;
use crate::faults::Faults;
use crate::journal::Retention;
use file::Written;
use report::comments::Lexicon;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};
use survey::offer::SitePolicy;

/// Everything `hark serve` goes by.
#[derive(Debug)]
pub(crate) struct Settings {
    pub(crate) listen: SocketAddr,
    pub(crate) data: PathBuf,
    pub(crate) surveys: SurveyFiles,
    /// How long lines and contacts are kept.
    pub(crate) retention: Retention,
    pub(crate) limits: Limits,
    /// The built widget's folder, where it is not the one in the program.
    pub(crate) assets: Option<PathBuf>,
    pub(crate) sites: Vec<Site>,
    /// Whether the demo shop is served.
    pub(crate) demo: bool,
}

/// Where survey files come from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum SurveyFiles {
    Folder(PathBuf),
    /// The demo shop's, kept in the program.
    Demo,
}

/// One shop that may ask and answer.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Site {
    /// Its public key.
    pub(crate) key: String,
    /// The pages' origins that may send.
    pub(crate) origins: Vec<Origin>,
    pub(crate) policy: SitePolicy,
}

const DEFAULT_LISTEN: SocketAddr = SocketAddr::new(std::net::IpAddr::V4(Ipv4Addr::LOCALHOST), 7700);
/// Thirteen months: last year's season can still be compared with.
const RETAIN_DAYS: u32 = 395;
const CONTACT_RETAIN_DAYS: u32 = 90;
const DEFAULT_CONFIG: &str = "hark.toml";
const THEMES: &str = "themes.toml";

impl Settings {
    /// What `hark serve` was told, with the faults of `hark.toml` if there are any.
    pub(crate) fn new(typed: cli::Serve, faults: &mut Faults) -> Result<Self, Failure> {
        let demo = typed.demo;
        let written = if demo {
            Some(demo::settings())
        } else {
            read(&typed.config, faults)?
        };
        let written = written.unwrap_or_default();
        let surveys = typed.surveys.surveys.or(written.surveys);
        Ok(Self {
            listen: typed.listen.or(written.listen).unwrap_or(DEFAULT_LISTEN),
            data: data(typed.data, written.data),
            surveys: match surveys {
                None if demo => SurveyFiles::Demo,
                folder => survey_folder(folder),
            },
            retention: Retention {
                days: typed
                    .retain_days
                    .or(written.retain_days)
                    .unwrap_or(RETAIN_DAYS),
                contact_days: typed
                    .contact_retain_days
                    .or(written.contact_retain_days)
                    .unwrap_or(CONTACT_RETAIN_DAYS),
            },
            limits: Limits::new(typed.limits, written.limits),
            assets: typed.assets,
            sites: written.sites,
            demo,
        })
    }
}

/// Where `hark check` finds the surveys, with the faults of `hark.toml`.
pub(crate) fn surveys(typed: cli::Check, faults: &mut Faults) -> Result<SurveyFiles, Failure> {
    let folder = typed.surveys.surveys;
    let written = match read(&typed.config, faults) {
        Err(Failure::NoSettings(_)) if typed.config.config.is_none() && folder.is_some() => None,
        written => written?,
    };
    let written = written.and_then(|written| written.surveys);
    Ok(survey_folder(folder.or(written)))
}

/// Where `hark report` finds the lines; it needs no other setting, and so no `hark.toml`.
pub(crate) fn data_folder(config: &cli::Config, typed: cli::Data) -> Result<PathBuf, Failure> {
    if typed.data.is_some() {
        return Ok(data(typed, None));
    }
    let mut faults = Faults::default();
    let written = match read(config, &mut faults) {
        Err(Failure::NoSettings(_)) if config.config.is_none() => None,
        written => written?,
    };
    faults.none().map_err(Failure::Faults)?;
    Ok(data(typed, written.and_then(|written| written.data)))
}

/// The themes that comments are heard for: the built-in ones, changed by `themes.toml` beside the
/// settings file if there is one.
pub(crate) fn themes(config: &cli::Config) -> Result<Lexicon, Failure> {
    let settings = config
        .config
        .as_deref()
        .unwrap_or(Path::new(DEFAULT_CONFIG));
    let path = settings.with_file_name(THEMES);
    let text = match std::fs::read_to_string(&path) {
        Ok(text) => text,
        Err(source) if source.kind() == std::io::ErrorKind::NotFound => {
            return Ok(Lexicon::default());
        }
        Err(source) => return Err(Failure::Unreadable { path, source }),
    };
    let mut faults = Faults::default();
    let lexicon = faults.keep(&path.display().to_string(), Lexicon::with(&text));
    faults.none().map_err(Failure::FaultyThemes)?;
    Ok(lexicon.unwrap_or_default())
}

fn data(typed: cli::Data, written: Option<PathBuf>) -> PathBuf {
    typed.data.or(written).unwrap_or_else(|| "data".into())
}

fn survey_folder(folder: Option<PathBuf>) -> SurveyFiles {
    SurveyFiles::Folder(folder.unwrap_or_else(|| "surveys".into()))
}

/// Reads `hark.toml`; `None` once its faults are noted.
fn read(typed: &cli::Config, faults: &mut Faults) -> Result<Option<Written>, Failure> {
    let path = typed.config.as_deref().unwrap_or(Path::new(DEFAULT_CONFIG));
    let text = std::fs::read_to_string(path).map_err(|source| match source.kind() {
        std::io::ErrorKind::NotFound => Failure::NoSettings(path.to_owned()),
        _ => Failure::Unreadable {
            path: path.to_owned(),
            source,
        },
    })?;
    let written = faults.keep(&path.display().to_string(), file::parse(&text));
    // Paths in a file mean the same wherever hark is started from.
    let folder = path.parent().unwrap_or(Path::new(""));
    Ok(written.map(|written| written.within(folder)))
}
