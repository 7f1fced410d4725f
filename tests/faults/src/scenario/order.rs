//! The order of system calls, by `strace`: no `200` is sent before the `fdatasync` that covers its line.

use crate::crowd::Crowd;
use crate::shop::Shop;
use crate::stored::Stored;
use crate::wait;
use anyhow::{Context, Result, ensure};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;

const CALLS: &str = "trace=read,recvfrom,write,writev,sendto,sendmsg,pwrite64,fdatasync,fsync";

/// Loads a traced collector until so many events were acknowledged, and checks each of them.
///
/// # Errors
/// When one was acknowledged before its line was synced.
pub fn of_acknowledgements(events: u64) -> Result<usize> {
    let shop = Shop::new()?;
    let trace = shop.data().with_file_name("trace");
    let file = trace.to_string_lossy().into_owned();
    // `-D`: the collector is our child, and strace its.
    let strace = [
        "strace", "-D", "-f", "-q", "-s", "65536", "-o", &file, "-e", CALLS,
    ];
    let collector = shop.opens_through(&strace)?;
    let crowd = Crowd::comes(collector.address, 16, 0)?;
    crowd.is_thanked(events)?;
    let heard = crowd.leaves()?;
    collector.is_killed()?;
    wait::until("strace has written all down", || {
        Ok(fs::read(&trace)?.ends_with(b"+++ killed by SIGKILL +++\n"))
    })?;
    Stored::read(shop.data())?.holds_all(&heard.thanked)?;
    let checked = check(&String::from_utf8_lossy(&fs::read(trace)?))?;
    ensure!(
        checked as u64 >= events,
        "only {checked} acknowledgements were traced"
    );
    Ok(checked)
}

/// What the trace has shown so far.
#[derive(Default)]
struct Seen<'t> {
    /// The event last read on a socket.
    asked: BTreeMap<&'t str, &'t str>,
    written: BTreeSet<&'t str>,
    /// Written before the sync that a thread has under way.
    syncing: BTreeMap<&'t str, BTreeSet<&'t str>>,
    durable: BTreeSet<&'t str>,
    acknowledged: usize,
}

/// How many acknowledgements there are, each after the sync of its line.
fn check(trace: &str) -> Result<usize> {
    let mut seen = Seen::default();
    // A read that had to wait is told in two parts, and what it read in the second.
    let mut waiting = BTreeMap::new();
    for line in trace.lines() {
        let Some((thread, call)) = line.split_once(' ') else {
            continue;
        };
        let call = call.trim_start();
        let begun = call.strip_suffix("<unfinished ...>");
        let resumed = call
            .strip_prefix("<... ")
            .and_then(|call| call.split_once(" resumed>"));
        match (begun, resumed) {
            (Some(begun), _) => {
                waiting.insert(thread, begun);
                seen.begins(thread, begun)?;
            }
            (None, Some((_, rest))) => {
                let begun = waiting
                    .remove(thread)
                    .context("resumed what was not begun")?;
                seen.ends(thread, begun, rest);
            }
            (None, None) => {
                seen.begins(thread, call)?;
                seen.ends(thread, call, call);
            }
        }
    }
    Ok(seen.acknowledged)
}

impl<'t> Seen<'t> {
    fn begins(&mut self, thread: &'t str, call: &'t str) -> Result<()> {
        let Some((name, arguments)) = call.split_once('(') else {
            return Ok(());
        };
        match name {
            "fdatasync" | "fsync" => {
                self.syncing.insert(thread, self.written.clone());
            }
            "write" | "writev" | "sendto" | "sendmsg" if arguments.contains("HTTP/1.1 200") => {
                let socket = descriptor(arguments);
                if let Some(id) = self.asked.remove(socket) {
                    ensure!(
                        self.durable.contains(id),
                        "{id} was acknowledged before its sync: {call}"
                    );
                    self.acknowledged += 1;
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn ends(&mut self, thread: &'t str, begun: &'t str, rest: &'t str) {
        let Some((name, arguments)) = begun.split_once('(') else {
            return;
        };
        match name {
            "read" | "recvfrom" => {
                if let Some(id) = ids(rest).next() {
                    self.asked.insert(descriptor(arguments), id);
                }
            }
            "pwrite64" => self.written.extend(ids(begun)),
            "fdatasync" | "fsync" => {
                let synced = self.syncing.remove(thread).unwrap_or_default();
                self.written.retain(|id| !synced.contains(id));
                if rest.contains("= 0") {
                    self.durable.extend(synced);
                }
            }
            _ => {}
        }
    }
}

fn descriptor(arguments: &str) -> &str {
    arguments.split([',', ')']).next().unwrap_or_default()
}

/// The ids in what strace shows of a buffer.
fn ids(shown: &str) -> impl Iterator<Item = &str> {
    const LENGTH: usize = 36;
    shown
        .match_indices("019aa5f0-")
        .filter_map(|(at, _)| shown.get(at..at + LENGTH))
}

#[cfg(test)]
mod tests {
    use super::*;

    const ID: &str = "019aa5f0-4500-7000-8000-000000000001";

    #[test]
    fn an_answer_before_the_sync_is_found_out() {
        let asked = format!("1 recvfrom(9, \"POST / {ID}\", 8192, 0, NULL, NULL) = 400\n");
        let written = format!("2 pwrite64(5, \"{{{ID}}}\\n\", 400, 0) = 400\n");
        let sent = "1 sendto(9, \"HTTP/1.1 200 OK\", 15, 0, NULL, 0) = 15\n";
        let synced = "2 fdatasync(5) = 0\n";
        let begun = "2 fdatasync(5 <unfinished ...>\n";
        let resumed = "2 <... fdatasync resumed>) = 0\n";
        let good = [&asked, &written, synced, sent].concat();
        assert_eq!(check(&good).ok(), Some(1));
        let good = [&asked, &written, begun, resumed, sent].concat();
        assert_eq!(check(&good).ok(), Some(1));
        for early in [
            [&asked, &written, sent, synced, ""].concat(),
            [&asked, synced, &written, sent, ""].concat(),
            [&asked, &written, begun, sent, resumed].concat(),
            [&asked, begun, &written, resumed, sent].concat(),
        ] {
            assert!(check(&early).is_err(), "{early}");
        }
    }
}
