//! What an alert says to people.

use std::borrow::Cow;

/// A title and some lines, for any channel.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Text {
    pub(crate) title: String,
    pub(crate) lines: Vec<String>,
    /// What somebody wrote.
    pub(crate) quote: Option<String>,
    /// What is only looked at when needed.
    pub(crate) small: String,
    pub(crate) link: Option<String>,
}

/// So much of a quote is enough to know what it is about, in characters.
const QUOTE: usize = 300;
/// More than this is read by nobody in a channel; link and case come after it, whole.
const MOST: usize = 3_000;

impl Text {
    /// Without any marks.
    pub(super) fn plain(&self) -> String {
        let quote = self
            .quote
            .as_deref()
            .map(|quote| format!("“{}”", cut(quote, QUOTE)));
        let rows = [self.title.clone()].into_iter();
        let rows = rows.chain(self.lines.iter().cloned()).chain(quote);
        let rows = rows.chain(self.link.clone()).chain([self.small.clone()]);
        let rows: Vec<String> = rows.filter(|row| !row.is_empty()).collect();
        rows.join("\n")
    }

    /// As Slack and what understands the same show it: what people wrote can neither mention anybody nor
    /// hide where a link goes.
    pub(super) fn marked_up(&self) -> String {
        let title = format!("*{}*", escaped(&self.title));
        let quote = self.quote.as_deref().map(|quote| {
            let words: Vec<&str> = quote.split_whitespace().collect();
            format!("> {}", escaped(&cut(&words.join(" "), QUOTE)))
        });
        let lines = self.lines.iter().map(|line| escaped(line));
        let link = self
            .link
            .as_deref()
            .map(|link| format!("<{}|Open it in Hark>", escaped(link)));
        let small = (!self.small.is_empty()).then(|| format!("_{}_", escaped(&self.small)));
        let said: Vec<String> = [title].into_iter().chain(lines).chain(quote).collect();
        let said = cut_escaped(&said.join("\n"), MOST).into_owned();
        let rows: Vec<String> = [said].into_iter().chain(link).chain(small).collect();
        rows.join("\n")
    }
}

/// <https://docs.slack.dev/messaging/formatting-message-text#escaping>
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}

fn cut(text: &str, most: usize) -> Cow<'_, str> {
    let kept = beginning(text, most);
    kept.map_or_else(|| text.into(), |kept| format!("{kept}…").into())
}

/// The same of what is escaped: half an entity would be shown as it is written.
fn cut_escaped(text: &str, most: usize) -> Cow<'_, str> {
    let whole = |kept: &str| match kept.rsplit_once('&') {
        Some((before, entity)) if !entity.contains(';') => format!("{before}…"),
        _ => format!("{kept}…"),
    };
    beginning(text, most).map_or_else(|| text.into(), |kept| whole(kept).into())
}

/// The first so many characters, if there are more.
fn beginning(text: &str, most: usize) -> Option<&str> {
    let (end, _) = text.char_indices().nth(most)?;
    Some(&text[..end])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_people_write_mentions_nobody_in_slack() {
        let text = Text {
            title: "Low score".to_owned(),
            lines: vec!["/checkout<script>".to_owned()],
            quote: Some("<!channel> & <https://evil.example|safe>\n*now*".to_owned()),
            small: "Case 1".to_owned(),
            link: Some("https://hark.example/dashboard".to_owned()),
        };
        let expected = "*Low score*\n/checkout&lt;script&gt;\n\
            > &lt;!channel&gt; &amp; &lt;https://evil.example|safe&gt; *now*\n\
            <https://hark.example/dashboard|Open it in Hark>\n_Case 1_";
        assert_eq!(text.marked_up(), expected);
    }

    #[test]
    fn long_texts_are_cut_between_characters() {
        let text = Text {
            quote: Some("é".repeat(400)),
            ..Text::default()
        };
        assert!(text.plain().ends_with("é…”") && text.plain().chars().count() == 303);
        let long = Text {
            lines: vec!["é".repeat(4_000)],
            ..Text::default()
        };
        assert_eq!(long.marked_up().chars().count(), MOST + 1);
    }

    #[test]
    fn no_entity_is_cut_in_half_and_the_way_to_the_case_stays() {
        let text = Text {
            lines: vec!["&".repeat(4_000)],
            small: "Case 1".to_owned(),
            link: Some("https://hark.example/a?b=c&d=e".to_owned()),
            ..Text::default()
        };
        let said = text.marked_up();
        let way = "\n<https://hark.example/a?b=c&amp;d=e|Open it in Hark>\n_Case 1_";
        let rest = said.strip_suffix(way).expect("the link, whole");
        assert!(rest.ends_with("&amp;…"), "{}", &rest[rest.len() - 20..]);
    }
}
