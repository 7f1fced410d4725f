//! Whether a request comes from this machine, and from nobody through it.
//!
//! While there is no password, whoever sits at this machine is believed. A proxy on it speaks for the whole
//! world, though, and so does a page whose name leads here (DNS rebinding): what bears the mark of either is
//! not near. A proxy need not say anything of itself, though, so that all of this is asked only where the shop's
//! pages are this machine's as well: `Settings::stay_here`.

use axum::http::header::HOST;
use axum::http::request::Parts;
use axum::http::uri::Authority;
use axum::http::{HeaderMap, Version};
use std::net::IpAddr;

/// Headers that only proxies write, besides those that begin with `x-forwarded`.
const OF_PROXIES: [&str; 7] = [
    "forwarded",
    "via",
    "x-real-ip",
    "x-client-ip",
    "true-client-ip",
    "cf-connecting-ip",
    "x-original-host",
];

/// Whether it comes from `peer` on this machine and means this machine.
pub(super) fn is_near(peer: IpAddr, request: &Parts) -> bool {
    peer.to_canonical().is_loopback()
        && !is_passed_on(&request.headers)
        // No browser has spoken it for decades, and proxies that say nothing of themselves do.
        && request.version > Version::HTTP_10
        && names_this_machine(request)
}

/// Whether a proxy says so.
fn is_passed_on(headers: &HeaderMap) -> bool {
    headers.keys().any(|name| {
        let name = name.as_str();
        name.starts_with("x-forwarded") || OF_PROXIES.contains(&name)
    })
}

/// Whether every name that it is sent to is one of this machine for itself.
fn names_this_machine(request: &Parts) -> bool {
    let hosts = request.headers.get_all(HOST).iter();
    let hosts = hosts.map(|host| host.to_str().unwrap_or_default());
    let authority = request.uri.authority().map(Authority::as_str);
    let mut named = hosts.chain(authority).peekable();
    named.peek().is_some() && named.all(is_this_machine)
}

/// Whether a host, with a port or without, is this machine under one of its names for itself.
pub(crate) fn is_this_machine(authority: &str) -> bool {
    let Ok(parsed) = authority.parse::<Authority>() else {
        return false;
    };
    let host = parsed.host();
    let bare = host.trim_start_matches('[').trim_end_matches(']');
    let is_loopback = || {
        bare.parse()
            .is_ok_and(|address: IpAddr| address.is_loopback())
    };
    !authority.contains('@') && (host.eq_ignore_ascii_case("localhost") || is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::Request;

    type Headers<'h> = &'h [(&'h str, &'h str)];

    fn request(uri: &str, version: Version, headers: Headers<'_>) -> Parts {
        let mut request = Request::builder().uri(uri).version(version);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        request.body(()).expect("a request").into_parts().0
    }

    #[test]
    fn near_is_who_names_this_machine_from_this_machine() {
        let at = |host| request("/dashboard", Version::HTTP_11, &[("host", host)]);
        let rows = [
            ("127.0.0.1:7700", true),
            ("localhost:7700", true),
            ("LocalHost", true),
            ("[::1]:7700", true),
            ("127.9.9.9", true),
            ("feedback.example.com", false),
            ("127.0.0.1.example.com:7700", false),
            ("localhost.example.com", false),
            ("localhost@example.com", false),
            ("example.com@localhost", false),
            ("192.0.2.1:7700", false),
            ("0.0.0.0:7700", false),
            ("", false),
        ];
        for (host, expected) in rows {
            for peer in ["127.0.0.1", "::1", "::ffff:127.0.0.1"] {
                let peer = peer.parse().expect("an address");
                assert_eq!(is_near(peer, &at(host)), expected, "{host} from {peer}");
            }
            let far = "192.0.2.1".parse().expect("an address");
            assert!(!is_near(far, &at(host)), "{host}");
        }
    }

    #[test]
    fn what_a_proxy_passes_on_is_not_near() {
        let peer = "127.0.0.1".parse().expect("an address");
        let host = ("host", "127.0.0.1:7700");
        for header in [
            ("x-forwarded-for", "192.0.2.7"),
            ("x-forwarded-for", "127.0.0.1"),
            ("x-forwarded-proto", "https"),
            ("x-forwarded-host", "localhost"),
            ("forwarded", "for=192.0.2.7"),
            ("via", "1.1 proxy"),
            ("x-real-ip", ""),
            ("host", "feedback.example.com"),
        ] {
            let passed_on = request("/dashboard", Version::HTTP_11, &[host, header]);
            assert!(!is_near(peer, &passed_on), "{header:?}");
        }
        let old = request("/dashboard", Version::HTTP_10, &[host]);
        assert!(!is_near(peer, &old), "as nginx passes on, if told nothing");
    }

    #[test]
    fn both_names_of_a_request_must_mean_this_machine() {
        let peer = "127.0.0.1".parse().expect("an address");
        let rows: [(&str, Headers<'_>, bool); 4] = [
            ("http://localhost:7700/dashboard", &[], true),
            ("http://example.com/dashboard", &[], false),
            (
                "http://example.com/dashboard",
                &[("host", "localhost")],
                false,
            ),
            ("/dashboard", &[], false),
        ];
        for (uri, headers, expected) in rows {
            let request = request(uri, Version::HTTP_2, headers);
            assert_eq!(is_near(peer, &request), expected, "{uri} {headers:?}");
        }
    }
}
