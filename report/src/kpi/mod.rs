//! Shop figures: what sessions in which somebody was asked came to, by the score that was given.
//!
//! Made of the events a shop sends anyway (`hark('event', 'purchase', …)`), and only of what is in the
//! lines. What they cannot tell is said in words ([`SiteKpi::unknown`]) and not guessed.

mod count;
mod fact;
mod figures;
mod gather;
mod group;
mod level;
mod link;
mod moved;
mod purchase;
mod session;
mod shares;
mod stage;
mod unknown;
mod words;

use std::path::Path;

use serde::Serialize;

use crate::figures::several;
use crate::query::Query;
use crate::read::{Progress, Reading};
use crate::segments::{self, ReadError};
use crate::summary::Lines;
pub use figures::{BandKpi, LeftOut, StageKpi};
pub use gather::Told;
pub use level::{KpiDifference, Level, Measure};
pub use moved::Moved;
pub use stage::{Shops, Stage, Stages};

/// Shop figures, site by site.
#[derive(Clone, Debug, Serialize)]
pub struct Kpi {
    /// In the order of their keys.
    pub sites: Vec<SiteKpi>,
    /// What the figures rest on.
    pub lines: Lines,
    /// What was asked.
    #[serde(skip)]
    pub query: Query,
    /// What was asked for that no line is about, in words.
    #[serde(skip)]
    pub absent: Vec<String>,
}

/// The shop figures of one site.
#[derive(Clone, Debug, Serialize)]
pub struct SiteKpi {
    /// The site's key.
    pub site: String,
    /// Where and since when orders at the checkout moved most, if they did.
    pub moved: Option<Moved>,
    /// What was told of purchases, whoever made them.
    pub purchases: Purchases,
    /// Before, during and after the purchase; those in which nobody was asked are left out.
    pub stages: Vec<StageKpi>,
    /// What is in none of these.
    pub left_out: LeftOut,
    /// What these events cannot tell, in words.
    pub unknown: Vec<String>,
}

/// Purchases of a site, within the period asked for.
#[derive(Clone, Debug, Serialize)]
pub struct Purchases {
    /// How many, each counted once.
    pub n: u64,
    /// In which currency values are: that of most purchases; `None` if they name none.
    pub currency: Option<String>,
    /// Per purchase, in units of the currency.
    pub mean: Level,
    /// The same.
    pub median: Level,
    /// What is not in these figures, or only in some of them.
    pub told: Told,
}

/// Reads every line under `data_dir` and makes shop figures of the sessions `query` asks for.
///
/// Memory does not grow with the number of sessions but for a 64th of them, which are put together at a time;
/// what is told of the others waits in a temporary file where there are many.
///
/// # Errors
/// As [`crate::read`], and when that file cannot be written.
pub fn read(
    data_dir: &Path,
    query: &Query,
    shops: &Shops,
    progress: Progress<'_>,
) -> Result<Kpi, ReadError> {
    segments::steadily(|| {
        let reading = Reading::of(data_dir, progress)?;
        let gathered = gather::gather(&reading, query, shops, data_dir)?;
        let sites = gathered.sites.iter();
        let mut kpis: Vec<SiteKpi> = sites.clone().map(|site| figures::of(site, query)).collect();
        settle(&mut kpis, sites.map(moved::candidates).collect());
        Ok(Kpi {
            sites: kpis,
            lines: gathered.lines,
            query: query.clone(),
            absent: reading.names.absent(query),
        })
    })
}

/// Corrects all tests made for each other: differences, and changes that were searched for.
fn settle(sites: &mut [SiteKpi], mut candidates: Vec<Vec<Moved>>) {
    let differences = sites.iter_mut().flat_map(|site| &mut site.stages);
    let mut differences: Vec<&mut KpiDifference> = differences
        .flat_map(|stage| &mut stage.low_less_rest)
        .collect();
    let searched = || candidates.iter().flatten();
    let p = differences.iter().map(|difference| difference.p);
    let p: Vec<Option<f64>> = p.chain(searched().map(|moved| Some(moved.p))).collect();
    let mut adjusted = several::benjamini_hochberg(&p).into_iter();
    for difference in &mut differences {
        difference.settle(adjusted.next().flatten());
    }
    for moved in candidates.iter_mut().flatten() {
        moved.p_adjusted = adjusted.next().flatten();
    }
    for (site, candidates) in sites.iter_mut().zip(candidates) {
        site.moved = moved::most(candidates);
    }
}
