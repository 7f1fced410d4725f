//! `[[webhook]]` of `hark.toml`: who is told, of what, and how it is signed.

use super::Site;
use crate::alerts::{Address, Format, KINDS, Kind, NotAnAddress, Secret, Webhook};
use crate::failure::Failure;
use jiff::civil::{Time, time};
use jiff::tz::TimeZone;
use std::cell::RefCell;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use survey::file::did_you_mean;
use survey::file::section::{Entry, Section, choice, list, optional};

/// The environment's secret, for each webhook that has none of its own.
const SECRET: &str = "HARK_WEBHOOK_SECRET";
const DIGEST_AT: Time = time(8, 0, 0, 0);

/// A webhook as it is written: its secret may still be in a file.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Written {
    webhook: Webhook,
    secret_file: Option<PathBuf>,
}

impl Written {
    /// The same with paths meant from this folder.
    pub(super) fn within(self, folder: &Path) -> Self {
        Self {
            secret_file: self.secret_file.map(|file| folder.join(file)),
            ..self
        }
    }

    /// With its secret.
    pub(super) fn webhook(self) -> Result<Webhook, Failure> {
        let Self {
            mut webhook,
            secret_file,
        } = self;
        if let Some(path) = secret_file {
            let text = std::fs::read_to_string(&path);
            let text = text.map_err(|source| Failure::Unreadable {
                path: path.clone(),
                source,
            })?;
            let secret = Secret::read(&text);
            webhook.secret = Some(secret.ok_or(Failure::NoSecret(path.display().to_string()))?);
        } else if webhook.secret.is_none()
            && let Ok(text) = std::env::var(SECRET)
        {
            let secret = Secret::read(&text);
            webhook.secret = Some(secret.ok_or(Failure::NoSecret(SECRET.to_owned()))?);
        }
        if webhook.secret.is_none() && webhook.format == Format::Hark {
            return Err(Failure::Unsigned(webhook.name));
        }
        Ok(webhook)
    }
}

// Every key is asked for before anything is given up, so that all faults are found at once.
pub(super) fn read(file: &Section<'_>, sites: Option<&[Site]>) -> Option<Vec<Written>> {
    let names = RefCell::new(BTreeSet::new());
    list(file, "webhook", |entry| {
        entry.section(|section| webhook(section, sites, &names))
    })
}

fn webhook(
    section: &Section<'_>,
    sites: Option<&[Site]>,
    names: &RefCell<BTreeSet<String>>,
) -> Option<Written> {
    let may_be_read = optional(section, "allow_http", Entry::flag);
    let address = section
        .require("url")
        .and_then(|entry| address(&entry, may_be_read.flatten().unwrap_or(false)));
    let name = optional(section, "name", plain);
    let secret = optional(section, "secret", secret);
    let secret_file = optional(section, "secret_file", |entry| {
        entry.text().map(PathBuf::from)
    });
    let formats = [("hark", Format::Hark), ("slack", Format::Slack)];
    let format = choice(section, "format", Format::default(), &formats);
    let kinds = optional(section, "events", |entry| {
        entry.filled_list(|entry| entry.choice(&KINDS))
    });
    let of_sites = list(section, "sites", |entry| site(entry, sites));
    let surveys = list(section, "surveys", |entry| entry.text().map(str::to_owned));
    let digest_at = optional(section, "digest_at", time_of_day);
    let zone = optional(section, "time_zone", zone);
    let quotes = optional(section, "quotes", Entry::flag);
    let dashboard = optional(section, "dashboard", dashboard);
    let (secret, secret_file) = (secret?, secret_file?);
    if secret.is_some() && secret_file.is_some() {
        let hint = "leave one of them out".to_owned();
        section.fault(
            "`secret` and `secret_file` both say the secret".to_owned(),
            Some(hint),
        );
        return None;
    }
    let address = address?;
    let name = name?.unwrap_or_else(|| address.host.replace(':', "-"));
    if !names.borrow_mut().insert(name.clone()) {
        let hint = "give each a `name` of its own".to_owned();
        section.fault(format!("there is another webhook `{name}`"), Some(hint));
        return None;
    }
    Some(Written {
        webhook: Webhook {
            name,
            address,
            secret,
            format: format?,
            kinds: kinds?.unwrap_or_else(|| KINDS.map(|(_, kind): (&str, Kind)| kind).to_vec()),
            sites: of_sites?,
            surveys: surveys?,
            digest_at: digest_at?.unwrap_or(DIGEST_AT),
            zone: zone?.unwrap_or(TimeZone::UTC),
            quotes: quotes?.unwrap_or(false),
            dashboard: dashboard?,
        },
        secret_file,
    })
}

/// What is wrong is not repeated: the address may be a secret.
fn address(entry: &Entry<'_>, may_be_read: bool) -> Option<Address> {
    let (message, hint) = match Address::read(entry.text()?, may_be_read) {
        Ok(address) => return Some(address),
        Err(NotAnAddress::Malformed) => (
            "`url` is not an address to post to",
            "write scheme, host and path, for example \"https://hooks.example.com/hark\"; a name with \
             other letters as `xn--…`, a password never",
        ),
        Err(NotAnAddress::Readable) => (
            "`url` is plain HTTP, and anybody on the way could read what is sent",
            "write `https://`, or set `allow_http = true` if the way there is yours alone",
        ),
    };
    entry.fault(message.to_owned(), Some(hint.to_owned()));
    None
}

fn plain(entry: &Entry<'_>) -> Option<String> {
    let name = entry.text()?;
    let is_plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
    // Beside the folders lie files that are called so.
    let is_file = name.ends_with(".json");
    if name.len() > 64 || name.starts_with('.') || is_file || !name.chars().all(is_plain) {
        let hint = "write at most 64 letters, digits, `-`, `_` or `.`, and no `.json` at the end: a folder is \
                    called so";
        entry.fault(format!("`name` cannot be `{name}`"), Some(hint.to_owned()));
        return None;
    }
    Some(name.to_owned())
}

fn secret(entry: &Entry<'_>) -> Option<Secret> {
    let secret = Secret::read(entry.text()?);
    if secret.is_none() {
        let hint = "`hark alert secret` makes one: `whsec_` and 24 to 64 bytes in base64";
        entry.fault(
            "`secret` is not a secret of Standard Webhooks".to_owned(),
            Some(hint.to_owned()),
        );
    }
    secret
}

fn site(entry: &Entry<'_>, sites: Option<&[Site]>) -> Option<String> {
    let key = entry.text()?;
    if let Some(sites) = sites
        && !sites.iter().any(|site| site.key == key)
    {
        let keys: Vec<&str> = sites.iter().map(|site| &site.key[..]).collect();
        let hint = did_you_mean(key, keys.iter().copied());
        let hint = hint.unwrap_or_else(|| format!("known here: `{}`", keys.join("`, `")));
        entry.fault(format!("there is no site `{key}`"), Some(hint));
        return None;
    }
    Some(key.to_owned())
}

fn time_of_day(entry: &Entry<'_>) -> Option<Time> {
    let text = entry.text()?;
    let read = Time::strptime("%H:%M", text).ok();
    if read.is_none() {
        let hint = "write hours and minutes, for example \"08:00\"";
        entry.fault(
            format!("`digest_at` cannot be `{text}`"),
            Some(hint.to_owned()),
        );
    }
    read
}

fn zone(entry: &Entry<'_>) -> Option<TimeZone> {
    let name = entry.text()?;
    let zone = TimeZone::get(name).ok();
    if zone.is_none() {
        let hint =
            "write a name such as \"Europe/Paris\"; names come with the system's package `tzdata`";
        entry.fault(
            format!("there is no time zone `{name}` on this machine"),
            Some(hint.to_owned()),
        );
    }
    zone
}

fn dashboard(entry: &Entry<'_>) -> Option<String> {
    let text = entry.text()?.trim_end_matches('/');
    let is_link = text.starts_with("https://") || text.starts_with("http://");
    if !is_link || text.contains(['|', '>', ' ', '\n', '"']) {
        let hint = "write how people's browsers find this collector, for example \
                    \"https://feedback.example.com\"";
        entry.fault(
            format!("`dashboard` cannot be `{text}`"),
            Some(hint.to_owned()),
        );
        return None;
    }
    Some(text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::super::file::parse;

    const SITE: &str = "[[site]]\nkey = \"demo\"\norigins = []\n[[webhook]]\n";
    const SECRET: &str = "secret = \"whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw\"\n";

    fn faults(text: &str) -> String {
        let faults = parse(&format!("{SITE}{text}")).expect_err("faults");
        let lines: Vec<_> = faults.iter().map(ToString::to_string).collect();
        lines.join("\n")
    }

    #[test]
    fn every_key_is_read_and_what_is_left_out_has_its_default() {
        let text = format!(
            "{SITE}url = \"https://hooks.example/a\"\n{SECRET}\n[[webhook]]\nname = \"ops\"\n\
             url = \"http://192.0.2.1/b\"\nallow_http = true\nformat = \"slack\"\n\
             events = [\"overdue\", \"digest\"]\nsites = [\"demo\"]\nsurveys = [\"recommend\"]\n\
             digest_at = \"17:30\"\nquotes = true\ndashboard = \"https://hark.example/\"\n"
        );
        let written = parse(&text).expect("settings");
        let summaries: Vec<String> = written
            .webhooks
            .into_iter()
            .map(|written| written.webhook().expect("a webhook").summary())
            .collect();
        let expected = [
            "https://hooks.example/…, hark, signed, low_score alarm overdue digest, digest at 08:00 UTC",
            "http://192.0.2.1/…, slack, not signed, overdue digest, sites demo, surveys recommend, \
             digest at 17:30 UTC, with quotes",
        ];
        assert_eq!(summaries, expected);
    }

    #[test]
    fn every_fault_is_named_with_its_place_and_no_secret() {
        let text = r#"url = "hooks.example/very-secret"
secret = "very-secret"
format = "slak"
events = ["low_scores", "alarm"]
sites = ["demmo"]
digest_at = "8 o'clock"
time_zone = "Europe/Atlantis"
dashboard = "hark.example"
qoutes = true
[[webhook]]
url = "http://hooks.example/very-secret"
name = "../team"
"#;
        let expected = r#"5:7: `url` is not an address to post to
  hint: write scheme, host and path, for example "https://hooks.example.com/hark"; a name with other letters as `xn--…`, a password never
6:10: `secret` is not a secret of Standard Webhooks
  hint: `hark alert secret` makes one: `whsec_` and 24 to 64 bytes in base64
7:10: `format` cannot be `slak`
  hint: did you mean `slack`?
8:11: `events` cannot be `low_scores`
  hint: did you mean `low_score`?
9:10: there is no site `demmo`
  hint: did you mean `demo`?
10:13: `digest_at` cannot be `8 o'clock`
  hint: write hours and minutes, for example "08:00"
11:13: there is no time zone `Europe/Atlantis` on this machine
  hint: write a name such as "Europe/Paris"; names come with the system's package `tzdata`
12:13: `dashboard` cannot be `hark.example`
  hint: write how people's browsers find this collector, for example "https://feedback.example.com"
13:1: unknown key `qoutes`
  hint: did you mean `quotes`?
15:7: `url` is plain HTTP, and anybody on the way could read what is sent
  hint: write `https://`, or set `allow_http = true` if the way there is yours alone
16:8: `name` cannot be `../team`
  hint: write at most 64 letters, digits, `-`, `_` or `.`, and no `.json` at the end: a folder is called so"#;
        assert_eq!(faults(text), expected);
    }

    #[test]
    fn names_are_told_apart_and_a_secret_is_said_once() {
        let one = format!("url = \"https://hooks.example/a\"\n{SECRET}");
        let both = faults(&format!("{one}secret_file = \"secret\"\n"));
        assert!(both.contains("both say the secret"), "{both}");
        let twice = faults(&format!("{one}[[webhook]]\n{one}"));
        assert!(twice.contains("another webhook `hooks.example`"), "{twice}");
        assert!(twice.contains("`name` of its own"), "{twice}");
        let file = faults(&format!("{one}name = \"seen.json\"\n"));
        assert!(file.contains("`name` cannot be `seen.json`"), "{file}");
    }

    #[test]
    fn what_is_not_signed_is_refused_but_for_slack() {
        let unsigned = format!("{SITE}url = \"https://hooks.example/a\"\n");
        let written = parse(&unsigned).expect("settings").webhooks.remove(0);
        assert_eq!(
            written.webhook().expect_err("a failure").to_string(),
            "the webhook `hooks.example` has no secret"
        );
        let slack = format!("{unsigned}format = \"slack\"\n");
        let written = parse(&slack).expect("settings").webhooks.remove(0);
        assert!(written.webhook().is_ok());
    }
}
