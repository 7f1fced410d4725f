//! CSS selectors in survey files.
//!
//! The browser judges them in the end; here only what no browser would take is refused, so that a
//! slip of the pen is told where it was made.

use super::section::Entry;

/// A CSS selector.
pub(super) fn selector(entry: &Entry<'_>) -> Option<String> {
    let selector = entry.text()?.trim();
    if let Some(wrong) = wrong(selector) {
        let hint = "write a CSS selector such as \"#newsletter\" or \"button.add-to-cart\"";
        entry.fault(
            format!("`{selector}` is no CSS selector: {wrong}"),
            Some(hint.to_owned()),
        );
        return None;
    }
    Some(selector.to_owned())
}

fn wrong(selector: &str) -> Option<String> {
    let mut open = Vec::new();
    let mut characters = selector.chars();
    while let Some(character) = characters.next() {
        match (open.last(), character) {
            (_, '\\') => drop(characters.next()),
            (Some('"' | '\''), _) if open.last() == Some(&character) => drop(open.pop()),
            (Some('"' | '\''), _) => {}
            (_, '"' | '\'') => open.push(character),
            (_, '(') => open.push(')'),
            (_, '[') => open.push(']'),
            (expected, ')' | ']') if expected == Some(&character) => drop(open.pop()),
            (_, ')' | ']' | '{' | '}' | ';' | '<') => {
                return Some(format!("`{character}` does not belong there"));
            }
            _ => {}
        }
    }
    match open.pop() {
        Some(missing) => Some(format!("a `{missing}` is missing")),
        None if selector.is_empty() => Some("it is empty".to_owned()),
        None if selector.ends_with([',', '>', '+', '~', '.', '#', ':']) => {
            Some("it breaks off".to_owned())
        }
        None => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_no_browser_would_take_is_refused() {
        let rows = [
            ("button", None),
            ("#newsletter > form:not(.done) input[name=\"mail\"]", None),
            ("a[href='/cart)'], .cart\\:open", None),
            ("[data-name='it is \"so\"']", None),
            ("", Some("it is empty")),
            ("#a:not(.b", Some("a `)` is missing")),
            ("a[href='x]", Some("a `'` is missing")),
            ("a]", Some("`]` does not belong there")),
            ("a { color: red }", Some("`{` does not belong there")),
            ("<form>", Some("`<` does not belong there")),
            ("form >", Some("it breaks off")),
        ];
        for (selector, expected) in rows {
            assert_eq!(wrong(selector).as_deref(), expected, "{selector}");
        }
    }
}
