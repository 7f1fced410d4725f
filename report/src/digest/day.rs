//! A survey day by day, also on days on which nobody answered.

use jiff::Timestamp;
use jiff::civil::Date;
use serde::Serialize;
use survey::metric::Metric;

use crate::figures::nps::Method;
use crate::figures::{self, Figure};
use crate::gather::Row;
use crate::period;
use crate::tally::Tally;

/// One UTC day of a survey.
#[derive(Clone, Debug, Serialize)]
pub struct Day {
    /// Which.
    pub date: Date,
    /// The headline figure; no value where too few answered.
    pub figure: Figure,
}

/// Every day from that of `first` to the last one before `end`.
pub(super) fn days(
    row: &Row,
    metric: Metric,
    [first, end]: [Timestamp; 2],
    method: Method,
) -> Vec<Day> {
    let first = period::Day::of(first.as_microsecond());
    let last = period::Day::of(end.as_microsecond() - 1);
    let none = Tally::default();
    (first.0..=last.0)
        .map(period::Day)
        .filter_map(|day| {
            let tally = row.days.get(&day).unwrap_or(&none);
            Some(Day {
                date: day.date()?,
                figure: figures::headline(&tally.distribution(metric), method),
            })
        })
        .collect()
}
