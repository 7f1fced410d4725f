//! What waits for one webhook: a small file for each delivery, so that neither a crash nor a restart
//! loses one. Files are written whole and synced before anything is sent.

mod files;

pub(super) use files::{clear, hold_back};
pub(crate) use files::{is_closed, outboxes, read, reopen};

use super::counts::Counts;
use super::delivery::Delivery;
use super::fingerprint::fingerprint;
use super::memory::{self, Recent};
use super::schedule;
use super::turn::Turn;
use crate::journal;
use files::{ARRIVED, GONE, path, remove, remove_unfinished};
use jiff::{SignedDuration, Timestamp};
use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::PathBuf;
use std::sync::{Mutex, MutexGuard, PoisonError};
use tokio::sync::Notify;

/// More than so many wait for a receiver that is gone for long; what comes then is dropped, and counted.
pub(super) const MOST_WAITING: usize = 1_000;
/// What was given up is kept for so long, and so many of it, for whoever asks what was missed.
const GIVEN_UP_KEPT: SignedDuration = SignedDuration::from_hours(7 * 24);
const MOST_GIVEN_UP: usize = 100;

/// The outbox of one webhook.
pub(crate) struct Outbox {
    folder: PathBuf,
    /// Stands for the webhook's address, which may be a secret; where it changes, what was said of the old
    /// one no longer holds.
    address: String,
    held: Mutex<BTreeMap<String, Delivery>>,
    /// An alert that is made anew after a crash, or because another outbox was full of trouble, is not sent
    /// once more.
    arrived: Mutex<Recent>,
    /// Told when something was put in.
    pub(super) filled: Notify,
    pub(crate) counts: Counts,
}

/// What became of a delivery that was put in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Put {
    Kept,
    /// It waits already, was given up lately, or has arrived.
    Known,
    /// Too much waits.
    Full,
    /// The receiver wants no more.
    Gone,
}

/// What is to be done.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Next {
    Send(Box<Delivery>),
    /// Nothing before then.
    At(Timestamp),
    /// Nothing waits.
    Nothing,
}

impl Outbox {
    /// Opens the folder of the webhook with this address, making it if need be, and reads what waits there.
    pub(crate) fn open(folder: PathBuf, address: &str) -> io::Result<Self> {
        journal::create_folder(&folder)?;
        remove_unfinished(&folder)?;
        let arrived: Recent = memory::recall(&folder.join(ARRIVED))?.unwrap_or_default();
        let held = read(&folder)?.into_iter();
        let held: BTreeMap<_, _> = held.map(|held| (held.id.clone(), held)).collect();
        let outbox = Self {
            folder,
            address: fingerprint([address]),
            held: Mutex::new(held),
            arrived: Mutex::new(arrived),
            filled: Notify::new(),
            counts: Counts::default(),
        };
        // A crash came between taking note and removing.
        outbox.remove_all(|delivery| outbox.has_arrived(&delivery.id))?;
        if !outbox.is_gone() {
            reopen(&outbox.folder)?;
        }
        outbox.count(&outbox.lock());
        Ok(outbox)
    }

    /// Keeps a delivery; once this returns it survives whatever happens.
    pub(super) fn put(&self, delivery: Delivery) -> io::Result<Put> {
        if self.is_gone() {
            self.counts.dropped.add(1);
            return Ok(Put::Gone);
        }
        let mut held = self.lock();
        if held.contains_key(&delivery.id) || self.has_arrived(&delivery.id) {
            return Ok(Put::Known);
        }
        if held.values().filter(|held| held.is_waiting()).count() >= MOST_WAITING {
            self.counts.dropped.add(1);
            return Ok(Put::Full);
        }
        self.write(&delivery)?;
        held.insert(delivery.id.clone(), delivery);
        self.count(&held);
        self.filled.notify_one();
        Ok(Put::Kept)
    }

    /// The delivery that has been due longest, or when there will be one.
    pub(super) fn next(&self, now: Timestamp) -> Next {
        let mut held = self.lock();
        loop {
            let waiting = held.values().filter(|delivery| delivery.is_waiting());
            let first = waiting.min_by_key(|delivery| (delivery.next_at, delivery.made_at));
            let Some(first) = first.cloned() else {
                return Next::Nothing;
            };
            if first.next_at > now && first.next_at.duration_since(now) <= schedule::LONGEST {
                return Next::At(first.next_at);
            }
            if self.has_file_of(&first.id) {
                return Next::Send(Box::new(first));
            }
            held.remove(&first.id);
            self.count(&held);
        }
    }

    /// What is erased is taken out of the folder, whoever does that.
    fn has_file_of(&self, id: &str) -> bool {
        path(&self.folder, id).exists()
    }

    /// Takes note that a delivery has arrived, first of all on disk: after a crash it is not sent again.
    pub(super) fn arrived(&self, id: &str) -> io::Result<()> {
        self.counts.delivered.add(1);
        let noted = {
            let mut arrived = self.arrived.lock().unwrap_or_else(PoisonError::into_inner);
            arrived.remember(id.to_owned());
            memory::keep(&self.folder.join(ARRIVED), &*arrived)
        };
        // A disk that takes no note may still let go.
        self.remove(&mut self.lock(), id)?;
        noted
    }

    fn has_arrived(&self, id: &str) -> bool {
        let arrived = self.arrived.lock().unwrap_or_else(PoisonError::into_inner);
        arrived.knows(id)
    }

    /// Takes note that an attempt failed, and when the next one is; none gives the delivery up.
    pub(super) fn failed(
        &self,
        id: &str,
        why: &str,
        now: Timestamp,
        next_at: Option<Timestamp>,
    ) -> io::Result<()> {
        // Whoever erases may be about to take the file away: then it must not be written anew.
        let _turn = self.folder.parent().map(Turn::to_tell).transpose()?;
        let mut held = self.lock();
        if !self.has_file_of(id) {
            held.remove(id);
        }
        let Some(delivery) = held.get_mut(id) else {
            return Ok(());
        };
        delivery.attempts += 1;
        delivery.last = Some(why.to_owned());
        match next_at {
            Some(next_at) => delivery.next_at = next_at,
            None => delivery.given_up_at = Some(now),
        }
        let written = self.write(delivery);
        self.count(&held);
        written
    }

    /// Takes note that the receiver wants no more: nothing is sent to this address again.
    pub(super) fn close(&self, now: Timestamp) -> io::Result<()> {
        journal::replace_file(&self.folder.join(GONE), self.address.as_bytes())?;
        let ids: Vec<String> = {
            let held = self.lock();
            let waiting = held.values().filter(|delivery| delivery.is_waiting());
            waiting.map(|delivery| delivery.id.clone()).collect()
        };
        for id in ids {
            self.failed(&id, "the receiver wants no more (410)", now, None)?;
        }
        Ok(())
    }

    /// Whether this address has said that it wants no more.
    pub(crate) fn is_gone(&self) -> bool {
        fs::read(self.folder.join(GONE)).is_ok_and(|address| address == self.address.as_bytes())
    }

    /// Removes what was given up long ago, and more than is kept of it; and forgets what was erased.
    pub(super) fn sweep(&self, now: Timestamp) -> io::Result<()> {
        let mut given_up: Vec<Timestamp> = {
            let mut held = self.lock();
            held.retain(|id, _| self.has_file_of(id));
            self.count(&held);
            held.values().filter_map(|held| held.given_up_at).collect()
        };
        given_up.sort_unstable_by(|one, other| other.cmp(one));
        let oldest = now.checked_sub(GIVEN_UP_KEPT).unwrap_or(Timestamp::MIN);
        let oldest = given_up
            .get(MOST_GIVEN_UP)
            .map_or(oldest, |at| oldest.max(*at));
        self.remove_all(|delivery| delivery.given_up_at.is_some_and(|at| at <= oldest))
    }

    fn remove_all(&self, is_meant: impl Fn(&Delivery) -> bool) -> io::Result<()> {
        let mut held = self.lock();
        let meant = held.values().filter(|delivery| is_meant(delivery));
        let ids: Vec<String> = meant.map(|delivery| delivery.id.clone()).collect();
        ids.iter().try_for_each(|id| self.remove(&mut held, id))
    }

    fn remove(&self, held: &mut BTreeMap<String, Delivery>, id: &str) -> io::Result<()> {
        held.remove(id);
        self.count(held);
        remove(&path(&self.folder, id))
    }

    fn write(&self, delivery: &Delivery) -> io::Result<()> {
        let bytes = serde_json::to_vec(delivery).map_err(io::Error::other)?;
        journal::replace_file(&path(&self.folder, &delivery.id), &bytes)
    }

    fn count(&self, held: &BTreeMap<String, Delivery>) {
        let waiting = held.values().filter(|delivery| delivery.is_waiting());
        let made: Vec<Timestamp> = waiting.map(|delivery| delivery.made_at).collect();
        let oldest = made.iter().min().map_or(0, |at| at.as_second());
        self.counts.waiting.set(made.len() as u64);
        self.counts.oldest.set(u64::try_from(oldest).unwrap_or(0));
        self.counts.given_up.set((held.len() - made.len()) as u64);
    }

    fn lock(&self) -> MutexGuard<'_, BTreeMap<String, Delivery>> {
        self.held.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests;
