//! From which pages a site may be spoken to: `https://shop.example`, or any port of a host with `:*`.

use crate::doorway::is_this_machine;
use std::fmt;

/// An origin as `hark.toml` names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Origin {
    /// Scheme, host and perhaps port.
    start: String,
    any_port: bool,
}

impl Origin {
    /// `None` where the text is not what a browser would send as `Origin`.
    pub(crate) fn new(text: &str) -> Option<Self> {
        let (start, any_port) = match text.strip_suffix(":*") {
            Some(start) => (start, true),
            None => (text, false),
        };
        let host = start
            .strip_prefix("https://")
            .or_else(|| start.strip_prefix("http://"))?;
        let is_of_a_host =
            |c: char| matches!(c, 'a'..='z' | '0'..='9' | '-' | '.' | ':' | '[' | ']' | '_');
        let is_host = !host.is_empty() && host.chars().all(is_of_a_host);
        is_host.then(|| Self {
            start: start.to_owned(),
            any_port,
        })
    }

    /// Whether its pages are this machine's, which nobody else sees.
    pub(super) fn is_this_machine(&self) -> bool {
        let host = self.start.split_once("://").map(|(_, host)| host);
        host.is_some_and(is_this_machine)
    }

    /// Whether a request's `Origin` is this one.
    pub(crate) fn allows(&self, origin: &str) -> bool {
        let Some(rest) = origin.strip_prefix(&self.start) else {
            return false;
        };
        let is_port = |rest: &str| {
            rest.strip_prefix(':')
                .is_some_and(|port| port.parse::<u16>().is_ok())
        };
        rest.is_empty() || self.any_port && is_port(rest)
    }
}

impl fmt::Display for Origin {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let port = if self.any_port { ":*" } else { "" };
        write!(formatter, "{}{port}", self.start)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_a_browser_sends_is_an_origin() {
        let rows = [
            ("https://shop.example", true),
            ("http://localhost:8080", true),
            ("http://127.0.0.1:*", true),
            ("http://[::1]:*", true),
            ("https://xn--bcher-kva.example", true),
            ("shop.example", false),
            ("https://", false),
            ("https://shop.example/", false),
            ("https://Shop.example", false),
            ("https://*.shop.example", false),
            ("ftp://shop.example", false),
            ("null", false),
            ("*", false),
        ];
        for (text, expected) in rows {
            assert_eq!(Origin::new(text).is_some(), expected, "{text}");
        }
    }

    #[test]
    fn this_machine_is_known_by_its_names_for_itself() {
        let rows = [
            ("http://localhost", true),
            ("http://localhost:8080", true),
            ("http://localhost:*", true),
            ("https://127.0.0.1:*", true),
            ("http://[::1]:*", true),
            ("https://shop.example", false),
            ("http://localhost.example:*", false),
            ("http://127.0.0.1.example", false),
            ("http://192.0.2.1:*", false),
            ("http://0.0.0.0:*", false),
        ];
        for (text, expected) in rows {
            let origin = Origin::new(text).unwrap();
            assert_eq!(origin.is_this_machine(), expected, "{text}");
        }
    }

    #[test]
    fn an_origin_is_matched_to_its_end() {
        let rows = [
            ("https://shop.example", "https://shop.example", true),
            ("https://shop.example", "http://shop.example", false),
            (
                "https://shop.example",
                "https://shop.example.evil.example",
                false,
            ),
            ("https://shop.example", "https://shop.example:8443", false),
            ("https://shop.example", "null", false),
            ("http://127.0.0.1:*", "http://127.0.0.1:7700", true),
            ("http://127.0.0.1:*", "http://127.0.0.1", true),
            ("http://127.0.0.1:*", "http://127.0.0.1.evil.example", false),
            (
                "http://127.0.0.1:*",
                "http://127.0.0.1:7700@evil.example",
                false,
            ),
        ];
        for (allowed, sent, expected) in rows {
            assert_eq!(
                Origin::new(allowed).unwrap().allows(sent),
                expected,
                "{allowed} {sent}"
            );
        }
    }
}
