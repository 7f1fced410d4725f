//! Many visitors at once, each on a connection of its own, each remembering what it was thanked for.

use crate::client::{Answer, Connection};
use crate::wait;
use anyhow::{Context, Result, ensure};
use serde_json::Value;
use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::ops::Range;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

/// Visitors who answer until they are called off or the collector is gone.
pub struct Crowd {
    visitors: Vec<JoinHandle<Heard>>,
    shared: Arc<Shared>,
}

struct Shared {
    address: SocketAddr,
    /// Numbers of events, from here on.
    next: AtomicU64,
    /// How many of them a visitor sends at once.
    at_once: u64,
    thanked: AtomicU64,
    refused: AtomicU64,
    is_over: AtomicBool,
}

/// What a crowd was told.
#[derive(Debug, Default)]
pub struct Heard {
    /// Numbers of the events that a `200` said are stored.
    pub thanked: Vec<u64>,
    /// How often each status but `200` came.
    pub refused: BTreeMap<u16, u64>,
    /// How often each kind of refusal came, as its problem names it.
    pub kinds: BTreeMap<String, u64>,
    /// What is wrong with a refusal that was not as it is promised.
    flawed: Option<String>,
    /// Connections that ended without an answer to what was sent on them.
    pub broken: u64,
    /// The longest that anybody waited for an answer.
    pub slowest: Duration,
    /// How long each of those thanked waited, in microseconds.
    waits: Vec<u32>,
}

impl Crowd {
    /// So many visitors, whose events are numbered from `first` on.
    ///
    /// # Errors
    /// When the system gives no more threads.
    pub fn comes(address: SocketAddr, visitors: usize, first: u64) -> Result<Self> {
        Self::comes_with(1, address, visitors, first)
    }

    /// The same, each sending so many events at once, which count as one request.
    ///
    /// # Errors
    /// When the system gives no more threads.
    pub fn comes_with(
        at_once: u64,
        address: SocketAddr,
        visitors: usize,
        first: u64,
    ) -> Result<Self> {
        let shared = Arc::new(Shared {
            at_once,
            address,
            next: AtomicU64::new(first),
            thanked: AtomicU64::new(0),
            refused: AtomicU64::new(0),
            is_over: AtomicBool::new(false),
        });
        let visitor = |_| {
            let shared = Arc::clone(&shared);
            let thread = thread::Builder::new().stack_size(256 << 10);
            thread.spawn(move || shared.visits())
        };
        let visitors = (0..visitors).map(visitor).collect::<Result<_, _>>()?;
        Ok(Self { visitors, shared })
    }

    /// How many were thanked so far.
    #[must_use]
    pub fn thanked(&self) -> u64 {
        self.shared.thanked.load(Ordering::Relaxed)
    }

    /// How many were refused so far.
    #[must_use]
    pub fn refused(&self) -> u64 {
        self.shared.refused.load(Ordering::Relaxed)
    }

    /// Waits until so many more were thanked.
    ///
    /// # Errors
    /// When they are not.
    pub fn is_thanked(&self, times: u64) -> Result<()> {
        let enough = self.thanked() + times;
        wait::until("enough were thanked", || Ok(self.thanked() >= enough))
    }

    /// Waits until so many more were refused.
    ///
    /// # Errors
    /// When they are not.
    pub fn is_refused(&self, times: u64) -> Result<()> {
        let enough = self.refused() + times;
        wait::until("enough were refused", || Ok(self.refused() >= enough))
    }

    /// Calls them off and gathers what they heard.
    ///
    /// # Errors
    /// When a visitor was refused in another way than is promised, or panicked, which is a mistake in the test.
    pub fn leaves(self) -> Result<Heard> {
        self.shared.is_over.store(true, Ordering::Relaxed);
        let mut all = Heard::default();
        for visitor in self.visitors {
            let heard = visitor.join();
            ensure!(heard.is_ok(), "a visitor panicked");
            all.add(heard.unwrap_or_default());
        }
        let flawed = &all.flawed;
        ensure!(flawed.is_none(), "a refusal is not as promised: {flawed:?}");
        Ok(all)
    }
}

impl Shared {
    fn visits(&self) -> Heard {
        let mut heard = Heard::default();
        let mut connection = None;
        while !self.is_over.load(Ordering::Relaxed) {
            let Some(open) = connection
                .take()
                .or_else(|| Connection::open(self.address).ok())
            else {
                // Nobody listens any more.
                break;
            };
            let mut open = open;
            let first = self.next.fetch_add(self.at_once, Ordering::Relaxed);
            let numbers = first..first + self.at_once;
            let events = numbers.clone().map(response).collect::<Vec<_>>();
            let sent = Instant::now();
            let Ok(answer) = open.sends(&events.join("\n")) else {
                heard.broken += 1;
                continue;
            };
            let waited = sent.elapsed();
            heard.slowest = heard.slowest.max(waited);
            if answer.status == 200 {
                heard
                    .waits
                    .push(waited.as_micros().try_into().unwrap_or(u32::MAX));
            }
            self.note(&mut heard, numbers, &answer);
            if !answer.has("connection: close") {
                connection = Some(open);
            }
        }
        heard
    }

    fn note(&self, heard: &mut Heard, numbers: Range<u64>, answer: &Answer) {
        if answer.status == 200 {
            heard.thanked.extend(numbers);
            self.thanked.fetch_add(1, Ordering::Relaxed);
            return;
        }
        *heard.refused.entry(answer.status).or_default() += 1;
        match kind(answer) {
            Ok(kind) => *heard.kinds.entry(kind).or_default() += 1,
            Err(flaw) => heard.flawed = Some(format!("{flaw:#}: {answer:?}")),
        }
        // Last, so that whoever waits for it finds the rest.
        self.refused.fetch_add(1, Ordering::Relaxed);
    }
}

impl Heard {
    /// How long 99 of 100 of those thanked waited at most.
    #[must_use]
    pub fn p99(&self) -> Duration {
        let mut waits = self.waits.clone();
        waits.sort_unstable();
        let place = (waits.len() * 99).div_ceil(100).saturating_sub(1);
        let micros = waits.get(place).copied().unwrap_or_default();
        Duration::from_micros(micros.into())
    }

    /// Adds what others heard.
    pub fn add(&mut self, other: Self) {
        self.thanked.extend(other.thanked);
        for (status, times) in other.refused {
            *self.refused.entry(status).or_default() += times;
        }
        for (kind, times) in other.kinds {
            *self.kinds.entry(kind).or_default() += times;
        }
        self.flawed = self.flawed.take().or(other.flawed);
        self.broken += other.broken;
        self.slowest = self.slowest.max(other.slowest);
        self.waits.extend(other.waits);
    }
}

/// What a refusal calls itself. It is a problem in JSON, and one that may be tried again says after how long.
fn kind(answer: &Answer) -> Result<String> {
    let is_problem = answer.has("content-type: application/problem+json");
    ensure!(is_problem, "it is no `application/problem+json`");
    let problem: Value = serde_json::from_str(&answer.body).context("it is no JSON")?;
    ensure!(problem["status"] == answer.status, "it says another status");
    if matches!(answer.status, 429 | 503) {
        let seconds = answer
            .header
            .iter()
            .find_map(|line| line.strip_prefix("retry-after: "));
        let seconds: u64 = seconds.context("it has no `Retry-After`")?.parse()?;
        ensure!((1..=60).contains(&seconds), "try again after {seconds} s");
    }
    let kind = problem["type"].as_str().context("it has no `type`")?;
    let kind = kind.rsplit(':').next().unwrap_or_default();
    Ok(kind.to_owned())
}

/// The id of the event of this number.
#[must_use]
pub fn id(number: u64) -> String {
    format!("019aa5f0-4500-7000-8000-{number:012x}")
}

/// A response to the shop's survey, about 400 bytes; each number is an impression of its own.
#[must_use]
pub fn response(number: u64) -> String {
    let id = id(number);
    format!(
        r#"{{"type":"response","id":"{id}","seq":1,"survey":"checkout-effort","score":6,"complete":true,"trigger":"exit_intent","signal":"pointer","at":"2026-11-21T10:00:00.000Z","channel":"web","page":{{"path":"/checkout"}},"device":"mobile","language":"fr","session":{{"pages":4,"seconds":181}},"answers":{{"comment":"Livraison trop longue, et le total ne se voit qu'à la fin."}}}}"#
    )
}
