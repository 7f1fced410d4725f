//! The `[[follow_up]]` tables: what may be asked after the score.

use super::section::{Entry, Section, choice, optional};
use super::text::text;
use crate::definition::{FollowUpDefinition, FollowUpWording, OptionDefinition};
use crate::metric::Band;
use crate::offer::FollowUpKind;

/// More than this is a questionnaire, and does not fit a phone.
const MOST_OPTIONS: usize = 12;

pub(super) fn follow_up(section: &Section<'_>) -> Option<FollowUpDefinition> {
    let when = choice(
        section,
        "when",
        None,
        &[
            ("low", Some(Band::Low)),
            ("middle", Some(Band::Middle)),
            ("high", Some(Band::High)),
            ("any", None),
        ],
    );
    let kind = choice(
        section,
        "kind",
        FollowUpKind::Text,
        &FollowUpKind::ALL.map(|kind| (kind.name(), kind)),
    );
    let question = optional(section, "question", text);
    let Some(kind) = kind else {
        section.give_up();
        return None;
    };
    let (wording, options) = match kind {
        FollowUpKind::Text => (own_words(section), Some(Vec::new())),
        FollowUpKind::Choice | FollowUpKind::Choices => options(section, &question),
        FollowUpKind::Contact => (Some(FollowUpWording::Contact), Some(Vec::new())),
    };
    Some(FollowUpDefinition {
        when: when?,
        kind,
        wording: wording?,
        question: question?,
        options: options?,
    })
}

fn own_words(section: &Section<'_>) -> Option<FollowUpWording> {
    choice(
        section,
        "wording",
        FollowUpWording::Reason,
        &[
            ("reason", FollowUpWording::Reason),
            ("improve", FollowUpWording::Improve),
            ("liked", FollowUpWording::Liked),
        ],
    )
}

type Options = (Option<FollowUpWording>, Option<Vec<OptionDefinition>>);

/// Options of its own, or those of a standard wording.
fn options<T>(section: &Section<'_>, question: &Option<Option<T>>) -> Options {
    let wording = optional(section, "wording", |entry| {
        entry.choice(&[("abandon", FollowUpWording::Abandon)])
    });
    let options = optional(section, "options", unmistakable);
    let (Some(wording), Some(options)) = (wording, options) else {
        return (None, None);
    };
    if wording.is_none() {
        if options.is_none() {
            let hint = "write `options`, or `wording = \"abandon\"` for the standard ones";
            section.fault("`options` is missing".to_owned(), Some(hint.to_owned()));
            return (None, None);
        }
        if matches!(question, Some(None)) {
            section.fault("`question` is missing".to_owned(), None);
            return (None, None);
        }
    }
    let wording = wording.unwrap_or(FollowUpWording::Abandon);
    (Some(wording), Some(options.unwrap_or_default()))
}

/// Enough to choose from, few enough for a phone, and no two alike.
fn unmistakable(entry: &Entry<'_>) -> Option<Vec<OptionDefinition>> {
    let options = entry.list(|entry| entry.section(option))?;
    let count = options.len();
    if !(2..=MOST_OPTIONS).contains(&count) {
        let message = format!("`options` has {count} of them, but must have 2 to {MOST_OPTIONS}");
        entry.fault(message, None);
        return None;
    }
    for (position, option) in options.iter().enumerate() {
        let mut before = options[..position].iter();
        if before.any(|known| known.key == option.key) {
            entry.fault(format!("there are two options `{}`", option.key), None);
            return None;
        }
    }
    Some(options)
}

fn option(section: &Section<'_>) -> Option<OptionDefinition> {
    let key = section.require("key").and_then(|entry| key(&entry));
    let text = section.require("text").and_then(|entry| text(&entry));
    Some(OptionDefinition {
        key: key?,
        text: text?,
    })
}

/// Keys stand in lines and in columns, so they are kept plain.
fn key(entry: &Entry<'_>) -> Option<String> {
    let key = entry.text()?;
    let is_plain = |character: char| character.is_ascii_alphanumeric() || "-_".contains(character);
    if key.len() > 64 || !key.chars().all(is_plain) {
        let hint = "write at most 64 letters, digits, `-` and `_`; what is read goes into `text`";
        entry.fault(format!("`key` cannot be `{key}`"), Some(hint.to_owned()));
        return None;
    }
    Some(key.to_owned())
}
