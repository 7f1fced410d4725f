//! `kill -9` and `SIGTERM` at a random moment under load.

use crate::crowd::{Crowd, Heard};
use crate::scenario::keeping::Keeping;
use crate::shop::Shop;
use crate::stored::Stored;
use anyhow::{Context, Result, ensure};
use fastrand::Rng;
use std::time::Duration;

/// How many connections are busy when it happens.
const VISITORS: usize = 64;

/// A second is what the long start must hold (`start.rs`); here other things run as well.
const READY_WITHIN: Duration = Duration::from_secs(10);

/// What some rounds came to.
#[derive(Debug, Default)]
pub struct Figures {
    /// Rounds.
    pub rounds: u64,
    /// Events acknowledged, all found again.
    pub thanked: u64,
    /// Requests that got no answer.
    pub unanswered: u64,
    /// Responses that `hark erase` said were gone, none of them found again.
    pub erased: u64,
    /// Kills during which a segment was being packed.
    pub mid_packing: u64,
    /// Tails set aside.
    pub torn: usize,
    /// The slowest start, with everything on disk that the rounds before had left.
    pub slowest_start: Duration,
    /// The slowest end after a SIGTERM.
    pub slowest_end: Duration,
}

/// Kills the collector so often, and each time starts it anew on the same folder: in which days are over
/// meanwhile and are packed, some become too old, and some responses are to be erased.
///
/// # Errors
/// When an acknowledged event is lost or stored twice, a line cannot be read, what was erased or too old is
/// there, or a start takes too long.
pub fn kills(seed: u64, rounds: u64, mut after_each: impl FnMut(u64)) -> Result<Figures> {
    let mut rng = Rng::with_seed(seed);
    let shop = Shop::new()?;
    let mut figures = Figures::default();
    let mut all = Heard::default();
    let mut keeping = Keeping::default();
    for round in 0..rounds {
        keeping.a_day_passes(&shop)?;
        let collector = shop.opens()?;
        figures.slowest_start = figures.slowest_start.max(collector.ready_after);
        let crowd = Crowd::comes(collector.address, VISITORS, round << 32)?;
        if round % 3 == 2 {
            keeping.begins_to_erase(&shop, &all.thanked, &mut rng)?;
        }
        if round % 2 == 1 {
            keeping.is_packing(shop.data())?;
        } else {
            crowd.is_thanked(rng.u64(1..2_000))?;
        }
        collector.is_killed()?;
        keeping.looks(shop.data())?;
        let heard = crowd.leaves()?;
        all.add(heard);
        keeping.everything_has_ended()?;
        after_each(round);
    }
    // Once more, so that the last tail is mended, what was begun is done, and every repetition recognised.
    keeping.a_day_passes(&shop)?;
    let collector = shop.opens()?;
    keeping.is_done(shop.data())?;
    let kept = keeping.kept(&all.thanked);
    for &number in kept.iter().rev().take(200) {
        let answer = collector.hears(&crate::crowd::response(number))?;
        ensure!(
            answer.count("duplicates") == 1,
            "{number} is not known any more: {answer:?}"
        );
    }
    collector.is_killed()?;
    let stored = Stored::read(shop.data())?;
    stored.holds_all(&kept).context("after kills")?;
    stored.is_readable()?;
    stored.has_no_double()?;
    keeping.is_as_told(&stored)?;
    figures.erased = keeping.erased.len() as u64;
    figures.mid_packing = keeping.mid_packing;
    figures.rounds = rounds;
    figures.thanked = all.thanked.len() as u64;
    figures.unanswered = all.broken;
    figures.torn = stored.torn;
    ensure!(figures.slowest_start < READY_WITHIN, "{figures:?}");
    Ok(figures)
}

/// Stops the collector so often with a SIGTERM.
///
/// # Errors
/// When it does not end well within ten seconds, or leaves a request without an answer, or what is
/// stored is not exactly what was acknowledged.
pub fn stops(seed: u64, rounds: u64, mut after_each: impl FnMut(u64)) -> Result<Figures> {
    let mut rng = Rng::with_seed(seed);
    let mut figures = Figures::default();
    for round in 0..rounds {
        let shop = Shop::new()?;
        let collector = shop.opens()?;
        let crowd = Crowd::comes(collector.address, VISITORS, 0)?;
        crowd.is_thanked(rng.u64(1..1_000))?;
        let ended = collector.stops()?;
        let heard = crowd.leaves()?;
        ensure!(ended.status.success(), "{ended:?}");
        ensure!(
            ended.took < Duration::from_secs(10),
            "it took {:?} to stop",
            ended.took
        );
        let stored = Stored::read(shop.data())?;
        stored
            .holds_all(&heard.thanked)
            .context("after a SIGTERM")?;
        stored.is_readable()?;
        stored.has_no_double()?;
        let lines = stored.lines.len();
        let thanked = heard.thanked.len();
        ensure!(
            lines == thanked,
            "{thanked} were acknowledged, but {lines} are stored"
        );
        let unanswered = heard.broken;
        ensure!(unanswered == 0, "{unanswered} requests got no answer");
        figures.thanked += thanked as u64;
        figures.slowest_end = figures.slowest_end.max(ended.took);
        after_each(round);
    }
    figures.rounds = rounds;
    Ok(figures)
}
