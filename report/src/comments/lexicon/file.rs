//! Reading `themes.toml`: every fault at once, with its line and column.

use std::collections::BTreeMap;

use survey::file::Fault;
use survey::file::section::{self, Entry, Section, choice, list};

use super::pattern::Pattern;
use crate::comments::language::Language;

/// A file of themes as written.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Written {
    /// Whether the built-in themes are kept.
    pub(super) keeps_standard: bool,
    pub(super) themes: Vec<WrittenTheme>,
}

#[derive(Debug, PartialEq, Eq)]
pub(super) struct WrittenTheme {
    pub(super) id: String,
    pub(super) change: Change,
    pub(super) names: BTreeMap<Language, String>,
    pub(super) words: BTreeMap<Language, Vec<String>>,
}

/// What a theme does to the one of the same id before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Change {
    Add,
    Replace,
    Remove,
}

/// Reads a file of themes.
pub(super) fn parse(text: &str) -> Result<Written, Vec<Fault>> {
    section::parse(text, |file| {
        let keeps_standard = file
            .get("standard")
            .map_or(Some(true), |entry| entry.flag());
        let themes = list(file, "theme", |entry| entry.section(theme));
        let themes = themes?;
        Some(Written {
            keeps_standard: keeps_standard?,
            themes,
        })
    })
}

fn theme(section: &Section<'_>) -> Option<WrittenTheme> {
    let id = section.require("id").and_then(|entry| id(&entry));
    let change = choice(
        section,
        "change",
        Change::Add,
        &[
            ("add", Change::Add),
            ("replace", Change::Replace),
            ("remove", Change::Remove),
        ],
    );
    let names = section
        .get("name")
        .map_or_else(|| Some(BTreeMap::new()), |entry| names(&entry));
    let words = section.get("words").map_or_else(
        || Some(BTreeMap::new()),
        |entry| by_language(&entry, |entry| entry.list(word)),
    );
    if change? != Change::Remove
        && words.as_ref().is_some_and(BTreeMap::is_empty)
        && names.is_some()
    {
        let hint = "write `words = { en = [\"gift*\"] }`, or `change = \"remove\"`".to_owned();
        section.fault("a theme needs `words`".to_owned(), Some(hint));
        return None;
    }
    Some(WrittenTheme {
        id: id?,
        change: change?,
        names: names?,
        words: words?,
    })
}

fn id(entry: &Entry<'_>) -> Option<String> {
    let id = entry.text()?;
    let is_plain = |character: char| {
        character.is_ascii_lowercase() || character.is_ascii_digit() || "-_".contains(character)
    };
    if id.len() > 64 || !id.chars().all(is_plain) {
        let hint = "use at most 64 lower-case letters, digits, `-` and `_`".to_owned();
        entry.fault(format!("`{id}` cannot be a theme's id"), Some(hint));
        return None;
    }
    Some(id.to_owned())
}

/// A name for every language, or one for each.
fn names(entry: &Entry<'_>) -> Option<BTreeMap<Language, String>> {
    if let Some(name) = entry.as_text() {
        return Some(BTreeMap::from([(Language::English, name.to_owned())]));
    }
    by_language(entry, |entry| entry.text().map(str::to_owned))
}

fn word(entry: &Entry<'_>) -> Option<String> {
    let text = entry.text()?;
    if Pattern::new(text).is_none() {
        entry.fault(
            format!("`{text}` has no letter to look for"),
            Some("write a word, or the start of one: `refund*`".to_owned()),
        );
        return None;
    }
    Some(text.to_lowercase())
}

/// A table whose keys are languages.
fn by_language<T>(
    entry: &Entry<'_>,
    read: impl Fn(&Entry<'_>) -> Option<T>,
) -> Option<BTreeMap<Language, T>> {
    let Some(entries) = entry.as_free_table() else {
        let name = entry.name();
        entry.fault(
            format!("`{name}` must be a table by language"),
            Some(format!("for example `{name} = {{ en = … }}`")),
        );
        return None;
    };
    let mut table = BTreeMap::new();
    let mut is_whole = true;
    for entry in entries {
        let language = Language::exactly(entry.name());
        if language.is_none() {
            let known: Vec<&str> = Language::ALL.into_iter().map(Language::tag).collect();
            let hint = survey::file::did_you_mean(entry.name(), known.iter().copied())
                .unwrap_or_else(|| format!("known here: {}", known.join(", ")));
            entry.fault(
                format!("`{}` is no language of ours", entry.name()),
                Some(hint),
            );
        }
        match (language, read(&entry)) {
            (Some(language), Some(value)) => {
                table.insert(language, value);
            }
            _ => is_whole = false,
        }
    }
    is_whole.then_some(table)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_fault_of_a_file_is_told_with_its_place() {
        let text = r#"
standard = "yes"
[[theme]]
id = "Gift Wrap"
words = { en = ["gift*"], eng = ["*"] }
[[theme]]
id = "gift"
color = "red"
[[theme]]
change = "delete"
"#;
        let faults: Vec<String> = parse(text)
            .unwrap_err()
            .iter()
            .map(|fault| format!("{}:{}: {}", fault.line, fault.column, fault.message))
            .collect();
        let expected = [
            "2:12: `standard` must be true or false, not string",
            "4:6: `Gift Wrap` cannot be a theme's id",
            "5:33: `eng` is no language of ours",
            "5:34: `*` has no letter to look for",
            "6:1: a theme needs `words`",
            "8:1: unknown key `color`",
            "9:1: `id` is missing",
            "10:10: `change` cannot be `delete`",
        ];
        assert_eq!(faults, expected);
    }

    #[test]
    fn a_language_mistyped_is_told_with_the_right_one() {
        let faults = parse("[[theme]]\nid = \"a\"\nwords = { zh-hant = [\"運費\"] }").unwrap_err();
        assert_eq!(faults[0].hint.as_deref(), Some("did you mean `zh-Hant`?"));
    }
}
