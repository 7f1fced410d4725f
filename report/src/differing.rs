//! Segments that differ from the rest of a survey's answers, looked for unasked along [`SEARCHED`]. What the
//! survey is split by is left out: its segments are held against the rest anyway, and to test them twice
//! would take from all tests.

use std::collections::BTreeMap;

use survey::metric::Metric;

use crate::comparison::{Comparison, With};
use crate::gather::{Row, SEARCHED};
use crate::period::{Day, Period};
use crate::query::Query;
use crate::tally::Tally;

/// A segment held against the rest; whether it differs says the comparison.
#[derive(Clone, Debug, PartialEq)]
pub struct Differing {
    /// `device`.
    pub by: String,
    /// `mobile`.
    pub value: String,
    /// Against everybody else's answers on the same days.
    pub comparison: Comparison,
}

/// Every segment with answers enough on both sides, on the days that the period touches.
pub(crate) fn all(row: &Row, period: Period, metric: Metric, query: &Query) -> Vec<Differing> {
    let everybody = within(&row.days, period);
    let searched = SEARCHED.iter().zip(&row.searched);
    let sought = searched.filter(|(by, _)| query.by.as_ref() != Some(by));
    let segments = sought.flat_map(|(by, values)| {
        // A segment that everybody belongs to is none, and what nobody said is none either.
        let values = (values.len() > 1).then_some(values).into_iter().flatten();
        values
            .filter(|(value, _)| !value.starts_with('('))
            .map(move |(value, days)| (by, value, days))
    });
    segments
        .filter_map(|(by, value, days)| {
            let here = within(days, period);
            let rest = everybody.without(&here);
            let comparison = Comparison::of(&here, &rest, metric, With::Rest, query);
            comparison.difference.is_some().then(|| Differing {
                by: by.name().to_owned(),
                value: value.clone(),
                comparison,
            })
        })
        .collect()
}

fn within(days: &BTreeMap<Day, Tally>, period: Period) -> Tally {
    let mut sum = Tally::default();
    for (_, tally) in days.iter().filter(|(day, _)| period.touches(**day)) {
        sum.merge(tally);
    }
    sum
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::by::By;

    const DAY: i64 = 86_400_000_000;

    fn row() -> Row {
        let mut row = Row::default();
        // Forty answers a day from phones, all low, and as many from desks, all high; the first day is
        // before the period.
        for day in 0..3 {
            let (phones, desks) = ([0, 40], [0, 0, 0, 0, 0, 40]);
            let (phones, desks) = (Tally::scored(&phones), Tally::scored(&desks));
            let mut both = phones.clone();
            both.merge(&desks);
            row.days.insert(Day(day), both);
            for (value, tally) in [("mobile", phones), ("desktop", desks)] {
                let days = row.searched[0].entry(value.to_owned()).or_default();
                days.insert(Day(day), tally);
            }
        }
        row
    }

    #[test]
    fn each_segment_is_held_against_the_rest_of_the_period() {
        let period = Period {
            from: DAY + 1,
            to: 3 * DAY,
        };
        let found = all(&row(), period, Metric::Csat, &Query::default());
        let said: Vec<_> = found
            .iter()
            .map(|one| {
                (
                    one.by.as_str(),
                    one.value.as_str(),
                    one.comparison.difference,
                )
            })
            .collect();
        let expected = [
            ("device", "desktop", Some(100.0)),
            ("device", "mobile", Some(-100.0)),
        ];
        assert_eq!(said, expected);
        let here = found
            .first()
            .map(|one| (one.comparison.here.n, one.comparison.there.n));
        assert_eq!(here, Some((80, 80)), "the first day is before the period");
    }

    #[test]
    fn what_is_split_already_is_not_tested_again() {
        let period = Period {
            from: 0,
            to: 3 * DAY,
        };
        let found = |by| {
            let by = Some(by);
            let query = Query {
                by,
                ..Query::default()
            };
            all(&row(), period, Metric::Csat, &query).len()
        };
        assert_eq!((found(By::Device), found(By::Page)), (0, 2));
    }
}
