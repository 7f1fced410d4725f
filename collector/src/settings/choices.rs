//! What each setting is, and who says so: a flag over the environment over `hark.toml` over the default.
//!
//! The decision and its record are one step, so that the report of `hark serve --check` cannot differ
//! from what is done.

use crate::cli::{Lasting, Typed};
use ipnet::IpNet;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};

/// One setting, decided.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Choice {
    /// Its key in `hark.toml`, after those of the section that it stands in.
    pub(crate) name: String,
    /// As people write it.
    pub(crate) value: String,
    /// The flag, the environment variable, the file; `None` for the default.
    pub(crate) from: Option<String>,
}

/// Decides setting after setting.
#[derive(Debug)]
pub(super) struct Choices {
    typed: Typed,
    file: String,
    made: Vec<Choice>,
}

impl Choices {
    /// Between what was typed and what is written in this file.
    pub(super) fn between(typed: Typed, file: &Path) -> Self {
        Self {
            typed,
            file: file.display().to_string(),
            made: Vec::new(),
        }
    }

    /// A setting that always has a value.
    pub(super) fn of<T: Shown>(
        &mut self,
        name: &'static str,
        typed: Option<T>,
        written: Option<T>,
        usual: T,
    ) -> T {
        let from = self.from(name, typed.is_some(), written.is_some());
        let value = typed.or(written).unwrap_or(usual);
        self.note(name, value.shown(), from);
        value
    }

    /// A setting that may be left out.
    pub(super) fn maybe<T: Shown>(
        &mut self,
        name: &'static str,
        typed: Option<T>,
        written: Option<T>,
        without: &str,
    ) -> Option<T> {
        let from = self.from(name, typed.is_some(), written.is_some());
        let value = typed.or(written);
        let shown = value.as_ref().map_or(without.to_owned(), Shown::shown);
        self.note(name, shown, from);
        value
    }

    /// A file that counts where it lies beside the settings.
    pub(super) fn lies_beside(&mut self, name: &str, file: Option<&Path>, without: &str) {
        let from = file.map(|_| format!("beside {}", self.file));
        let shown = file.map_or(without.to_owned(), |file| file.display().to_string());
        self.note(name, shown, from);
    }

    /// The settings file.
    pub(super) fn file(&self) -> &str {
        &self.file
    }

    /// What was decided.
    pub(super) fn made(self) -> Vec<Choice> {
        self.made
    }

    fn from(&self, name: &'static str, is_typed: bool, is_written: bool) -> Option<String> {
        if is_typed {
            self.typed.origin(name)
        } else {
            is_written.then(|| self.file.clone())
        }
    }

    fn note(&mut self, name: &str, value: String, from: Option<String>) {
        let name = name.to_owned();
        self.made.push(Choice { name, value, from });
    }
}

/// As people write it.
pub(super) trait Shown {
    fn shown(&self) -> String;
}

impl Shown for PathBuf {
    fn shown(&self) -> String {
        self.display().to_string()
    }
}

impl Shown for Vec<IpNet> {
    fn shown(&self) -> String {
        let networks: Vec<_> = self.iter().map(ToString::to_string).collect();
        networks.join(", ")
    }
}

impl Shown for u32 {
    fn shown(&self) -> String {
        self.to_string()
    }
}

impl Shown for Lasting {
    fn shown(&self) -> String {
        let units = [(86_400, 'd'), (3_600, 'h'), (60, 'm')];
        let whole = units
            .into_iter()
            .find(|(seconds, _)| self.0.is_multiple_of(*seconds));
        let (seconds, unit) = whole.unwrap_or((1, 's'));
        format!("{}{unit}", self.0 / seconds)
    }
}

impl Shown for SocketAddr {
    fn shown(&self) -> String {
        self.to_string()
    }
}

impl Shown for bool {
    fn shown(&self) -> String {
        let word = if *self { "yes" } else { "no" };
        word.to_owned()
    }
}

/// Words to choose from.
macro_rules! words {
    ($($of:ty),*) => { $(
        impl Shown for $of {
            fn shown(&self) -> String {
                let word = clap::ValueEnum::to_possible_value(self);
                word.map_or_else(String::new, |word| word.get_name().to_owned())
            }
        }
    )* };
}
words!(
    crate::cli::ProxyHeader,
    crate::cli::LogFormat,
    crate::cli::LogLevel
);
