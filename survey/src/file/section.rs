//! Reading a TOML table key by key: each fault is noted with its place, and reading goes on.

mod number;

use super::fault::{Fault, Faults, did_you_mean};
use std::cell::{Cell, RefCell};
use std::ops::Range;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// Reads a whole TOML text with `read`, which gets its top table.
///
/// # Errors
/// Every fault of the text, in its order: syntax, unknown keys, wrong values.
pub fn parse<T>(text: &str, read: impl FnOnce(&Section<'_>) -> Option<T>) -> Result<T, Vec<Fault>> {
    let faults = Faults::new(text);
    let (table, errors) = DeTable::parse_recoverable(text);
    let syntax_is_wrong = !errors.is_empty();
    for error in errors {
        faults.add(
            error.span().unwrap_or(0..0),
            error.message().to_owned(),
            None,
        );
    }
    // After a syntax error the table is a guess, and what it lacks is not the writer's fault.
    let value = if syntax_is_wrong {
        None
    } else {
        Section::new(table.get_ref(), 0..0, &faults).read(read)
    };
    faults.into_result(value)
}

/// A TOML table that remembers which of its keys were asked for.
pub struct Section<'t> {
    table: &'t DeTable<'t>,
    span: Range<usize>,
    faults: &'t Faults<'t>,
    known: RefCell<Vec<&'static str>>,
    is_given_up: Cell<bool>,
}

/// A value in a table or list, with its place.
#[derive(Clone)]
pub struct Entry<'t> {
    name: &'t str,
    value: &'t Spanned<DeValue<'t>>,
    faults: &'t Faults<'t>,
}

impl<'t> Section<'t> {
    fn new(table: &'t DeTable<'t>, span: Range<usize>, faults: &'t Faults<'t>) -> Self {
        Self {
            table,
            span,
            faults,
            known: RefCell::new(Vec::new()),
            is_given_up: Cell::new(false),
        }
    }

    /// Reads with `read`, then notes every key that it never asked for.
    pub fn read<T>(&self, read: impl FnOnce(&Self) -> Option<T>) -> Option<T> {
        let value = read(self);
        let known = self.known.borrow();
        for key in self.table.keys() {
            if !self.is_given_up.get() && !known.contains(&key.get_ref().as_ref()) {
                let hint = did_you_mean(key.get_ref(), known.iter().copied())
                    .unwrap_or_else(|| format!("known here: {}", quoted(&known)));
                let message = format!("unknown key `{}`", key.get_ref());
                self.faults.add(key.span(), message, Some(hint));
            }
        }
        value
    }

    /// The entry of this name, if there is one.
    pub fn get(&self, name: &'static str) -> Option<Entry<'t>> {
        self.known.borrow_mut().push(name);
        let (key, value) = self.table.get_key_value(name)?;
        Some(Entry {
            name: key.get_ref(),
            value,
            faults: self.faults,
        })
    }

    /// The entry of this name; its absence is a fault.
    pub fn require(&self, name: &'static str) -> Option<Entry<'t>> {
        let entry = self.get(name);
        if entry.is_none() {
            self.fault(format!("`{name}` is missing"), None);
        }
        entry
    }

    /// Says that the other keys cannot be judged, because a wrong one decides what they mean.
    pub fn give_up(&self) {
        self.is_given_up.set(true);
    }

    /// Notes a fault of the whole table.
    pub fn fault(&self, message: String, hint: Option<String>) {
        self.faults.add(self.span.clone(), message, hint);
    }
}

impl<'t> Entry<'t> {
    /// The key, or the key of the list it stands in.
    #[must_use]
    pub const fn name(&self) -> &'t str {
        self.name
    }

    /// Notes a fault at this value.
    pub fn fault(&self, message: String, hint: Option<String>) {
        self.faults.add(self.value.span(), message, hint);
    }

    fn wanted<T>(&self, what: &str) -> Option<T> {
        let found = self.value.get_ref().type_str();
        self.fault(format!("`{}` must be {what}, not {found}", self.name), None);
        None
    }

    /// The text, or `None` where the value is something else; no fault either way.
    #[must_use]
    pub fn as_text(&self) -> Option<&'t str> {
        self.value.get_ref().as_str()
    }

    /// A text that is not empty.
    pub fn text(&self) -> Option<&'t str> {
        match self.as_text() {
            Some("") => {
                self.fault(format!("`{}` is empty", self.name), None);
                None
            }
            Some(text) => Some(text),
            None => self.wanted("a string"),
        }
    }

    /// `true` or `false`.
    pub fn flag(&self) -> Option<bool> {
        self.value
            .get_ref()
            .as_bool()
            .or_else(|| self.wanted("true or false"))
    }

    /// Whether the value is a flag; no fault either way.
    #[must_use]
    pub fn as_flag(&self) -> Option<bool> {
        self.value.get_ref().as_bool()
    }

    /// A calendar day written as TOML writes it, `2026-01-31`.
    pub fn day(&self) -> Option<jiff::civil::Date> {
        let written = self.value.get_ref().as_datetime().map(ToString::to_string);
        match written.as_deref().and_then(|day| day.parse().ok()) {
            Some(day) => Some(day),
            None => self.wanted("a day such as 2026-01-31, without quotation marks"),
        }
    }

    /// One of the given words.
    pub fn choice<T: Copy>(&self, choices: &[(&str, T)]) -> Option<T> {
        let typed = self.text()?;
        let chosen = choices.iter().find(|(word, _)| *word == typed);
        if chosen.is_none() {
            let words: Vec<&str> = choices.iter().map(|(word, _)| *word).collect();
            let hint = did_you_mean(typed, words.iter().copied())
                .unwrap_or_else(|| format!("known here: {}", quoted(&words)));
            self.fault(format!("`{}` cannot be `{typed}`", self.name), Some(hint));
        }
        chosen.map(|(_, value)| *value)
    }

    /// Every entry of a list, read with `read`.
    pub fn list<T>(&self, read: impl Fn(&Self) -> Option<T>) -> Option<Vec<T>> {
        let Some(list) = self.value.get_ref().as_array() else {
            return self.wanted("a list");
        };
        let entries = list.iter().map(|value| Self {
            name: self.name,
            value,
            faults: self.faults,
        });
        // No short cut: each entry may have a fault of its own to tell.
        let read: Vec<Option<T>> = entries.map(|entry| read(&entry)).collect();
        read.into_iter().collect()
    }

    /// Every entry of a list that must have one, since an empty one would silence the survey.
    pub fn filled_list<T>(&self, read: impl Fn(&Self) -> Option<T>) -> Option<Vec<T>> {
        let list = self.list(read)?;
        if list.is_empty() {
            let hint = "leave it out for what is usual".to_owned();
            self.fault(format!("`{}` is empty", self.name), Some(hint));
            return None;
        }
        Some(list)
    }

    /// A table, read with `read`.
    pub fn section<T>(&self, read: impl FnOnce(&Section<'t>) -> Option<T>) -> Option<T> {
        match self.value.get_ref().as_table() {
            Some(table) => Section::new(table, self.value.span(), self.faults).read(read),
            None => self.wanted("a table"),
        }
    }

    /// The entries of a table whose keys are free, or `None` where the value is something else; no
    /// fault either way.
    #[must_use]
    pub fn as_free_table(&self) -> Option<Vec<Self>> {
        let table = self.value.get_ref().as_table()?;
        let entries = table.iter().map(|(key, value)| Self {
            name: key.get_ref(),
            value,
            faults: self.faults,
        });
        Some(entries.collect())
    }
}

/// One of the given words, or the usual value where the key is absent.
pub fn choice<T: Copy>(
    section: &Section<'_>,
    name: &'static str,
    usual: T,
    choices: &[(&str, T)],
) -> Option<T> {
    section
        .get(name)
        .map_or(Some(usual), |entry| entry.choice(choices))
}

/// `Some(None)` where the key is absent, `None` where its value is wrong.
pub fn optional<'t, T>(
    section: &Section<'t>,
    name: &'static str,
    read: impl FnOnce(&Entry<'t>) -> Option<T>,
) -> Option<Option<T>> {
    section
        .get(name)
        .map_or(Some(None), |entry| read(&entry).map(Some))
}

/// A list, empty where the key is absent.
pub fn list<'t, T>(
    section: &Section<'t>,
    name: &'static str,
    read: impl Fn(&Entry<'t>) -> Option<T>,
) -> Option<Vec<T>> {
    section
        .get(name)
        .map_or_else(|| Some(Vec::new()), |entry| entry.list(read))
}

fn quoted(words: &[&str]) -> String {
    let quoted: Vec<String> = words.iter().map(|word| format!("`{word}`")).collect();
    quoted.join(", ")
}
