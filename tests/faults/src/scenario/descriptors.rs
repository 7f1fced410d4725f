//! More connections than the collector may have open files.

use crate::client::Connection;
use crate::crowd;
use crate::shop::Shop;
use crate::stored::Stored;
use crate::wait;
use anyhow::{Context, Result, ensure};
use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
use std::net::SocketAddr;

/// What it came to.
#[derive(Debug)]
pub struct Figures {
    /// Connections held at once.
    pub held: usize,
    /// Resident memory with all of them, in bytes.
    pub memory: u64,
}

/// Holds more idle connections than the collector has descriptors for, then lets go of them.
///
/// # Errors
/// When it ends, or does not serve again.
pub fn run_out() -> Result<Figures> {
    let shop = Shop::new()?;
    let collector = shop.opens_through(&["prlimit", "--nofile=128:128"])?;
    let first = collector.hears(&crowd::response(1))?;
    ensure!(first.status == 200, "{first:?}");
    let idle = hold(collector.address, 400)?;
    wait::until("it holds as many as it may", || {
        Ok(collector.descriptors()? >= 100)
    })?;
    let memory = collector.memory()?;
    let held = idle.len();
    drop(idle);
    let second = collector.hears(&crowd::response(2))?;
    ensure!(second.status == 200, "{second:?}");
    let ended = collector.stops()?;
    ensure!(ended.status.success(), "{ended:?}");
    Stored::read(shop.data())?.holds_all(&[1, 2])?;
    Ok(Figures { held, memory })
}

/// Holds so many idle connections, and is served on another.
///
/// # Errors
/// When it is not, or memory exceeds 100 MiB.
pub fn idle(connections: usize) -> Result<Figures> {
    allow(connections + 1_000)?;
    let shop = Shop::new()?;
    let collector = shop.opens()?;
    let mut good = Connection::open(collector.address)?;
    let idle = hold(collector.address, connections)?;
    let memory = collector.memory()?;
    let answer = match good.sends(&crowd::response(1)) {
        Ok(answer) => answer,
        // It had been silent itself for too long.
        Err(_) => collector.hears(&crowd::response(1))?,
    };
    ensure!(answer.status == 200, "{answer:?}");
    ensure!(
        memory < 100 << 20,
        "{memory} bytes for {connections} idle connections"
    );
    let held = idle.len();
    drop(idle);
    wait::until("they are let go of", || Ok(collector.descriptors()? < 100))?;
    Ok(Figures { held, memory })
}

fn hold(address: SocketAddr, connections: usize) -> Result<Vec<Connection>> {
    (0..connections)
        .map(|_| Connection::open(address))
        .collect()
}

/// Lets this process, and the collectors it starts, have so many files open.
pub(super) fn allow(files: usize) -> Result<()> {
    let limit = getrlimit(Resource::Nofile);
    let files = files as u64;
    if limit.current.is_none_or(|current| current >= files) {
        return Ok(());
    }
    let raised = Rlimit {
        current: Some(files),
        maximum: limit.maximum,
    };
    setrlimit(Resource::Nofile, raised).with_context(|| {
        format!("this machine allows fewer than {files} open files: raise `ulimit -Hn`")
    })
}
