//! From which address a request comes: the connection's, or the one that a trusted proxy names.
//!
//! A proxy adds whom it heard from at the end of a list whose beginning anybody may have written. So the
//! list is read from its end, and the first address that is no trusted proxy's is the caller's.

use crate::cli::ProxyHeader;
use crate::settings::Limits;
use axum::http::HeaderMap;
use axum::http::header::{FORWARDED, HeaderName};
use ipnet::IpNet;
use std::net::{IpAddr, SocketAddr};
use std::sync::atomic::{AtomicBool, Ordering};

const X_FORWARDED_PROTO: HeaderName = HeaderName::from_static("x-forwarded-proto");

/// An address to count by; `None` where only trusted proxies are known, who speak for everybody.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Caller(pub(crate) Option<IpAddr>);

/// Whose word is believed, and where it stands.
pub(crate) struct Proxies {
    trusted: Vec<IpNet>,
    header: HeaderName,
    kind: ProxyHeader,
    doubted: AtomicBool,
}

impl Proxies {
    pub(crate) fn new(limits: &Limits) -> Self {
        Self {
            trusted: limits.trusted_proxies.clone(),
            header: match limits.proxy_header {
                ProxyHeader::XForwardedFor => HeaderName::from_static("x-forwarded-for"),
                ProxyHeader::Forwarded => FORWARDED,
            },
            kind: limits.proxy_header,
            doubted: AtomicBool::new(false),
        }
    }

    /// Whom a request on a connection from `peer` is from.
    pub(crate) fn caller(&self, peer: IpAddr, headers: &HeaderMap) -> Caller {
        if !self.trust(peer) {
            return Caller(Some(peer.to_canonical()));
        }
        let lists = headers.get_all(&self.header).iter().rev();
        let lists = lists.map(|list| list.to_str().unwrap_or_default());
        let mut hops = lists.flat_map(|list| list.rsplit(','));
        let caller = hops.find_map(|hop| match self.address(hop) {
            Some(address) if self.trust(address) => None,
            // What a trusted proxy cannot name nobody can, and what stands before it is hearsay.
            said => Some(said),
        });
        Caller(caller.flatten())
    }

    /// Whether the address is that of a trusted proxy.
    pub(crate) fn trust(&self, address: IpAddr) -> bool {
        let address = address.to_canonical();
        self.trusted.iter().any(|net| net.contains(&address))
    }

    /// Whether a trusted proxy says that it was asked by TLS.
    pub(crate) fn say_https(&self, peer: IpAddr, headers: &HeaderMap) -> bool {
        let says = |name: &HeaderName, is_https: fn(&str) -> bool| {
            let said = headers.get(name).and_then(|said| said.to_str().ok());
            // The first in the list heard the browser itself.
            said.and_then(|said| said.split(',').next())
                .is_some_and(is_https)
        };
        self.trust(peer)
            && match self.kind {
                ProxyHeader::XForwardedFor => says(&X_FORWARDED_PROTO, |said| {
                    said.trim().eq_ignore_ascii_case("https")
                }),
                ProxyHeader::Forwarded => says(&FORWARDED, |said| {
                    said.split(';').any(|pair| {
                        let pair = pair.trim().replace('"', "");
                        pair.eq_ignore_ascii_case("proto=https")
                    })
                }),
            }
    }

    /// Says once that somebody who is limited sends what only proxies send: without that proxy's name
    /// in the settings all who come through it share one limit.
    pub(crate) fn doubt(&self, headers: &HeaderMap) {
        if headers.contains_key(&self.header) && !self.doubted.swap(true, Ordering::Relaxed) {
            tracing::warn!(
                "an address that is limited sends `{}`: if it is a proxy of yours, name it in \
                 `trusted_proxies`",
                self.header
            );
        }
    }

    fn address(&self, hop: &str) -> Option<IpAddr> {
        match self.kind {
            ProxyHeader::XForwardedFor => address(hop),
            ProxyHeader::Forwarded => hop.split(';').find_map(|pair| {
                let (name, value) = pair.split_once('=')?;
                let is_from = name.trim().eq_ignore_ascii_case("for");
                is_from.then(|| address(value.trim().trim_matches('"')))?
            }),
        }
    }
}

/// `192.0.2.7`, `192.0.2.7:4711`, `2001:db8::7`, `[2001:db8::7]` or `[2001:db8::7]:4711`.
fn address(text: &str) -> Option<IpAddr> {
    let text = text.trim();
    let bare = text
        .strip_prefix('[')
        .and_then(|text| text.strip_suffix(']'));
    let with_port = || text.parse::<SocketAddr>().map(|address| address.ip());
    let address = bare.unwrap_or(text).parse().or_else(|_| with_port());
    address.ok().map(|address: IpAddr| address.to_canonical())
}

/// What counts as one address: of IPv6 the first 64 bits, which is what one household gets.
pub(super) fn network(address: IpAddr) -> u128 {
    match address.to_canonical() {
        IpAddr::V4(address) => u128::from(address.to_bits()),
        IpAddr::V6(address) => address.to_bits() & !u128::from(u64::MAX),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli;

    fn proxies(kind: ProxyHeader) -> Proxies {
        let networks = ["127.0.0.0/8", "10.0.0.0/8", "2001:db8:ff::/48"];
        let networks = networks.map(|network| cli::network(network).expect("a network"));
        Proxies::new(&Limits {
            requests_per_second: 1,
            connections: 1,
            connections_per_address: 1,
            trusted_proxies: networks.to_vec(),
            proxy_header: kind,
        })
    }

    /// The caller of a request from `peer` with these lists in the header.
    fn caller(kind: ProxyHeader, peer: &str, lists: &[&str]) -> String {
        let proxies = proxies(kind);
        let mut headers = HeaderMap::new();
        for list in lists {
            headers.append(&proxies.header, list.parse().expect("a value"));
        }
        let caller = proxies.caller(peer.parse().expect("an address"), &headers);
        caller
            .0
            .map_or_else(|| "nobody".to_owned(), |address| address.to_string())
    }

    #[test]
    fn the_last_address_that_is_no_trusted_proxys_is_the_callers() {
        let rows: &[(&str, &[&str], &str)] = &[
            // Whoever is not trusted may write what they like.
            ("192.0.2.1", &["198.51.100.7"], "192.0.2.1"),
            ("::ffff:192.0.2.1", &[], "192.0.2.1"),
            ("2001:db8::1", &["198.51.100.7"], "2001:db8::1"),
            ("127.0.0.1", &["198.51.100.7"], "198.51.100.7"),
            ("::ffff:127.0.0.1", &["198.51.100.7:4711"], "198.51.100.7"),
            (
                "127.0.0.1",
                &["203.0.113.9, 198.51.100.7 , 10.1.2.3"],
                "198.51.100.7",
            ),
            (
                "127.0.0.1",
                &["203.0.113.9, 198.51.100.7", "10.1.2.3"],
                "198.51.100.7",
            ),
            ("10.9.9.9", &["[2001:db8::7]:4711"], "2001:db8::7"),
            ("10.9.9.9", &["2001:db8::7, 2001:db8:ff::1"], "2001:db8::7"),
            // Proxies alone, or a proxy that names nobody.
            ("127.0.0.1", &[], "nobody"),
            ("127.0.0.1", &["10.1.2.3"], "nobody"),
            ("127.0.0.1", &["198.51.100.7, unknown"], "nobody"),
            ("127.0.0.1", &["198.51.100.7, "], "nobody"),
        ];
        for (peer, lists, expected) in rows {
            let found = caller(ProxyHeader::XForwardedFor, peer, lists);
            assert_eq!(&found, expected, "{peer} {lists:?}");
        }
    }

    #[test]
    fn the_forwarded_header_is_read_where_it_is_the_one_named() {
        let rows: &[(&str, &str)] = &[
            ("for=198.51.100.7;proto=https;by=10.0.0.1", "198.51.100.7"),
            ("proto=https; For=\"[2001:db8::7]:4711\"", "2001:db8::7"),
            (
                "for=203.0.113.9, for=198.51.100.7, for=10.1.2.3",
                "198.51.100.7",
            ),
            ("for=\", for=198.51.100.7", "198.51.100.7"),
            ("for=_hidden", "nobody"),
            ("for=198.51.100.7, proto=https", "nobody"),
        ];
        for (list, expected) in rows {
            let found = caller(ProxyHeader::Forwarded, "127.0.0.1", &[list]);
            assert_eq!(&found, expected, "{list}");
            let found = caller(ProxyHeader::XForwardedFor, "127.0.0.1", &[]);
            assert_eq!(found, "nobody", "the other header is not looked at");
        }
    }
}
