//! Since when, and on which devices, do fewer or more go on to order once they are at the checkout?

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::Serialize;

use super::gather::Site;
use super::level::Level;
use crate::figures::several::FALSE_ALARMS;
use crate::figures::{change, difference};
use crate::period::Day;

/// A day from which on another share of those who were asked during the purchase ordered.
#[derive(Clone, Debug, Serialize)]
pub struct Moved {
    /// `mobile`, `tablet` or `desktop`; `None` is all of them.
    pub device: Option<String>,
    /// The first day of it.
    pub since: Date,
    /// The share that ordered before, in percent.
    pub before: Level,
    /// The share since.
    pub after: Level,
    /// Since less before, in percentage points.
    pub difference: f64,
    /// Lower end of the 95 % interval of the difference.
    pub low: Option<f64>,
    /// Upper end.
    pub high: Option<f64>,
    /// Over all days one might have chosen.
    #[serde(skip)]
    pub(super) p: f64,
    /// The same with all tests of the report taken into account.
    pub p_adjusted: Option<f64>,
    /// In standard errors.
    #[serde(skip)]
    z: f64,
}

/// How many were asked on a day, and how many of them ordered.
pub(super) type Days = BTreeMap<Day, (u64, u64)>;

/// The day that parts the row best, for all devices and for each.
pub(super) fn candidates(site: &Site) -> Vec<Moved> {
    let during = site.counts.during.iter();
    during
        .filter_map(|(device, days)| candidate(device.as_deref(), days))
        .collect()
}

fn candidate(device: Option<&str>, days: &Days) -> Option<Moved> {
    let row: Vec<change::Day> = days
        .values()
        .map(|&(ordered, asked)| {
            let mut day = change::Day::default();
            day.add(1.0, ordered as f64);
            day.add(0.0, (asked - ordered) as f64);
            day
        })
        .collect();
    let change = change::point(&row)?;
    let (&since, _) = days.iter().nth(change.place)?;
    let sum = |days: &mut dyn Iterator<Item = (&Day, &(u64, u64))>| {
        days.fold((0, 0), |(ordered, asked), (_, day)| {
            (ordered + day.0, asked + day.1)
        })
    };
    let before = sum(&mut days.range(..since));
    let after = sum(&mut days.range(since..));
    let difference = difference::of_shares(after, before)?;
    Some(Moved {
        device: device.map(str::to_owned),
        since: since.date()?,
        before: Level::share(before.0, before.1, false),
        after: Level::share(after.0, after.1, false),
        difference: difference.raw,
        low: difference.interval.map(|interval| interval.low),
        high: difference.interval.map(|interval| interval.high),
        p: change.p,
        p_adjusted: None,
        z: change.z,
    })
}

/// The clearest of those that are unlikely to be chance.
pub(super) fn most(candidates: Vec<Moved>) -> Option<Moved> {
    candidates
        .into_iter()
        .filter(|moved| moved.p_adjusted.is_some_and(|p| p <= FALSE_ALARMS))
        .max_by(|one, other| one.z.total_cmp(&other.z))
}
