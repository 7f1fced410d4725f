//! How wide a text is on a terminal: letters of Chinese, Japanese and Korean take two columns.

use crate::comments::wide;

/// The columns that the text takes.
pub(crate) fn of(text: &str) -> usize {
    text.chars().map(width).sum()
}

/// At most so many columns, the last a sign that there was more.
pub(super) fn cut(text: &str, columns: usize) -> String {
    if of(text) <= columns {
        return text.to_owned();
    }
    let mut taken = 0;
    let kept = text.chars().take_while(|letter| {
        taken += width(*letter);
        taken < columns
    });
    kept.collect::<String>() + "…"
}

/// The text cut to its columns, and spaces up to them.
pub(super) fn padded(text: &str, columns: usize) -> String {
    let text = cut(text, columns);
    let rest = columns.saturating_sub(of(&text));
    text + &" ".repeat(rest)
}

fn width(letter: char) -> usize {
    if wide(letter) { 2 } else { 1 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_cut_says_so_and_wide_letters_take_two_columns() {
        assert_eq!(cut("/products/42", 12), "/products/42");
        assert_eq!(cut("/products/42", 6), "/prod…");
        assert_eq!(cut("運費太高", 8), "運費太高");
        assert_eq!(cut("運費太高", 7), "運費太…");
        assert_eq!(cut("運費太高", 5), "運費…");
        assert_eq!(padded("運費", 6), "運費  ");
        assert_eq!(padded("a", 3), "a  ");
        assert_eq!(of("/運費 é"), 7);
    }
}
