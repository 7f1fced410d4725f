//! The stretch of time asked for, the one it is compared with, and the days in them. All in UTC.

use jiff::Timestamp;
use jiff::civil::Date;
use serde::Serialize;

use crate::by::By;
use crate::query::{Compare, Query};

const DAY: i64 = 86_400_000_000;

/// Without a beginning, the last so many days are compared with as many before them.
const COMPARED_DAYS: i64 = 7;

/// Without a beginning, a change is looked for so far back.
const CHANGE_DAYS: i64 = 35;

/// Falls are held against so many days before those that are compared.
const BASELINE_DAYS: i64 = 28;

/// From one moment until just before another, in microseconds since 1970.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Period {
    pub(crate) from: i64,
    pub(crate) to: i64,
}

/// All periods a report is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Periods {
    /// When it is asked, in microseconds since 1970.
    pub(crate) now: i64,
    /// What the figures are about.
    pub(crate) asked: Period,
    /// What is compared, with what.
    pub(crate) compared: Option<(Period, Period)>,
    /// Where a change is looked for.
    pub(crate) change: Period,
    /// What a fall within the period that is compared is held against: whole days before its first.
    pub(crate) baseline: Option<Period>,
}

/// A UTC day, counted from 1 January 1970.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Day(pub(crate) i32);

/// A period as the JSON says it: the first moment, and the first that no longer belongs to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Stretch {
    /// The first moment.
    pub since: Timestamp,
    /// The first moment after it.
    pub until: Timestamp,
}

impl Period {
    pub(crate) const fn has(self, moment: i64) -> bool {
        self.from <= moment && moment < self.to
    }

    /// Is any of the day within it?
    pub(crate) fn touches(self, day: Day) -> bool {
        let began = i64::from(day.0) * DAY;
        self.from.saturating_sub(DAY) < began && began < self.to
    }

    pub(crate) fn stretch(self) -> Option<Stretch> {
        Some(Stretch {
            since: Timestamp::from_microsecond(self.from).ok()?,
            until: Timestamp::from_microsecond(self.to).ok()?,
        })
    }
}

impl Periods {
    /// `newest` is the last receipt there is, in case the query does not say when it is asked.
    pub(crate) fn of(query: &Query, newest: i64) -> Self {
        let moment = |moment: Timestamp| moment.as_microsecond();
        let now = query.now.map_or(newest.saturating_add(1), moment);
        let since = query.since.map(moment);
        let until = query.until.map(moment);
        let end = until.map_or(now, |until| until.min(now));
        let asked = Period {
            from: since.unwrap_or(i64::MIN),
            to: until.unwrap_or(i64::MAX),
        };
        let length = since.map_or(COMPARED_DAYS * DAY, |since| end.saturating_sub(since));
        let back = |from: i64| Period {
            from: from.saturating_sub(length),
            to: from,
        };
        let these = back(end);
        let compared =
            (query.compare == Compare::Previous && length > 0).then(|| (these, back(these.from)));
        let looked_back = end.saturating_sub(i64::from(query.look_back_days) * DAY);
        let change = Period {
            from: match since {
                Some(since) => since.saturating_sub(length).min(looked_back),
                None => end.saturating_sub(CHANGE_DAYS * DAY),
            },
            to: asked.to,
        };
        let baseline = compared.map(|(these, _)| {
            let to = these.from.saturating_sub(these.from.rem_euclid(DAY));
            Period {
                from: to.saturating_sub(BASELINE_DAYS * DAY),
                to,
            }
        });
        Self {
            now,
            asked,
            compared,
            change,
            baseline,
        }
    }
}

impl Day {
    pub(crate) fn of(moment: i64) -> Self {
        Self(i32::try_from(moment.div_euclid(DAY)).unwrap_or(i32::MAX))
    }

    pub(crate) fn date(self) -> Option<Date> {
        let moment = Timestamp::from_microsecond(i64::from(self.0) * DAY).ok()?;
        Some(moment.to_zoned(jiff::tz::TimeZone::UTC).date())
    }

    /// The day, week or month it belongs to, as it is printed: `2026-11-21`, `2026-W47`, `2026-11`.
    pub(crate) fn within(self, by: &By) -> Option<String> {
        let date = self.date()?;
        Some(match by {
            By::Week => {
                let week = date.iso_week_date();
                format!("{:04}-W{:02}", week.year(), week.week())
            }
            By::Month => format!("{:04}-{:02}", date.year(), date.month()),
            _ => date.to_string(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn moment(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    fn said(period: Period) -> String {
        let stretch = period.stretch().unwrap();
        format!("{}/{}", stretch.since, stretch.until)
    }

    #[test]
    fn a_period_is_compared_with_the_one_of_the_same_length_before() {
        let query = Query {
            since: Some(moment("2026-11-01T00:00:00Z")),
            until: Some(moment("2026-11-11T00:00:00Z")),
            now: Some(moment("2026-12-01T00:00:00Z")),
            ..Query::default()
        };
        let (these, those) = Periods::of(&query, 0).compared.unwrap();
        assert_eq!(said(these), "2026-11-01T00:00:00Z/2026-11-11T00:00:00Z");
        assert_eq!(said(those), "2026-10-22T00:00:00Z/2026-11-01T00:00:00Z");
    }

    #[test]
    fn a_fall_is_held_against_four_whole_weeks_however_short_the_period() {
        for since in ["2026-11-20T00:00:00Z", "2026-11-20T23:59:00Z"] {
            let query = Query {
                since: Some(moment(since)),
                now: Some(moment("2026-11-27T00:00:00Z")),
                ..Query::default()
            };
            let baseline = Periods::of(&query, 0).baseline.unwrap();
            assert_eq!(said(baseline), "2026-10-23T00:00:00Z/2026-11-20T00:00:00Z");
        }
    }

    #[test]
    fn a_change_is_looked_for_as_far_back_as_is_asked() {
        for (days, from) in [(0, "2026-11-13"), (14, "2026-11-13"), (35, "2026-10-23")] {
            let query = Query {
                since: Some(moment("2026-11-20T00:00:00Z")),
                now: Some(moment("2026-11-27T00:00:00Z")),
                look_back_days: days,
                ..Query::default()
            };
            let change = Periods::of(&query, 0).change;
            let first = moment(&format!("{from}T00:00:00Z"));
            assert_eq!(change.from, first.as_microsecond(), "{days}");
        }
    }

    #[test]
    fn without_a_beginning_a_week_is_compared_with_the_week_before() {
        let newest = moment("2026-11-20T11:59:59.999999Z").as_microsecond();
        let (these, those) = Periods::of(&Query::default(), newest).compared.unwrap();
        assert_eq!(said(these), "2026-11-13T12:00:00Z/2026-11-20T12:00:00Z");
        assert_eq!(said(those), "2026-11-06T12:00:00Z/2026-11-13T12:00:00Z");
    }

    #[test]
    fn a_day_belongs_to_a_week_and_a_month() {
        let day = Day::of(moment("2027-01-01T23:59:59Z").as_microsecond());
        let within = |by| day.within(&by).unwrap();
        assert_eq!(within(By::Day), "2027-01-01");
        assert_eq!(within(By::Week), "2026-W53");
        assert_eq!(within(By::Month), "2027-01");
    }
}
