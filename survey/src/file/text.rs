//! Texts in one language or several: `"…"` or `{ en = "…", fr = "…" }`.

use super::fault::did_you_mean;
use super::section::Entry;
use crate::definition::Text;
use crate::wording::Language;
use std::collections::BTreeMap;

/// Reads a text.
pub(super) fn text(entry: &Entry<'_>) -> Option<Text> {
    let Some(translations) = entry.as_free_table() else {
        return entry.text().map(|text| Text::Same(text.to_owned()));
    };
    if translations.is_empty() {
        entry.fault(
            format!("`{}` has no text in any language", entry.name()),
            None,
        );
        return None;
    }
    let texts: Vec<_> = translations.iter().map(translation).collect();
    texts
        .into_iter()
        .collect::<Option<BTreeMap<_, _>>>()
        .map(Text::ByLanguage)
}

fn translation(entry: &Entry<'_>) -> Option<(Language, String)> {
    let text = entry.text();
    let language = Language::exactly(entry.name());
    if language.is_none() {
        let tags: Vec<&str> = Language::all().map(Language::tag).collect();
        let hint = did_you_mean(entry.name(), tags.iter().copied())
            .unwrap_or_else(|| format!("known languages: {}", tags.join(", ")));
        entry.fault(format!("unknown language `{}`", entry.name()), Some(hint));
    }
    Some((language?, text?.to_owned()))
}
