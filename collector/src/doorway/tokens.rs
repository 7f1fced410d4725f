//! Bearer tokens (RFC 6750) for programs that read: their names, and what each is recognised by.
//!
//! In the file each is one JSON object a line; the token itself is nowhere but with whom it was given to.

use super::secret::{self, Print};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::io;

/// What a token begins with, so that whoever finds one knows what it opens.
const BEGINNING: &str = "hark_";
const LONGEST_NAME: usize = 64;

/// A token, without what it says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Token {
    pub(crate) name: String,
    /// In hexadecimal.
    sha256: String,
    pub(crate) created: Timestamp,
}

/// All tokens, in the order in which they were made.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Tokens(Vec<Token>);

impl Tokens {
    /// Reads the file; `None` where a line is no token, which must not be lost.
    pub(crate) fn read(text: &str) -> Option<Self> {
        let tokens = text.lines().map(serde_json::from_str);
        tokens.collect::<Result<_, _>>().map(Self).ok()
    }

    /// The file's text.
    pub(crate) fn text(&self) -> Result<String, serde_json::Error> {
        let lines = self.0.iter().map(serde_json::to_string);
        lines.map(|line| line.map(|line| line + "\n")).collect()
    }

    /// Adds one; gives what its owner must say.
    pub(crate) fn add(&mut self, name: &str, now: Timestamp) -> io::Result<String> {
        let said = format!("{BEGINNING}{}", secret::draw()?);
        self.0.push(Token {
            name: name.to_owned(),
            sha256: hex(secret::print(&said)),
            created: now,
        });
        Ok(said)
    }

    /// Removes one; says whether it was there.
    pub(crate) fn remove(&mut self, name: &str) -> bool {
        let before = self.0.len();
        self.0.retain(|token| token.name != name);
        self.0.len() < before
    }

    /// Whether one has this name.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.iter().any(|token| token.name == name)
    }

    /// Whether one says this. Prints are compared, of which nothing is learned by how long that takes.
    pub(super) fn know(&self, said: &str) -> bool {
        let print = hex(secret::print(said));
        self.iter().any(|token| token.sha256 == print)
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = &Token> {
        self.0.iter()
    }
}

/// Whether a token may be called so.
pub(crate) fn is_name(name: &str) -> bool {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
    (1..=LONGEST_NAME).contains(&name.len()) && name.chars().all(is_plain)
}

fn hex(print: Print) -> String {
    print.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_known_until_it_is_removed_and_the_file_does_not_tell_it() {
        let now = "2026-11-21T10:00:00Z".parse().expect("a moment");
        let mut tokens = Tokens::default();
        let one = tokens.add("grafana", now).expect("a token");
        let other = tokens.add("nightly", now).expect("a token");
        assert!(one.starts_with("hark_") && one.len() == 48, "{one}");
        let text = tokens.text().expect("text");
        assert!(!text.contains(&one[5..]) && text.lines().count() == 2);
        let mut tokens = Tokens::read(&text).expect("readable");
        assert!(tokens.know(&one) && tokens.know(&other) && tokens.has("grafana"));
        for guess in ["", "hark_", &one[5..], &one[..47]] {
            assert!(!tokens.know(guess), "{guess}");
        }
        assert!(tokens.remove("grafana") && !tokens.remove("grafana"));
        assert!(!tokens.know(&one) && tokens.know(&other));
    }

    #[test]
    fn a_file_with_a_line_that_is_no_token_is_not_read() {
        assert_eq!(Tokens::read(""), Some(Tokens::default()));
        for text in ["grafana\n", "{}\n", "{\"name\":\"a\"}\n", "\n"] {
            assert_eq!(Tokens::read(text), None, "{text:?}");
        }
    }

    #[test]
    fn a_name_is_a_word() {
        for (name, expected) in [
            ("grafana", true),
            ("night-ly_2.0", true),
            ("", false),
            ("two words", false),
            ("caf\u{e9}", false),
            ("../tokens", false),
        ] {
            assert_eq!(is_name(name), expected, "{name}");
        }
        assert!(!is_name(&"a".repeat(65)));
    }
}
