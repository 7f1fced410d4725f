//! What the operator has decided: a flag over the environment over `hark.toml` over the default.

mod choices;
mod demo;
mod file;
mod limits;
mod origin;
mod sessions;
mod site_choices;
mod stages;
mod webhook;

pub(crate) use choices::Choice;
pub(crate) use limits::Limits;
pub(crate) use origin::Origin;
pub(crate) use stages::{StagePatterns, shops as shops_of};

use crate::alerts::Webhook;
use crate::certificate::CertificateFiles;
use crate::cli::{self, LogFormat, LogLevel, Typed};
use crate::doorway::Spans;
use crate::failure::Failure;
use crate::faults::Faults;
use crate::journal::Retention;
use choices::Choices;
use file::Written;
use report::comments::Lexicon;
use report::kpi::Shops;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};
use survey::offer::SitePolicy;
use survey::wording::Language;

/// Everything `hark serve` goes by.
#[derive(Debug)]
pub(crate) struct Settings {
    pub(crate) listen: SocketAddr,
    pub(crate) data: PathBuf,
    pub(crate) surveys: SurveyFiles,
    /// How long lines and contacts are kept.
    pub(crate) retention: Retention,
    /// Where the certificate is, if TLS is spoken.
    pub(crate) certificate: Option<CertificateFiles>,
    pub(crate) log_format: LogFormat,
    pub(crate) log_level: LogLevel,
    pub(crate) limits: Limits,
    /// How long people stay signed in.
    pub(crate) spans: Spans,
    /// The built widget's folder, where it is not the one in the program.
    pub(crate) assets: Option<PathBuf>,
    pub(crate) sites: Vec<Site>,
    /// Who is told of what should not wait.
    pub(crate) webhooks: Vec<Webhook>,
    /// The themes that digests and the dashboard listen for.
    pub(crate) lexicon: Lexicon,
    /// Whether the demo shop is served.
    pub(crate) demo: bool,
    /// Every setting but those of the sites, and where it comes from.
    pub(crate) choices: Vec<Choice>,
    /// The same of every site.
    pub(crate) site_choices: Vec<Choice>,
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
    /// For pages and visitors whose languages have no wording.
    pub(crate) language: Language,
    pub(crate) policy: SitePolicy,
    /// Which of its pages come before, during and after a purchase.
    pub(crate) stages: StagePatterns,
    /// Which of its keys are not the default's.
    written: Vec<&'static str>,
}

impl Site {
    /// Whether its pages are known, and all of them this machine's.
    fn is_here(&self) -> bool {
        !self.origins.is_empty() && self.origins.iter().all(Origin::is_this_machine)
    }
}

const DEFAULT_LISTEN: SocketAddr = SocketAddr::new(std::net::IpAddr::V4(Ipv4Addr::LOCALHOST), 7700);
/// Thirteen months: last year's season can still be compared with.
const RETAIN_DAYS: u32 = 395;
const CONTACT_RETAIN_DAYS: u32 = 90;
const DEFAULT_CONFIG: &str = "hark.toml";
const DEFAULT_SURVEYS: &str = "surveys";
const DEFAULT_DATA: &str = "data";
const TLS_CERTIFICATE: &str = "HARK_TLS_CERTIFICATE";
const THEMES: &str = "themes.toml";

impl Settings {
    /// What `hark serve` was told, with the faults of `hark.toml` if there are any.
    pub(crate) fn new(
        typed: cli::Serve,
        origins: Typed,
        faults: &mut Faults,
    ) -> Result<Self, Failure> {
        let file = config_file(&typed.config).to_owned();
        let mut choices = Choices::between(origins, &file);
        let (demo, assets) = (typed.demo, typed.assets);
        choices.of("demo", demo.then_some(true), None, false);
        let written = if demo {
            Some(demo::settings())
        } else {
            choices.of("config", typed.config.config.clone(), None, file);
            read(&typed.config, faults)?
        };
        let written = written.unwrap_or_default();
        let beside = config_file(&typed.config).with_file_name(THEMES);
        let beside = (!demo && beside.exists()).then_some(beside);
        let source = if demo { "--demo" } else { choices.file() };
        let of_site = |site| site_choices::of(site, source);
        let site_choices = written.sites.iter().flat_map(of_site).collect();
        let folder = typed.surveys.surveys;
        let surveys = if demo {
            let folder = choices.maybe("surveys", folder, None, "those of the demo shop");
            folder.map_or(SurveyFiles::Demo, SurveyFiles::Folder)
        } else {
            let folder = choices.of("surveys", folder, written.surveys, DEFAULT_SURVEYS.into());
            SurveyFiles::Folder(folder)
        };
        #[rustfmt::skip]
        let settings = Self {
            listen: choices.of("listen", typed.listen, written.listen, DEFAULT_LISTEN),
            data: choices.of("data", typed.data.data, written.data, DEFAULT_DATA.into()),
            surveys,
            retention: Retention {
                days: choices.of("retain_days", typed.retain_days, written.retain_days, RETAIN_DAYS),
                contact_days: choices.of("contact_retain_days", typed.contact_retain_days, written.contact_retain_days, CONTACT_RETAIN_DAYS),
            },
            assets: choices.maybe("assets", assets, None, "those in the program"),
            certificate: together(
                choices.maybe("tls_certificate", typed.tls_certificate, written.tls_certificate, "none"),
                choices.maybe("tls_key", typed.tls_key, written.tls_key, "none"),
            )?,
            log_format: choices.of("log_format", typed.log_format, written.log_format, LogFormat::default()),
            log_level: choices.of("log", typed.log, None, LogLevel::default()),
            limits: Limits::new(typed.limits, written.limits, &mut choices),
            spans: sessions::spans(&typed.sessions, written.sessions, &mut choices),
            site_choices,
            sites: written.sites,
            lexicon: if demo { Lexicon::default() } else { themes(&typed.config)? },
            webhooks: resolved(written.webhooks)?,
            demo,
            choices: Vec::new(),
        };
        choices.lies_beside("themes", beside.as_deref(), "the built-in ones");
        Ok(Self {
            choices: choices.made(),
            ..settings
        })
    }

    /// Whether all of it stays on this machine: what listens at this address, and every page that may send.
    ///
    /// Where shoppers come from elsewhere, something on this machine lets the world in, and need not say so.
    pub(crate) fn stay_here(&self, address: SocketAddr) -> bool {
        address.ip().to_canonical().is_loopback() && self.sites.iter().all(Site::is_here)
    }

    /// How addresses of this collector begin.
    pub(crate) const fn scheme(&self) -> &'static str {
        if self.certificate.is_some() {
            "https"
        } else {
            "http"
        }
    }
}

fn together(
    certificate: Option<PathBuf>,
    key: Option<PathBuf>,
) -> Result<Option<CertificateFiles>, Failure> {
    match (certificate, key) {
        (Some(certificate), Some(key)) => Ok(Some(CertificateFiles { certificate, key })),
        (None, None) => Ok(None),
        _ => Err(Failure::HalfACertificate),
    }
}

fn resolved(written: Vec<webhook::Written>) -> Result<Vec<Webhook>, Failure> {
    written.into_iter().map(webhook::Written::webhook).collect()
}

/// The webhooks of `hark.toml`.
pub(crate) fn webhooks(config: &cli::Config) -> Result<Vec<Webhook>, Failure> {
    let mut faults = Faults::default();
    let written = read(config, &mut faults)?;
    faults.none().map_err(Failure::Faults)?;
    resolved(written.unwrap_or_default().webhooks)
}

/// Where `hark check` finds the surveys, with the faults of `hark.toml`.
pub(crate) fn surveys(typed: &cli::Check, faults: &mut Faults) -> Result<SurveyFiles, Failure> {
    let folder = typed.surveys.surveys.clone();
    let written = match read(&typed.config, faults) {
        Err(Failure::NoSettings(_)) if typed.config.config.is_none() && folder.is_some() => None,
        written => written?,
    };
    let written = written.and_then(|written| written.surveys);
    Ok(SurveyFiles::Folder(folder_or_default(folder.or(written))))
}

/// Where `hark new` puts a survey; it needs no other setting, and so no `hark.toml`.
pub(crate) fn survey_folder(config: &cli::Config, typed: cli::Surveys) -> Result<PathBuf, Failure> {
    if typed.surveys.is_some() {
        return Ok(folder_or_default(typed.surveys));
    }
    Ok(folder_or_default(if_there(config)?.surveys))
}

/// Where a collector with these settings is found.
pub(crate) struct Door {
    pub(crate) address: SocketAddr,
    /// Whether TLS is spoken.
    pub(crate) is_secret: bool,
    pub(crate) sites: Vec<Site>,
}

/// By `hark.toml`, if there is one, and by what was typed.
pub(crate) fn door(config: &cli::Config, listen: Option<SocketAddr>) -> Result<Door, Failure> {
    let written = if_there(config)?;
    Ok(Door {
        address: listen.or(written.listen).unwrap_or(DEFAULT_LISTEN),
        is_secret: written.tls_certificate.is_some() || std::env::var_os(TLS_CERTIFICATE).is_some(),
        sites: written.sites,
    })
}

/// Where `hark report` finds the lines; it needs no other setting, and so no `hark.toml`.
pub(crate) fn data_folder(config: &cli::Config, typed: cli::Data) -> Result<PathBuf, Failure> {
    if typed.data.is_some() {
        return Ok(data(typed, None));
    }
    Ok(data(typed, if_there(config)?.data))
}

/// The themes that comments are heard for: the built-in ones, changed by `themes.toml` beside the
/// settings file if there is one.
pub(crate) fn themes(config: &cli::Config) -> Result<Lexicon, Failure> {
    let path = config_file(config).with_file_name(THEMES);
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

/// The stages of each site that `hark.toml` names, if there is one.
pub(crate) fn shops(config: &cli::Config) -> Result<Shops, Failure> {
    Ok(stages::shops(&if_there(config)?.sites))
}

fn config_file(typed: &cli::Config) -> &Path {
    typed.config.as_deref().unwrap_or(Path::new(DEFAULT_CONFIG))
}

fn data(typed: cli::Data, written: Option<PathBuf>) -> PathBuf {
    typed
        .data
        .or(written)
        .unwrap_or_else(|| DEFAULT_DATA.into())
}

fn folder_or_default(folder: Option<PathBuf>) -> PathBuf {
    folder.unwrap_or_else(|| DEFAULT_SURVEYS.into())
}

/// What `hark.toml` says; nothing where there is none and none was named.
fn if_there(config: &cli::Config) -> Result<Written, Failure> {
    let mut faults = Faults::default();
    let written = match read(config, &mut faults) {
        Err(Failure::NoSettings(_)) if config.config.is_none() => None,
        written => written?,
    };
    faults.none().map_err(Failure::Faults)?;
    Ok(written.unwrap_or_default())
}

/// Reads `hark.toml`; `None` once its faults are noted.
fn read(typed: &cli::Config, faults: &mut Faults) -> Result<Option<Written>, Failure> {
    let path = config_file(typed);
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
