//! A disk that takes half a second for each sync, and clients who neither go on nor leave.

use crate::client::Connection;
use crate::crowd::{Crowd, Heard};
use crate::disk::Disk;
use crate::shop::Shop;
use crate::stored::Stored;
use crate::wait;
use anyhow::{Result, ensure};
use std::time::Duration;

const CROWD: usize = 16;
const SYNC: Duration = Duration::from_millis(500);

/// Loads a collector whose disk is slow until so many events are stored.
///
/// # Errors
/// When somebody waits longer than a few syncs, is cut off, or memory grows.
pub fn disk(seed: u64, visitors: usize, events: u64) -> Result<Heard> {
    let disk = Disk::mount(seed)?;
    let shop = Shop::storing_on(disk.path())?;
    let collector = shop.opens()?;
    disk.trouble(|troubles| troubles.sync_takes = SYNC);
    let crowd = Crowd::comes(collector.address, visitors, 0)?;
    crowd.is_thanked(visitors as u64)?;
    let before = collector.memory()?;
    crowd.is_thanked(events)?;
    let after = collector.memory()?;
    let heard = crowd.leaves()?;
    Stored::read(shop.data())?.holds_all(&heard.thanked)?;
    ensure!(
        heard.broken == 0,
        "{} connections were cut off",
        heard.broken
    );
    ensure!(
        heard.slowest < 10 * SYNC,
        "somebody waited {:?}",
        heard.slowest
    );
    ensure!(
        after < before + (16 << 20),
        "memory grew from {before} to {after} bytes"
    );
    Ok(heard)
}

/// Sends more to a slow disk than may wait for it: 300 visitors with 100 events each, of which the queue's 8 MiB
/// hold about half. Then the disk is as it was.
///
/// # Errors
/// When nobody is told that the queue is full, somebody hears anything else, or what was acknowledged is not
/// stored.
pub fn queue(seed: u64) -> Result<Heard> {
    let disk = Disk::mount(seed)?;
    let shop = Shop::storing_on(disk.path())?;
    let collector = shop.opens()?;
    disk.trouble(|troubles| troubles.sync_takes = 4 * SYNC);
    let crowd = Crowd::comes_with(100, collector.address, 300, 0)?;
    crowd.is_refused(300)?;
    disk.trouble(|troubles| troubles.sync_takes = Duration::ZERO);
    crowd.is_thanked(300)?;
    let heard = crowd.leaves()?;
    let ended = collector.stops()?;
    ensure!(ended.status.success(), "{ended:?}");
    let stored = Stored::read(shop.data())?;
    stored.holds_all(&heard.thanked)?;
    stored.has_no_double()?;
    stored.is_readable()?;
    let kinds: Vec<&str> = heard.kinds.keys().map(String::as_str).collect();
    ensure!(kinds == ["queue-full"], "{:?}", heard.kinds);
    Ok(heard)
}

/// Opens so many connections of each kind of client that does not go on, and answers others meanwhile.
///
/// # Errors
/// When one of them is waited for for ever, or others are not served.
pub fn clients(each: usize) -> Result<Heard> {
    let shop = Shop::new()?;
    let collector = shop.opens()?;
    let few = collector.descriptors()?;
    let slow = [
        // Not a word; half a header; half a body; a question, and no ear for its answer.
        String::new(),
        "POST /v1/sites/demo/events HTTP/1.1\r\nhost: sh".to_owned(),
        "POST /v1/sites/demo/events HTTP/1.1\r\nhost: shop\r\ncontent-type: text/plain\r\n\
         content-length: 400\r\n\r\n{\"type\":\"resp"
            .to_owned(),
        "GET /hark.js HTTP/1.1\r\nhost: shop\r\n\r\n".repeat(50),
    ];
    let mut connections = Vec::new();
    for words in slow.iter().cycle().take(each * slow.len()) {
        let mut connection = Connection::open(collector.address)?;
        connection.says(words)?;
        connections.push(connection);
    }
    let crowd = Crowd::comes(collector.address, CROWD, 0)?;
    crowd.is_thanked(500)?;
    wait::until("every client that does not go on was let go of", || {
        Ok(collector.descriptors()? < few + CROWD + 8)
    })?;
    drop(connections);
    let heard = crowd.leaves()?;
    Stored::read(shop.data())?.holds_all(&heard.thanked)?;
    ensure!(
        heard.broken == 0,
        "{} good connections were cut off",
        heard.broken
    );
    Ok(heard)
}
