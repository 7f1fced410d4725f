//! Sentences in lines of at most 80 columns.

use super::columns;

/// An equals sign that no line ends before or after.
const GLUED: &str = "\u{a0}=\u{a0}";

/// What a terminal shows at least.
pub(super) const COLUMNS_MAX: usize = 80;

/// The text, each line but the first after `indent`, which the first is taken to have already.
pub(super) fn wrap(text: &str, indent: usize) -> Vec<String> {
    let indent = " ".repeat(indent);
    let mut lines: Vec<String> = Vec::new();
    // `p = 0.01` stays together.
    for word in text.replace(" = ", GLUED).split(' ') {
        let word = &word.replace(GLUED, " = ");
        match lines.last_mut() {
            Some(line) if columns::of(line) + 1 + columns::of(word) <= COLUMNS_MAX => {
                line.push(' ');
                line.push_str(word);
            }
            Some(_) => lines.push(format!("{indent}{word}")),
            None => lines.push(word.clone()),
        }
    }
    lines
}

/// A label, and a sentence beside it.
pub(super) fn labelled(label: &str, sentence: &str) -> Vec<String> {
    let label = format!("  {label:<15}");
    let mut lines = wrap(&format!("{label} {sentence}"), columns::of(&label) + 1);
    // Splitting at spaces keeps those of the label, as empty words.
    lines.retain(|line| !line.trim().is_empty());
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_line_is_longer_than_eighty_columns_and_no_word_is_lost() {
        let text = "ein Wort größer als das andere, 運費太高 ".repeat(12);
        let lines = labelled("a label", text.trim());
        assert!(lines.len() > 3 && lines[0].starts_with("  a label         ein"));
        for line in &lines {
            assert!(columns::of(line) <= COLUMNS_MAX, "{line}");
        }
        assert!(lines[1].starts_with("                  ") && !lines[1].ends_with(' '));
        let words = |text: &str| {
            text.split_whitespace()
                .map(str::to_owned)
                .collect::<Vec<_>>()
        };
        assert_eq!(words(&lines.join(" "))[2..], words(&text));
    }
}
