//! What is typed about limits, and about the proxies that say whom a request is from.

use clap::{Args, ValueEnum};
use ipnet::IpNet;
use std::net::IpAddr;

#[derive(Clone, Debug, Default, Args)]
#[command(next_help_heading = "Limits")]
pub(crate) struct Limits {
    /// Requests a second from one address, ten seconds' worth of them at once; 0 is no limit
    /// [default: 100]
    #[arg(
        long,
        env = "HARK_REQUESTS_PER_SECOND",
        value_name = "NUMBER",
        value_parser = clap::value_parser!(u32).range(0..=1_000_000),
        hide_env_values = true
    )]
    pub(crate) requests_per_second: Option<u32>,
    /// Connections that may be open at once [default: 16384, or what the open files allow]
    #[arg(
        long,
        env = "HARK_CONNECTIONS",
        value_name = "NUMBER",
        value_parser = clap::value_parser!(u32).range(1..=1_000_000),
        hide_env_values = true
    )]
    pub(crate) connections: Option<u32>,
    /// Connections that one address may have open at once [default: 512]
    #[arg(
        long,
        env = "HARK_CONNECTIONS_PER_ADDRESS",
        value_name = "NUMBER",
        value_parser = clap::value_parser!(u32).range(1..=1_000_000),
        hide_env_values = true
    )]
    pub(crate) connections_per_address: Option<u32>,
    /// Networks of the proxies in front, with commas between; they say whom a request is from
    /// [default: 127.0.0.0/8,::1]
    #[arg(
        long,
        env = "HARK_TRUSTED_PROXIES",
        value_name = "NETWORKS",
        value_delimiter = ',',
        value_parser = network,
        hide_env_values = true
    )]
    pub(crate) trusted_proxies: Option<Vec<IpNet>>,
    /// The header in which they say it [default: x-forwarded-for]
    #[arg(
        long,
        env = "HARK_PROXY_HEADER",
        value_enum,
        value_name = "HEADER",
        hide_env_values = true
    )]
    pub(crate) proxy_header: Option<ProxyHeader>,
}

/// In which header proxies name whom they speak for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum ProxyHeader {
    /// `X-Forwarded-For: 192.0.2.7, 10.0.0.1`
    #[default]
    #[value(name = "x-forwarded-for")]
    XForwardedFor,
    /// `Forwarded: for=192.0.2.7;proto=https` (RFC 7239)
    Forwarded,
}

/// A network as `10.0.0.0/8`, or one address.
pub(crate) fn network(text: &str) -> Result<IpNet, &'static str> {
    let text = text.trim();
    let address = || text.parse::<IpAddr>().map(IpNet::from);
    let network = text.parse().or_else(|_| address());
    network.map_err(|_| "write an address, or a network such as 10.0.0.0/8")
}
