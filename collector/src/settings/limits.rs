//! How much one address, and all of them together, may ask for; and who says which address that is.

use super::choices::Choices;
use crate::cli;
use crate::cli::ProxyHeader;
use ipnet::IpNet;
use std::net::{Ipv4Addr, Ipv6Addr};
use survey::file::section::{Entry, Section, optional};

/// The limits of `hark serve` on those who ask.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Limits {
    /// From one address; 0 is no limit.
    pub(crate) requests_per_second: u32,
    /// Open at once.
    pub(crate) connections: u32,
    /// Open at once from one address.
    pub(crate) connections_per_address: u32,
    /// Networks whose word on whom a request is from is believed.
    pub(crate) trusted_proxies: Vec<IpNet>,
    pub(crate) proxy_header: ProxyHeader,
}

/// A whole office, or the phones of a town, may come from one address.
const REQUESTS_PER_SECOND: u32 = 100;
const CONNECTIONS: u32 = 16_384;
const CONNECTIONS_PER_ADDRESS: u32 = 512;
/// The most that any of the numbers may be.
const MOST: i32 = 1_000_000;

/// What `hark.toml` says of them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Written {
    requests_per_second: Option<u32>,
    connections: Option<u32>,
    connections_per_address: Option<u32>,
    trusted_proxies: Option<Vec<IpNet>>,
    proxy_header: Option<ProxyHeader>,
}

impl Limits {
    /// What was typed over what is written over the defaults.
    #[rustfmt::skip]
    pub(super) fn new(typed: cli::Limits, written: Written, choices: &mut Choices) -> Self {
        Self {
            requests_per_second: choices.of("requests_per_second", typed.requests_per_second, written.requests_per_second, REQUESTS_PER_SECOND),
            connections: choices.of("connections", typed.connections, written.connections, CONNECTIONS),
            connections_per_address: choices.of("connections_per_address", typed.connections_per_address, written.connections_per_address, CONNECTIONS_PER_ADDRESS),
            trusted_proxies: choices.of("trusted_proxies", typed.trusted_proxies, written.trusted_proxies, this_machine()),
            proxy_header: choices.of("proxy_header", typed.proxy_header, written.proxy_header, ProxyHeader::default()),
        }
    }
}

/// Whoever is on this machine could do worse than to ask often.
fn this_machine() -> Vec<IpNet> {
    let v4 = ipnet::Ipv4Net::new(Ipv4Addr::LOCALHOST, 8).map(|net| IpNet::V4(net.trunc()));
    let v6 = IpNet::from(std::net::IpAddr::V6(Ipv6Addr::LOCALHOST));
    v4.into_iter().chain([v6]).collect()
}

// Every key is asked for before anything is given up, so that all faults are found at once.
pub(super) fn read(file: &Section<'_>) -> Option<Written> {
    let requests_per_second = optional(file, "requests_per_second", |entry| entry.whole(0..=MOST));
    let connections = optional(file, "connections", |entry| entry.whole(1..=MOST));
    let per_address = optional(file, "connections_per_address", |entry| {
        entry.whole(1..=MOST)
    });
    let trusted_proxies = optional(file, "trusted_proxies", |entry| entry.list(network));
    let proxy_header = optional(file, "proxy_header", |entry| {
        entry.choice(&[
            ("x-forwarded-for", ProxyHeader::XForwardedFor),
            ("forwarded", ProxyHeader::Forwarded),
        ])
    });
    Some(Written {
        requests_per_second: requests_per_second?.map(i32::unsigned_abs),
        connections: connections?.map(i32::unsigned_abs),
        connections_per_address: per_address?.map(i32::unsigned_abs),
        trusted_proxies: trusted_proxies?,
        proxy_header: proxy_header?,
    })
}

fn network(entry: &Entry<'_>) -> Option<IpNet> {
    let text = entry.text()?;
    let network = cli::network(text);
    if network.is_err() {
        let hint = "write an address, or a network such as \"10.0.0.0/8\"";
        entry.fault(format!("`{text}` is not a network"), Some(hint.to_owned()));
    }
    network.ok()
}
