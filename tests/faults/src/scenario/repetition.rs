//! One event, sent again and again on many connections at once, and once more after a restart.

use crate::client::Connection;
use crate::collector::Collector;
use crate::crowd::response;
use crate::shop::Shop;
use crate::stored::Stored;
use anyhow::{Context, Result, ensure};
use std::thread;

/// Sends the same event so often on so many connections, half of it before and half after a kill.
///
/// # Errors
/// When it is stored more than once, or not acknowledged each time.
pub fn of_one_event(times: usize, connections: usize) -> Result<()> {
    let shop = Shop::new()?;
    let each = times / connections / 2;
    let collector = shop.opens()?;
    let accepted = send(&collector, connections, each)?;
    ensure!(accepted == 1, "accepted {accepted} times");
    collector.is_killed()?;
    let collector = shop.opens()?;
    let accepted = send(&collector, connections, each)?;
    ensure!(
        accepted == 0,
        "accepted {accepted} times more after a restart"
    );
    collector.is_killed()?;
    let stored = Stored::read(shop.data())?;
    stored.holds_all(&[7])?;
    stored.has_no_double()?;
    stored.is_readable()
}

/// How often it was accepted; every other time it must be called a duplicate.
fn send(collector: &Collector, connections: usize, each: usize) -> Result<u64> {
    let address = collector.address;
    thread::scope(|scope| {
        let one = move || -> Result<u64> {
            let mut connection = Connection::open(address)?;
            let mut accepted = 0;
            for _ in 0..each {
                let answer = connection.sends(&response(7))?;
                let known = answer.count("accepted") + answer.count("duplicates");
                ensure!(answer.status == 200 && known == 1, "{answer:?}");
                accepted += answer.count("accepted");
            }
            Ok(accepted)
        };
        let all: Vec<_> = (0..connections).map(|_| scope.spawn(one)).collect();
        let join = |thread: thread::ScopedJoinHandle<'_, Result<u64>>| {
            thread
                .join()
                .ok()
                .context("a connection's thread panicked")?
        };
        all.into_iter().map(join).sum()
    })
}
