//! More connections than the collector may have open files.

use crate::client::Connection;
use crate::crowd;
use crate::shop::Shop;
use crate::stored::Stored;
use crate::wait;
use anyhow::{Context, Result, ensure};
use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
use std::net::SocketAddr;

/// What 10,000 idle connections may take, and a collector that is out of descriptors, in bytes (100 MiB).
const MOST_MEMORY: u64 = 100 << 20;
/// What a collector that serves takes anyway, in bytes.
const SLACK: u64 = 8 << 20;
/// Connections opened between two looks.
const STEP: usize = 250;

/// What it came to.
#[derive(Debug)]
pub struct Figures {
    /// Connections that the collector held at once.
    pub held: usize,
    /// Resident memory with all of them, in bytes.
    pub memory: u64,
}

/// Holds more idle connections than the collector has descriptors for, then lets go of them.
///
/// # Errors
/// When it ends, does not serve who was connected before, does not serve others again, or takes too much memory.
pub fn run_out() -> Result<Figures> {
    let shop = Shop::new()?;
    let collector = shop.opens_through(&["prlimit", "--nofile=128:128"])?;
    let mut before = Connection::open(collector.address)?;
    let first = before.sends(&crowd::response(1))?;
    ensure!(first.status == 200, "{first:?}");
    let idle = hold(collector.address, 400)?;
    wait::until("it holds as many as it may", || {
        Ok(collector.descriptors()? >= 100)
    })?;
    let meanwhile = before.sends(&crowd::response(3))?;
    ensure!(meanwhile.status == 200, "{meanwhile:?}");
    let memory = collector.memory()?;
    ensure!(memory < MOST_MEMORY, "it takes {memory} bytes");
    let held = idle.len();
    drop(idle);
    wait::until("it has noticed that they are gone", || {
        Ok(collector.descriptors()? < 60)
    })?;
    let second = collector.hears(&crowd::response(2))?;
    ensure!(second.status == 200, "{second:?}");
    let ended = collector.stops()?;
    ensure!(ended.status.success(), "{ended:?}");
    Stored::read(shop.data())?.holds_all(&[1, 2, 3])?;
    Ok(Figures { held, memory })
}

/// Opens so many idle connections, of which the collector must have accepted `at_once` at the same time, and is
/// served on another. Whoever is silent is let go of after five seconds: on a busy machine the first are gone
/// before the last are accepted.
///
/// # Errors
/// When it is not served, fewer are accepted, or they take more memory than their share of 100 MiB.
pub fn idle(connections: usize, at_once: usize) -> Result<Figures> {
    allow(connections + 1_000)?;
    let shop = Shop::new()?;
    let collector = shop.opens()?;
    let (few, before) = (collector.descriptors()?, collector.memory()?);
    let mut figures = Figures { held: 0, memory: 0 };
    wait::until("enough are accepted at once", || {
        let mut idle = Vec::new();
        while idle.len() < connections {
            idle.extend(hold(collector.address, STEP)?);
            let held = collector.descriptors()?.saturating_sub(few);
            if held > figures.held {
                let memory = collector.memory()?;
                figures = Figures { held, memory };
            }
        }
        let answer = collector.hears(&crowd::response(1))?;
        ensure!(answer.status == 200, "{answer:?}");
        Ok(figures.held >= at_once)
    })?;
    let share = figures.held as u64 * MOST_MEMORY / 10_000;
    ensure!(
        figures.memory < before + share + SLACK,
        "{figures:?}, and {before} bytes before"
    );
    wait::until("they are let go of", || Ok(collector.descriptors()? < 100))?;
    Ok(figures)
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
