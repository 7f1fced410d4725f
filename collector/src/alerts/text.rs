//! What an alert says to people.

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
/// A message that is longer is cut by Slack.
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
            .map(|link| format!("<{link}|Open it in Hark>"));
        let small = (!self.small.is_empty()).then(|| format!("_{}_", escaped(&self.small)));
        let rows = [title].into_iter().chain(lines).chain(quote).chain(link);
        let rows: Vec<String> = rows.chain(small).collect();
        cut(&rows.join("\n"), MOST).into_owned()
    }
}

/// <https://docs.slack.dev/messaging/formatting-message-text#escaping>
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}

fn cut(text: &str, most: usize) -> std::borrow::Cow<'_, str> {
    match text.char_indices().nth(most) {
        None => text.into(),
        Some((end, _)) => format!("{}…", &text[..end]).into(),
    }
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
}
