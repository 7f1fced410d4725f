//! How many connections may be open: all together, and from one address.
//!
//! Who comes when there are too many is told so on a connection of its own, as long as there is room
//! for even that. Addresses are kept no longer than their connections are open.

use super::caller::{Proxies, network};
use crate::settings::Limits;
use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// So many may be told at a time that there are too many.
pub(crate) const TOLD_AT_ONCE: usize = 64;

/// Counts connections.
pub(crate) struct Admission {
    most: usize,
    most_each: usize,
    open: Mutex<Open>,
}

#[derive(Default)]
struct Open {
    served: usize,
    told: usize,
    each: HashMap<u128, usize>,
}

/// What there are too many of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Crowd {
    #[error("at once")]
    Everywhere,
    #[error("from this address")]
    OneAddress,
}

/// One open connection; it counts until this is dropped.
pub(crate) struct Ticket {
    admission: Arc<Admission>,
    counted: Counted,
}

enum Counted {
    Served(Option<u128>),
    Told(Crowd),
}

impl Admission {
    /// Of at most so many connections, whatever the limits say.
    pub(crate) fn new(limits: &Limits, possible: usize) -> Arc<Self> {
        Arc::new(Self {
            most: (limits.connections as usize).min(possible),
            most_each: limits.connections_per_address as usize,
            open: Mutex::default(),
        })
    }

    /// Lets a connection from `peer` in; `None` when there is not even room to say no. A trusted proxy
    /// comes for many, and only the limit on all of them holds for it.
    pub(crate) fn enter(self: &Arc<Self>, peer: IpAddr, proxies: &Proxies) -> Option<Ticket> {
        let from = (!proxies.trust(peer)).then(|| network(peer));
        let mut open = self.open();
        let of_it = from.and_then(|from| open.each.get(&from)).copied();
        let counted = if open.served >= self.most {
            Counted::Told(Crowd::Everywhere)
        } else if of_it.is_some_and(|of_it| of_it >= self.most_each) {
            Counted::Told(Crowd::OneAddress)
        } else {
            Counted::Served(from)
        };
        match counted {
            Counted::Told(_) if open.told >= TOLD_AT_ONCE => return None,
            Counted::Told(_) => open.told += 1,
            Counted::Served(from) => {
                open.served += 1;
                if let Some(from) = from {
                    *open.each.entry(from).or_default() += 1;
                }
            }
        }
        Some(Ticket {
            admission: Arc::clone(self),
            counted,
        })
    }

    /// How many connections are open.
    pub(crate) fn served(&self) -> usize {
        self.open().served
    }

    /// How many may be.
    pub(crate) const fn most(&self) -> usize {
        self.most
    }

    fn open(&self) -> MutexGuard<'_, Open> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Ticket {
    /// Why its requests are not answered, if they are not.
    pub(crate) const fn crowd(&self) -> Option<Crowd> {
        match self.counted {
            Counted::Served(_) => None,
            Counted::Told(crowd) => Some(crowd),
        }
    }
}

impl Drop for Ticket {
    fn drop(&mut self) {
        let mut open = self.admission.open();
        match self.counted {
            Counted::Told(_) => open.told -= 1,
            Counted::Served(from) => {
                open.served -= 1;
                if let Some(from) = from
                    && let Some(count) = open.each.get_mut(&from)
                {
                    *count -= 1;
                    if *count == 0 {
                        open.each.remove(&from);
                    }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::{self, ProxyHeader};

    fn limits() -> Limits {
        Limits {
            requests_per_second: 1,
            connections: 5,
            connections_per_address: 2,
            trusted_proxies: vec![cli::network("127.0.0.1").expect("an address")],
            proxy_header: ProxyHeader::XForwardedFor,
        }
    }

    #[test]
    fn each_address_and_all_together_have_their_limit() {
        let limits = limits();
        let (admission, proxies) = (Admission::new(&limits, 1_000), Proxies::new(&limits));
        let enter = |peer: &str| {
            let ticket = admission.enter(peer.parse().expect("an address"), &proxies);
            ticket.expect("room to say no")
        };
        let one = [enter("192.0.2.1"), enter("192.0.2.1")];
        assert!(one.iter().all(|ticket| ticket.crowd().is_none()));
        assert_eq!(enter("192.0.2.1").crowd(), Some(Crowd::OneAddress));
        let proxied = [(); 3].map(|()| enter("127.0.0.1"));
        assert!(proxied.iter().all(|ticket| ticket.crowd().is_none()));
        assert_eq!(enter("192.0.2.2").crowd(), Some(Crowd::Everywhere));
        drop(one);
        assert_eq!(enter("192.0.2.1").crowd(), None);
        drop(proxied);
        assert_eq!(admission.served(), 0);
        assert!(admission.open().each.is_empty(), "no address is kept");
    }

    #[test]
    fn only_so_many_are_told_that_there_are_too_many() {
        let limits = limits();
        let (admission, proxies) = (Admission::new(&limits, 0), Proxies::new(&limits));
        let peer = "192.0.2.1".parse().expect("an address");
        let told: Vec<_> = (0..TOLD_AT_ONCE)
            .map(|_| admission.enter(peer, &proxies).expect("room to say no"))
            .collect();
        assert!(admission.enter(peer, &proxies).is_none());
        drop(told);
        assert!(admission.enter(peer, &proxies).is_some());
    }
}
