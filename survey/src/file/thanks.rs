//! The `[thanks]` table: what is said at the end.

use super::section::{Entry, Section, optional};
use super::text::text;
use crate::definition::{LinkDefinition, Thanks};

pub(super) fn thanks(section: &Section<'_>) -> Option<Thanks> {
    let message = optional(section, "message", text);
    let link = optional(section, "link", |entry| entry.section(link));
    Some(Thanks {
        message: message?,
        link: link?,
    })
}

fn link(section: &Section<'_>) -> Option<LinkDefinition> {
    let url = section.require("url").and_then(|entry| url(&entry));
    let text = section.require("text").and_then(|entry| text(&entry));
    Some(LinkDefinition {
        url: url?,
        text: text?,
    })
}

/// An address that leads somewhere, and nowhere unencrypted.
fn url(entry: &Entry<'_>) -> Option<String> {
    let url = entry.text()?;
    let host = url.strip_prefix("https://").unwrap_or_default();
    let is_plain = !url.contains(|character: char| character.is_whitespace() || character == '"');
    if host.is_empty() || host.starts_with(['/', '?', '#', ':']) || !is_plain {
        let hint = "write a whole address such as \"https://shop.example/help\"".to_owned();
        entry.fault(format!("`url` cannot be `{url}`"), Some(hint));
        return None;
    }
    Some(url.to_owned())
}
