//! `hark serve --check`: every setting and where it comes from, and whether serving could begin, without
//! beginning it.

use crate::alerts::{self, AlertsError, Post};
use crate::assets::Assets;
use crate::catalog::Catalog;
use crate::certificate::Certificate;
use crate::console;
use crate::failure::Failure;
use crate::faults::Faults;
use crate::journal::OpenError;
use crate::settings::Settings;
use rustix::fs::{Access, access};
use std::io;
use std::net::TcpListener;
use std::path::{Path, PathBuf};

/// What was looked at, and what was found.
type Check = (&'static str, Result<String, Failure>);

/// Prints the report; fails if serving could not begin.
pub(crate) fn run(settings: &Settings) -> Result<(), Failure> {
    let checks = [
        ("surveys", surveys(settings)),
        ("widget", widget(settings)),
        ("data", data(&settings.data)),
        ("port", free(settings)),
        ("certificate", certificate(settings)),
        ("alerts", alerts(settings)),
    ];
    console::print(report(settings, &checks))?;
    let mut failures = checks.into_iter().filter_map(|(_, found)| found.err());
    let Some(first) = failures.next() else {
        return Ok(());
    };
    failures.for_each(|failure| console::fail(&failure));
    Err(first)
}

fn report(settings: &Settings, checks: &[Check]) -> String {
    let mut rows: Vec<[String; 3]> = Vec::new();
    for choice in settings.choices.iter().chain(&settings.site_choices) {
        let from = choice.from.as_deref().unwrap_or("default");
        rows.push([choice.name.clone(), choice.value.clone(), from.to_owned()]);
    }
    let config = settings
        .choices
        .iter()
        .find(|choice| choice.name == "config");
    for webhook in &settings.webhooks {
        let name = format!("webhook {}", webhook.name);
        let from = config.map_or_else(String::new, |config| config.value.clone());
        rows.push([name, webhook.summary(), from]);
    }
    for (what, found) in checks {
        let found = match found {
            Ok(found) => format!("ok: {found}"),
            Err(failure) => format!("not ok: {failure}"),
        };
        rows.push([format!("check {what}"), found, String::new()]);
    }
    let width = |column: usize| rows.iter().map(|row| row[column].chars().count()).max();
    let (name, value) = (width(0).unwrap_or(0), width(1).unwrap_or(0).min(40));
    let line =
        |[a, b, c]: &[String; 3]| format!("{a:name$}  {b:value$}  {c}").trim_end().to_owned();
    let lines: Vec<String> = rows.iter().map(line).collect();
    lines.join("\n") + "\n"
}

fn surveys(settings: &Settings) -> Result<String, Failure> {
    let mut faults = Faults::default();
    let catalog = Catalog::load(settings.surveys.clone(), &mut faults)?;
    faults.none().map_err(Failure::Faults)?;
    Ok(catalog.current().summary())
}

fn widget(settings: &Settings) -> Result<String, Failure> {
    let missing = Assets::new(settings.assets.clone()).missing();
    missing.map_or(Ok("there".to_owned()), |missing| {
        Err(Failure::NoWidget(missing))
    })
}

fn data(folder: &Path) -> Result<String, Failure> {
    let writable = writable(folder);
    Ok(writable.map_err(|(folder, source)| OpenError::Folder { folder, source })?)
}

/// The folder, or the nearest above it that exists and in which it would be made.
fn writable(folder: &Path) -> Result<String, (PathBuf, io::Error)> {
    let there = folder.ancestors().find(|folder| folder.exists());
    let there = there.filter(|there| !there.as_os_str().is_empty());
    let there = there.unwrap_or(Path::new("."));
    let may = Access::READ_OK | Access::WRITE_OK | Access::EXEC_OK;
    let found = match std::fs::metadata(there) {
        Ok(found) if !found.is_dir() => Err(io::ErrorKind::NotADirectory.into()),
        Ok(_) => access(there, may).map_err(io::Error::from),
        Err(error) => Err(error),
    };
    found.map_err(|source| (there.to_owned(), source))?;
    let shown = there.display();
    Ok(if there == folder {
        format!("`{shown}` can be written to")
    } else {
        format!("will be made in `{shown}`")
    })
}

fn free(settings: &Settings) -> Result<String, Failure> {
    let address = settings.listen;
    let listener = TcpListener::bind(address);
    listener.map_err(|source| Failure::Listen { address, source })?;
    Ok(format!("{address} is free"))
}

fn certificate(settings: &Settings) -> Result<String, Failure> {
    let Some(files) = settings.certificate.clone() else {
        return Ok("none, a proxy in front may speak TLS".to_owned());
    };
    let shown = files.certificate.display().to_string();
    Certificate::load(files)?;
    Ok(format!("`{shown}` fits its key"))
}

/// Whether alerts can wait in their folders, and be sent.
fn alerts(settings: &Settings) -> Result<String, Failure> {
    let mut found = "nobody wants any".to_owned();
    for webhook in &settings.webhooks {
        let outbox = alerts::folder(&settings.data).join(&webhook.name);
        writable(&outbox).map_err(|(folder, source)| AlertsError::Folder { folder, source })?;
        found = "can wait, and be sent".to_owned();
    }
    Post::new(&settings.webhooks).map_err(AlertsError::Post)?;
    Ok(found)
}
