//! `slowhttptest`: thousands of connections that send their header or body, or read their answer, as slowly as
//! they dare. They must be let go of in time, and nobody else may notice.

use super::descriptors::allow;
use crate::collector::Collector;
use crate::crowd::Crowd;
use crate::shop::Shop;
use crate::stored::Stored;
use crate::wait;
use anyhow::{Context, Result, ensure};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

const CROWD: usize = 16;
/// So many events of the others are timed before, and at least so many during each attack.
const TIMED: u64 = 2_000;
/// A header and a body may take 5 seconds; a reader may take nothing for 15, and these take a little now and then. The
/// rest is for a machine that is busy.
const IN_TIME: Duration = Duration::from_secs(45);

/// What it came to.
#[derive(Debug, Default)]
pub struct Figures {
    /// The most connections that one attack held at once.
    pub held: usize,
    /// From the most connections until all were let go of, for header, body and reader.
    pub let_go_after: [Duration; 3],
    /// How long 99 of 100 others waited at most before the attacks.
    pub p99_before: Duration,
    /// The same during each.
    pub p99_during: [Duration; 3],
}

/// Attacks with so many connections in each way.
///
/// # Errors
/// When they are not let go of, another is not served, what was acknowledged is lost, or 99 of 100 others wait more than so many times
/// as long as before.
pub fn slow(connections: usize, at_most: f64) -> Result<Figures> {
    allow(connections + 1_000)?;
    let shop = Shop::new()?;
    let collector = shop.opens()?;
    let mut thanked = Vec::new();
    let mut figures = Figures {
        p99_before: others(&collector, 0, &mut thanked, |crowd| crowd.is_thanked(TIMED))?,
        ..Figures::default()
    };
    let few = collector.descriptors()? + CROWD + 8;
    for (index, way) in WAYS.iter().enumerate() {
        let mut attack = Attack::begins(&collector, connections, way)?;
        figures.p99_during[index] = others(&collector, 1 + index as u64, &mut thanked, |crowd| {
            let (most, took) = attack.is_over(&collector, few)?;
            figures.held = figures.held.max(most);
            figures.let_go_after[index] = took;
            crowd.is_thanked(TIMED.saturating_sub(crowd.thanked()))
        })?;
        let times = figures.p99_during[index].as_secs_f64() / figures.p99_before.as_secs_f64();
        ensure!(
            times < at_most,
            "{way:?}: others waited {times:.1} times as long: {figures:?}"
        );
        ensure!(
            figures.let_go_after[index] < IN_TIME,
            "{way:?}: {figures:?}"
        );
    }
    let stored = Stored::read(shop.data())?;
    stored.holds_all(&thanked)?;
    stored.is_readable()?;
    stored.has_no_double()?;
    Ok(figures)
}

/// The manner, and what is asked for: so many bytes every second, or a window of a few bytes.
#[rustfmt::skip]
const WAYS: [&[&str]; 3] = [
    &["-H", "-i", "1", "-x", "8"],
    &["-B", "-i", "1", "-x", "8", "-s", "8192", "-f", "text/plain"],
    &["-X", "-w", "256", "-y", "512", "-n", "1", "-z", "16", "-k", "8"],
];

struct Attack {
    program: Child,
    wanted: usize,
}

impl Attack {
    fn begins(collector: &Collector, connections: usize, way: &[&str]) -> Result<Self> {
        let address = collector.address;
        let path = if way[0] == "-B" {
            "v1/sites/demo/events"
        } else {
            "hark.js"
        };
        let program = Command::new("slowhttptest")
            .args(["-c", &connections.to_string(), "-r", "1000", "-l", "60"])
            .args(way)
            .args(["-u", &format!("http://{address}/{path}")])
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .spawn()
            .context("slowhttptest, of Debian")?;
        Ok(Self {
            program,
            wanted: connections,
        })
    }

    /// Waits until its connections are let go of: how many there were at most, and how long it took.
    fn is_over(&mut self, collector: &Collector, few: usize) -> Result<(usize, Duration)> {
        let (mut most, mut since) = (0, Instant::now());
        wait::until("the attack is let go of", || {
            let open = collector.descriptors()?;
            if open > most {
                (most, since) = (open, Instant::now());
            }
            let has_come = most >= few + self.wanted / 2;
            Ok(has_come && open < few)
        })?;
        Ok((most, since.elapsed()))
    }
}

impl Drop for Attack {
    fn drop(&mut self) {
        let _ = self.program.kill();
        let _ = self.program.wait();
    }
}

/// How long 99 of 100 of those waited who were served while something went on; what they were thanked for is added.
fn others(
    collector: &Collector,
    number: u64,
    thanked: &mut Vec<u64>,
    goes_on: impl FnOnce(&Crowd) -> Result<()>,
) -> Result<Duration> {
    let crowd = Crowd::comes(collector.address, CROWD, number << 32)?;
    goes_on(&crowd)?;
    let heard = crowd.leaves()?;
    ensure!(heard.broken == 0, "{} others were cut off", heard.broken);
    ensure!(
        heard.refused.is_empty(),
        "others were refused: {:?}",
        heard.refused
    );
    let p99 = heard.p99();
    thanked.extend(heard.thanked);
    Ok(p99)
}
