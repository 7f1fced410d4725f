//! Where a webhook is posted to. The path may be a secret (Slack's is), so nothing here prints it.

use axum::http::Uri;
use std::fmt;
use std::net::IpAddr;

/// An address that can be posted to.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Address {
    /// Whether TLS is spoken.
    pub(crate) is_secret: bool,
    /// A name, or an IP address without brackets.
    pub(crate) host: String,
    pub(crate) port: u16,
    /// Host and port as the `Host` header has them.
    pub(crate) authority: String,
    /// Path and query.
    pub(crate) path: String,
}

/// Why a text is no such address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum NotAnAddress {
    /// Not `https://host/path`.
    Malformed,
    /// Plain HTTP to another machine.
    Readable,
}

impl Address {
    /// Reads an address; plain HTTP leaves this machine only if `may_be_read` underway.
    pub(crate) fn read(text: &str, may_be_read: bool) -> Result<Self, NotAnAddress> {
        let uri: Uri = text.parse().map_err(|_| NotAnAddress::Malformed)?;
        let is_secret = match uri.scheme_str() {
            Some("https") => true,
            Some("http") => false,
            _ => return Err(NotAnAddress::Malformed),
        };
        let authority = uri.authority().ok_or(NotAnAddress::Malformed)?;
        let host = authority.host().trim_matches(['[', ']']);
        // A name and password in an address are sent in clear by too many programs to be taken for safe.
        if host.is_empty() || authority.as_str().contains('@') {
            return Err(NotAnAddress::Malformed);
        }
        if !is_secret && !may_be_read && !is_this_machine(host) {
            return Err(NotAnAddress::Readable);
        }
        let usual = if is_secret { 443 } else { 80 };
        Ok(Self {
            is_secret,
            host: host.to_owned(),
            port: authority.port_u16().unwrap_or(usual),
            authority: authority.as_str().to_owned(),
            path: uri
                .path_and_query()
                .map_or_else(|| "/".to_owned(), ToString::to_string),
        })
    }

    /// All of it, as it is written; for comparing, not for printing.
    pub(crate) fn whole(&self) -> String {
        let scheme = if self.is_secret { "https" } else { "http" };
        format!("{scheme}://{}{}", self.authority, self.path)
    }
}

fn is_this_machine(host: &str) -> bool {
    let is_loopback = |address: IpAddr| address.is_loopback();
    host == "localhost" || host.parse().is_ok_and(is_loopback)
}

/// Scheme and host, and `…` for the rest.
impl fmt::Display for Address {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let scheme = if self.is_secret { "https" } else { "http" };
        let rest = if self.path == "/" { "/" } else { "/…" };
        write!(formatter, "{scheme}://{}{rest}", self.authority)
    }
}

impl fmt::Debug for Address {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, formatter)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_nobody_can_read_underway_is_an_address() {
        use NotAnAddress::{Malformed, Readable};
        let rows = [
            ("https://hooks.example/a?b=c", Ok("https://hooks.example/…")),
            ("https://hooks.example", Ok("https://hooks.example/")),
            ("http://127.0.0.1:8080/hook", Ok("http://127.0.0.1:8080/…")),
            ("http://[::1]:8080/hook", Ok("http://[::1]:8080/…")),
            ("http://localhost/", Ok("http://localhost/")),
            ("http://hooks.example/", Err(Readable)),
            ("http://127.0.0.1.evil.example/", Err(Readable)),
            ("https://me:password@hooks.example/", Err(Malformed)),
            ("hooks.example/a", Err(Malformed)),
            ("ftp://hooks.example/a", Err(Malformed)),
            ("https:///a", Err(Malformed)),
            ("", Err(Malformed)),
        ];
        for (text, expected) in rows {
            let shown = Address::read(text, false).map(|address| address.to_string());
            assert_eq!(shown, expected.map(str::to_owned), "{text}");
        }
        assert!(Address::read("http://hooks.example/", true).is_ok());
    }

    #[test]
    fn host_port_and_path_are_told_apart() {
        let rows = [
            (
                "https://hooks.example/a?b=c",
                "hooks.example",
                443,
                "/a?b=c",
            ),
            ("http://[::1]:8080", "::1", 8080, "/"),
        ];
        for (text, host, port, path) in rows {
            let address = Address::read(text, false).expect("an address");
            assert_eq!((&address.host[..], address.port), (host, port));
            assert_eq!(address.path, path);
            assert!(!format!("{address:?}").contains("b=c"));
        }
    }
}
