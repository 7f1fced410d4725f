//! Text within HTML: what people wrote is shown, never obeyed.

/// The text with every character that means something to HTML written out.
pub(crate) fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            other => safe.push(other),
        }
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_in_a_comment_is_text() {
        assert_eq!(
            escaped("<b onclick=\"x('y')\">&"),
            "&lt;b onclick=&quot;x(&#39;y&#39;)&quot;&gt;&amp;"
        );
    }
}
