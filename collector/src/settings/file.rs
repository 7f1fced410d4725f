//! The text of `hark.toml`, or every fault in it.

use super::{Origin, Site, limits, sessions, stages, webhook};
use crate::cli::LogFormat;
use std::cell::RefCell;
use std::collections::BTreeSet;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use survey::file::Fault;
use survey::file::duration;
use survey::file::section::{self, Entry, Section, choice, optional};
use survey::frequency::Frequency;
use survey::offer::{Consent, SitePolicy};
use survey::wording::Language;

/// What `hark.toml` says.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Written {
    pub(super) listen: Option<SocketAddr>,
    pub(super) data: Option<PathBuf>,
    pub(super) surveys: Option<PathBuf>,
    pub(super) retain_days: Option<u32>,
    pub(super) contact_retain_days: Option<u32>,
    pub(super) tls_certificate: Option<PathBuf>,
    pub(super) tls_key: Option<PathBuf>,
    pub(super) log_format: Option<LogFormat>,
    pub(super) limits: limits::Written,
    pub(super) sessions: sessions::Written,
    pub(super) sites: Vec<Site>,
    pub(super) webhooks: Vec<webhook::Written>,
}

impl Written {
    /// The same with paths meant from this folder.
    pub(super) fn within(self, folder: &Path) -> Self {
        Self {
            data: self.data.map(|data| folder.join(data)),
            surveys: self.surveys.map(|surveys| folder.join(surveys)),
            tls_certificate: self.tls_certificate.map(|file| folder.join(file)),
            tls_key: self.tls_key.map(|file| folder.join(file)),
            webhooks: self
                .webhooks
                .into_iter()
                .map(|webhook| webhook.within(folder))
                .collect(),
            ..self
        }
    }
}

pub(super) fn parse(text: &str) -> Result<Written, Vec<Fault>> {
    section::parse(text, written)
}

// Every key is asked for before anything is given up, so that all faults are found at once.
fn written(file: &Section<'_>) -> Option<Written> {
    let listen = optional(file, "listen", listen);
    let data = optional(file, "data", path);
    let surveys = optional(file, "surveys", path);
    let retain_days = optional(file, "retain_days", days);
    let contact_retain_days = optional(file, "contact_retain_days", days);
    let tls_certificate = optional(file, "tls_certificate", path);
    let tls_key = optional(file, "tls_key", path);
    let log_format = optional(file, "log_format", |entry| {
        entry.choice(&[("text", LogFormat::Text), ("json", LogFormat::Json)])
    });
    let limits = limits::read(file);
    let sessions = sessions::read(file);
    let sites = sites(file);
    let webhooks = webhook::read(file, sites.as_deref());
    Some(Written {
        listen: listen?,
        data: data?,
        surveys: surveys?,
        retain_days: retain_days?,
        contact_retain_days: contact_retain_days?,
        tls_certificate: tls_certificate?,
        tls_key: tls_key?,
        log_format: log_format?,
        limits: limits?,
        sessions: sessions?,
        sites: sites?,
        webhooks: webhooks?,
    })
}

fn listen(entry: &Entry<'_>) -> Option<SocketAddr> {
    let text = entry.text()?;
    let address = text.parse().ok();
    if address.is_none() {
        let hint = "write an IP address and a port, for example \"127.0.0.1:7700\"";
        entry.fault(
            format!("`listen` cannot be `{text}`"),
            Some(hint.to_owned()),
        );
    }
    address
}

fn days(entry: &Entry<'_>) -> Option<u32> {
    // Checked to be in a range that a `u32` holds; part of a day is no day.
    entry.number(1.0..=36_500.0).map(|days| days as u32)
}

fn path(entry: &Entry<'_>) -> Option<PathBuf> {
    entry.text().map(PathBuf::from)
}

fn sites(file: &Section<'_>) -> Option<Vec<Site>> {
    let keys = RefCell::new(BTreeSet::new());
    let site = |entry: &Entry<'_>| entry.section(|section| site(section, &keys));
    let sites = file
        .get("site")
        .map_or(Some(Vec::new()), |entry| entry.list(site))?;
    if sites.is_empty() {
        let hint = "write `[[site]]` and below it `key` and `origins`";
        file.fault("there is no site".to_owned(), Some(hint.to_owned()));
    }
    Some(sites)
}

fn site(section: &Section<'_>, keys: &RefCell<BTreeSet<String>>) -> Option<Site> {
    let key = section.require("key").and_then(|entry| key(&entry, keys));
    let brand = optional(section, "brand", |entry| entry.text().map(str::to_owned));
    let origins = section
        .require("origins")
        .and_then(|entry| entry.list(origin));
    let language = optional(section, "language", language);
    let consent = choice(
        section,
        "consent",
        Consent::default(),
        &[
            ("pending", Consent::Pending),
            ("granted", Consent::Granted),
            ("denied", Consent::Denied),
        ],
    );
    let remember_acts = optional(section, "remember_acts", Entry::flag);
    let frequency = optional(section, "frequency", |entry| {
        entry.section(|clocks| duration::frequency(clocks, Frequency::OF_A_SITE))
    });
    let stages = optional(section, "stages", |entry| entry.section(stages::read));
    let keys = [
        "brand",
        "origins",
        "language",
        "consent",
        "remember_acts",
        "frequency",
        "stages",
    ];
    let written = keys.into_iter().filter(|name| section.get(name).is_some());
    let key = key?;
    Some(Site {
        written: written.collect(),
        stages: stages?.unwrap_or_default(),
        policy: SitePolicy {
            brand: brand?.unwrap_or_else(|| key.clone()),
            consent: consent?,
            remember_acts: remember_acts?.unwrap_or(true),
            frequency: frequency?.unwrap_or(Frequency::OF_A_SITE),
        },
        origins: origins?,
        language: language?.unwrap_or(Language::ENGLISH),
        key,
    })
}

fn language(entry: &Entry<'_>) -> Option<Language> {
    let tag = entry.text()?;
    let language = Language::exactly(tag);
    if language.is_none() {
        let tags: Vec<_> = Language::all().map(Language::tag).collect();
        entry.fault(
            format!("there is no standard wording for `{tag}`"),
            Some(format!("write one of {}", tags.join(", "))),
        );
    }
    language
}

fn key(entry: &Entry<'_>, keys: &RefCell<BTreeSet<String>>) -> Option<String> {
    let key = entry.text()?;
    let is_plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
    if key.len() > 64 || !key.chars().all(is_plain) {
        let hint = "write at most 64 letters, digits, `-` or `_`: it stands in addresses";
        entry.fault(format!("`key` cannot be `{key}`"), Some(hint.to_owned()));
        return None;
    }
    if !keys.borrow_mut().insert(key.to_owned()) {
        entry.fault(format!("there is another site `{key}`"), None);
        return None;
    }
    Some(key.to_owned())
}

fn origin(entry: &Entry<'_>) -> Option<Origin> {
    let text = entry.text()?;
    let origin = Origin::new(text);
    if origin.is_none() {
        let hint = "write what the address bar shows up to the path, for example \
                    \"https://shop.example\" or \"http://localhost:*\"";
        entry.fault(format!("`{text}` is not an origin"), Some(hint.to_owned()));
    }
    origin
}

#[cfg(test)]
mod tests {
    use super::super::StagePatterns;
    use super::super::choices::Choices;
    use super::*;
    use crate::cli::Typed;

    fn faults(text: &str) -> String {
        let faults = parse(text).expect_err("faults");
        let lines: Vec<_> = faults.iter().map(ToString::to_string).collect();
        lines.join("\n")
    }

    #[test]
    fn every_key_is_read_and_what_is_left_out_has_its_default() {
        let text = r#"
            listen = "0.0.0.0:80"
            data = "answers"
            surveys = "/etc/hark/surveys"
            retain_days = 365
            contact_retain_days = 30
            requests_per_second = 20
            connections = 100
            connections_per_address = 10
            trusted_proxies = ["10.0.0.0/8", "192.0.2.7"]
            proxy_header = "forwarded"
            tls_certificate = "tls/fullchain.pem"
            tls_key = "/etc/tls/key.pem"
            log_format = "json"
            session_idle = "30m"
            session_lifetime = "1d"

            [[site]]
            key = "demo"
            brand = "Fernlight"
            origins = ["https://shop.example", "http://127.0.0.1:*"]
            language = "fr"
            consent = "granted"
            remember_acts = false

            [site.frequency]
            after_answer = "60d"
            after_impression = "12h"

            [site.stages]
            during = ["/buy/**"]
            single_page = true

            [[site]]
            key = "plain"
            origins = []
        "#;
        let written = parse(text).expect("settings").within(Path::new("/srv"));
        assert_eq!(written.listen, "0.0.0.0:80".parse().ok());
        assert_eq!(written.data, Some("/srv/answers".into()));
        assert_eq!(written.surveys, Some("/etc/hark/surveys".into()));
        assert_eq!(written.retain_days, Some(365));
        assert_eq!(written.contact_retain_days, Some(30));
        let nothing = Typed::of("serve", clap::ArgMatches::default());
        let mut choices = Choices::between(nothing, Path::new("hark.toml"));
        let typed = crate::cli::Limits::default();
        let limits = limits::Limits::new(typed, written.limits, &mut choices);
        assert_eq!(
            (
                limits.requests_per_second,
                limits.connections,
                limits.connections_per_address
            ),
            (20, 100, 10)
        );
        assert_eq!(limits.proxy_header, crate::cli::ProxyHeader::Forwarded);
        let trusted: Vec<_> = limits
            .trusted_proxies
            .iter()
            .map(ToString::to_string)
            .collect();
        assert_eq!(trusted, ["10.0.0.0/8", "192.0.2.7/32"]);
        assert_eq!(
            written.tls_certificate,
            Some("/srv/tls/fullchain.pem".into())
        );
        assert_eq!(written.tls_key, Some("/etc/tls/key.pem".into()));
        assert_eq!(written.log_format, Some(LogFormat::Json));
        let spans = sessions::spans(&Default::default(), written.sessions, &mut choices);
        assert_eq!(
            (spans.idle.as_secs(), spans.lifetime.as_secs()),
            (1_800, 86_400)
        );
        let [demo, plain] = &written.sites[..] else {
            panic!("two sites")
        };
        assert_eq!(
            demo.policy,
            SitePolicy {
                brand: "Fernlight".to_owned(),
                consent: Consent::Granted,
                remember_acts: false,
                frequency: Frequency {
                    answered: 60 * 86_400,
                    shown: 12 * 3_600,
                    ..Frequency::OF_A_SITE
                },
            }
        );
        assert_eq!(demo.origins.len(), 2);
        let during = Some(vec!["/buy/**".to_owned()]);
        assert_eq!(
            (&demo.stages.during, demo.stages.single_page),
            (&during, true)
        );
        assert_eq!(plain.stages, StagePatterns::default());
        assert_eq!([demo, plain].map(|site| site.language.tag()), ["fr", "en"]);
        assert_eq!(
            plain.policy,
            SitePolicy {
                brand: "plain".to_owned(),
                consent: Consent::Pending,
                remember_acts: true,
                frequency: Frequency::OF_A_SITE,
            }
        );
    }

    #[test]
    fn every_fault_is_named_with_its_place_and_the_nearest_right_name() {
        let text = r#"listn = "127.0.0.1:7700"
data = 7
trusted_proxies = ["10.0.0.0/33"]
connections = 0
[[site]]
key = "de mo"
origins = ["https://shop.example/", "shop.example"]
language = "french"
consent = "given"
[site.frequency]
after_anser = "30d"
after_impression = "a day"
[site.stages]
during = ["buy"]
after = ["/buy", "?paid=1"]
"#;
        let expected = r#"1:1: unknown key `listn`
  hint: did you mean `listen`?
2:8: `data` must be a string, not integer
3:20: `10.0.0.0/33` is not a network
  hint: write an address, or a network such as "10.0.0.0/8"
4:15: `connections` is 0, but must be from 1 to 1000000
6:7: `key` cannot be `de mo`
  hint: write at most 64 letters, digits, `-` or `_`: it stands in addresses
7:12: `https://shop.example/` is not an origin
  hint: write what the address bar shows up to the path, for example "https://shop.example" or "http://localhost:*"
7:37: `shop.example` is not an origin
  hint: write what the address bar shows up to the path, for example "https://shop.example" or "http://localhost:*"
8:12: there is no standard wording for `french`
  hint: write one of ar, de, en, es, fr, he, it, ja, ko, nl, pl, pt-BR, sv, tr, zh-Hans, zh-Hant
9:11: `consent` cannot be `given`
  hint: known here: `pending`, `granted`, `denied`
11:1: unknown key `after_anser`
  hint: did you mean `after_answer`?
12:20: `after_impression` cannot be `a day`
  hint: write a whole number and `s`, `m`, `h` or `d`, for example "30d"
14:11: `buy` is no page pattern
  hint: write a path such as "/checkout/**", or "re:" and a regular expression
15:18: `?paid=1` asks for a query, and lines have none
  hint: write what the path alone tells, such as "/checkout/**""#;
        assert_eq!(faults(text), expected);
    }

    #[test]
    fn settings_without_a_site_or_with_one_key_twice_are_faults() {
        assert!(faults("").contains("there is no site"));
        let site = "[[site]]\nkey = \"a\"\norigins = []\n";
        assert_eq!(faults(&site.repeat(2)), "5:7: there is another site `a`");
    }
}
