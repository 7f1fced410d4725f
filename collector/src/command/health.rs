//! `hark health`: asks a running collector whether it is alive, for containers that have no other program.

use crate::cli;
use crate::console::say;
use crate::failure::Failure;
use crate::settings;
use std::io::{self, Read, Write};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, TcpStream};
use std::time::Duration;

const PATIENCE: Duration = Duration::from_secs(3);
/// The beginning of the answer is enough.
const ALIVE: &[u8] = b"HTTP/1.1 200 ";

pub(crate) fn run(typed: &cli::Health) -> Result<(), Failure> {
    let door = settings::door(&typed.config, typed.listen)?;
    let address = reachable(door.address);
    let asked = if door.is_secret {
        TcpStream::connect_timeout(&address, PATIENCE).map(drop)
    } else {
        ask(address)
    };
    asked.map_err(|source| Failure::NotAlive { address, source })?;
    say("alive");
    Ok(())
}

fn ask(address: SocketAddr) -> io::Result<()> {
    let mut stream = TcpStream::connect_timeout(&address, PATIENCE)?;
    stream.set_read_timeout(Some(PATIENCE))?;
    stream.set_write_timeout(Some(PATIENCE))?;
    let request = format!("GET /healthz HTTP/1.1\r\nhost: {address}\r\nconnection: close\r\n\r\n");
    stream.write_all(request.as_bytes())?;
    let mut answer = [0; ALIVE.len()];
    stream.read_exact(&mut answer)?;
    if answer == ALIVE {
        Ok(())
    } else {
        Err(io::Error::other("it does not answer as hark does"))
    }
}

/// What listens at every address is asked at this machine's own.
fn reachable(mut address: SocketAddr) -> SocketAddr {
    if address.ip().is_unspecified() {
        address.set_ip(match address.ip() {
            IpAddr::V4(_) => Ipv4Addr::LOCALHOST.into(),
            IpAddr::V6(_) => Ipv6Addr::LOCALHOST.into(),
        });
    }
    address
}
