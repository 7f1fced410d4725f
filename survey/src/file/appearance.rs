//! The `[appearance]` table: where and how the card appears.

use super::section::{Section, optional};
use super::selector::selector;
use super::text::text;
use crate::definition::Appearance;
use crate::offer::Position;

pub(super) fn appearance(section: &Section<'_>) -> Option<Appearance> {
    let position = optional(section, "position", |entry| {
        entry.choice(&Position::ALL.map(|position| (position.name(), position)))
    });
    let inline = optional(section, "inline", selector);
    let tab_label = optional(section, "tab_label", text);
    let (position, inline, tab_label) = (position?, inline?, tab_label?);
    // Whoever names an element means it.
    let usual = match inline {
        Some(_) => Position::Inline,
        None => Position::default(),
    };
    let position = position.unwrap_or(usual);
    let wrong = match position {
        Position::Inline if inline.is_none() => Some("`inline` is missing: in which element?"),
        Position::Inline => None,
        _ if inline.is_some() => Some("`inline` is only for the position `inline`"),
        _ => None,
    };
    let wrong = wrong.or_else(|| {
        let is_lost = tab_label.is_some() && position != Position::Tab;
        is_lost.then_some("`tab_label` is only for the position `tab`")
    });
    if let Some(wrong) = wrong {
        section.fault(wrong.to_owned(), None);
        return None;
    }
    Some(Appearance {
        position,
        inline,
        tab_label,
    })
}
