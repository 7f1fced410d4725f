//! How often each address may ask: so many requests a second, and ten seconds' worth of them at once.
//!
//! No address is kept. Each is hashed with a key that is drawn at random, lives in memory only and is
//! replaced each day together with everything counted under it. The table has a fixed size: where
//! more addresses are busy than it has places for, the least busy one makes room.
//!
//! Each place holds one moment, the one at which all that its address has asked for would have been
//! allowed evenly spread: the generic cell rate algorithm (ITU-T I.371, annex A).

use super::caller::network;
use crate::random;
use siphasher::sip::SipHasher13;
use std::hash::Hasher;
use std::io;
use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// Addresses that may be busy at once: 65,536, in a megabyte, which is taken group by group as they come.
const GROUPS: usize = 8_192;
const PLACES: usize = 8;
/// So many seconds' worth of requests may come at once.
const BURST_SECONDS: u32 = 10;
/// A request may hold so many events, and must be able to pass.
const LEAST_BURST: u32 = 100;
const DAY: Duration = Duration::from_secs(86_400);

/// How often each address has asked lately.
pub(crate) struct Rates {
    /// Between two requests, evenly spread; zero where there is no limit.
    interval: Duration,
    /// How far ahead of the even spread an address may be.
    ahead: Duration,
    table: Mutex<Table>,
}

struct Table {
    key: [u8; 16],
    /// When the key was drawn; all moments are counted from here.
    began: Instant,
    groups: Vec<Option<Box<[Place; PLACES]>>>,
}

/// One address, or none yet.
#[derive(Clone, Copy, Default)]
struct Place {
    who: u64,
    /// When it is even with its limit again, in microseconds.
    even_at: u64,
}

impl Rates {
    /// Allows so many requests a second from one address; 0 is no limit.
    ///
    /// # Errors
    /// When the system gives no random numbers.
    pub(crate) fn new(requests_per_second: u32, now: Instant) -> io::Result<Self> {
        let burst = (requests_per_second * BURST_SECONDS).max(LEAST_BURST);
        let interval = Duration::from_secs(1)
            .checked_div(requests_per_second)
            .unwrap_or_default();
        Self::spaced(interval, burst, GROUPS, now)
    }

    /// Allows one request in each interval, and so many at once; remembers eight addresses a group.
    ///
    /// # Errors
    /// When the system gives no random numbers.
    pub(crate) fn spaced(
        interval: Duration,
        at_once: u32,
        groups: usize,
        now: Instant,
    ) -> io::Result<Self> {
        Ok(Self {
            interval,
            ahead: interval * at_once,
            table: Mutex::new(Table {
                key: random::bytes()?,
                began: now,
                groups: vec![None; groups],
            }),
        })
    }

    /// Counts so many requests of an address.
    ///
    /// # Errors
    /// How long to wait, where these are too many; then none of them counts.
    pub(crate) fn count(
        &self,
        address: IpAddr,
        requests: u32,
        now: Instant,
    ) -> Result<(), Duration> {
        if self.interval.is_zero() {
            return Ok(());
        }
        let mut table = self.table.lock().unwrap_or_else(PoisonError::into_inner);
        table.renew(now);
        let now = micros(now.saturating_duration_since(table.began));
        let place = table.place(address);
        let even_at = place.even_at.max(now) + micros(self.interval * requests);
        let latest = now + micros(self.ahead);
        if even_at > latest {
            return Err(Duration::from_micros(even_at - latest));
        }
        place.even_at = even_at;
        Ok(())
    }

    /// Counts a request of an address no longer.
    pub(crate) fn forgive(&self, address: IpAddr) {
        let mut table = self.table.lock().unwrap_or_else(PoisonError::into_inner);
        let place = table.place(address);
        place.even_at = place.even_at.saturating_sub(micros(self.interval));
    }
}

impl Table {
    /// Forgets everybody once the key is a day old.
    fn renew(&mut self, now: Instant) {
        if now.saturating_duration_since(self.began) < DAY {
            return;
        }
        // Without a new key the old one serves until there is one: the system has always had some.
        if let Ok(key) = random::bytes() {
            (self.key, self.began) = (key, now);
            self.groups.fill(None);
        }
    }

    /// The place of an address, made free if it has none.
    fn place(&mut self, address: IpAddr) -> &mut Place {
        let mut hasher = SipHasher13::new_with_key(&self.key);
        hasher.write(&network(address).to_be_bytes());
        let who = hasher.finish();
        // Some of its bits choose the group, all of them the place.
        let groups = self.groups.len();
        let group = self.groups[who as usize % groups].get_or_insert_default();
        let found = group.iter().position(|place| place.who == who);
        let index = found.unwrap_or_else(|| least_busy(group));
        let place = &mut group[index];
        if found.is_none() {
            *place = Place { who, even_at: 0 };
        }
        place
    }
}

fn least_busy(group: &[Place; PLACES]) -> usize {
    let places = group.iter().enumerate();
    let least = places.min_by_key(|(_, place)| place.even_at);
    least.map_or(0, |(index, _)| index)
}

fn micros(duration: Duration) -> u64 {
    u64::try_from(duration.as_micros()).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn address(text: &str) -> IpAddr {
        text.parse().expect("an address")
    }

    /// How many single requests pass at this moment, up to 10,000.
    fn passing(rates: &Rates, from: &str, now: Instant) -> u32 {
        let passes = |_: &u32| rates.count(address(from), 1, now).is_ok();
        (0..10_000).take_while(passes).count() as u32
    }

    #[test]
    fn ten_seconds_worth_may_come_at_once_and_then_so_many_a_second() {
        let began = Instant::now();
        let rates = Rates::new(20, began).expect("a key");
        assert_eq!(passing(&rates, "192.0.2.1", began), 200);
        let wait = rates
            .count(address("192.0.2.1"), 1, began)
            .expect_err("too many");
        assert_eq!(wait, Duration::from_millis(50));
        let later = began + Duration::from_secs(3);
        assert_eq!(passing(&rates, "192.0.2.1", later), 60);
        assert_eq!(
            passing(&rates, "192.0.2.2", later),
            200,
            "another's are their own"
        );
        let much_later = began + Duration::from_secs(3_600);
        assert_eq!(
            passing(&rates, "192.0.2.1", much_later),
            200,
            "no more is saved up"
        );
    }

    #[test]
    fn many_at_once_pass_together_or_not_at_all() {
        let now = Instant::now();
        let rates = Rates::new(1, now).expect("a key");
        let who = address("192.0.2.1");
        assert_eq!(rates.count(who, 100, now), Ok(()), "a full request passes");
        assert_eq!(rates.count(who, 100, now), Err(Duration::from_secs(100)));
        assert_eq!(rates.count(who, 1, now), Err(Duration::from_secs(1)));
    }

    #[test]
    fn an_ipv6_network_counts_as_one() {
        let now = Instant::now();
        let rates = Rates::new(1, now).expect("a key");
        assert_eq!(passing(&rates, "2001:db8:1:2::1", now), 100);
        assert_eq!(passing(&rates, "2001:db8:1:2:ffff::9", now), 0);
        assert_eq!(passing(&rates, "2001:db8:1:3::1", now), 100);
        assert_eq!(passing(&rates, "192.0.2.1", now), 100);
        assert_eq!(passing(&rates, "::ffff:192.0.2.1", now), 0);
    }

    #[test]
    fn the_key_and_all_under_it_are_replaced_after_a_day() {
        let began = Instant::now();
        let rates = Rates::new(1, began).expect("a key");
        let key = || rates.table.lock().expect("the table").key;
        let first = key();
        let nearly = began + DAY - Duration::from_secs(1);
        assert_eq!(passing(&rates, "192.0.2.1", nearly), 100);
        assert_eq!(key(), first);
        assert_eq!(passing(&rates, "192.0.2.1", began + DAY), 100);
        assert_ne!(key(), first);
    }

    #[test]
    fn a_crowd_makes_room_in_a_table_that_does_not_grow() {
        let now = Instant::now();
        let rates = Rates::new(100, now).expect("a key");
        let busy = address("192.0.2.1");
        assert_eq!(rates.count(busy, 1_000, now), Ok(()));
        for number in 0..2 * (GROUPS * PLACES) as u32 {
            let other = IpAddr::V4((0x0a00_0000 + number).into());
            assert_eq!(rates.count(other, 1, now), Ok(()));
        }
        assert_eq!(rates.table.lock().expect("the table").groups.len(), GROUPS);
        assert!(
            rates.count(busy, 1, now).is_err(),
            "the busiest is not let off"
        );
    }

    #[test]
    fn what_is_forgiven_may_come_once_more() {
        let now = Instant::now();
        let minute = Duration::from_secs(60);
        let rates = Rates::spaced(minute, 3, 1, now).expect("a key");
        assert_eq!(passing(&rates, "192.0.2.1", now), 3);
        rates.forgive(address("192.0.2.1"));
        rates.forgive(address("192.0.2.2"));
        assert_eq!(passing(&rates, "192.0.2.1", now), 1);
        assert_eq!(passing(&rates, "192.0.2.2", now), 3, "nothing is saved up");
        assert_eq!(passing(&rates, "192.0.2.1", now + minute), 1);
    }

    #[test]
    fn no_limit_is_no_limit() {
        let now = Instant::now();
        let rates = Rates::new(0, now).expect("a key");
        assert_eq!(passing(&rates, "192.0.2.1", now), 10_000);
    }
}
