//! When visits begin: more in the evening, fewer on Saturdays, never the same number twice.

use fastrand::Rng;
use jiff::{Timestamp, tz::TimeZone};

use super::shopper::normal;

/// Moments, in milliseconds since 1970, at which visits begin: in order, from one hour to another.
pub(super) struct Rhythm<'r> {
    rng: &'r mut Rng,
    visits_a_day: f64,
    hour_start_ms: i64,
    until_ms: i64,
    /// Of this hour, the latest first.
    coming: Vec<i64>,
}

/// Each hour's share of a day in UTC, for a shop whose customers live mostly in Europe.
const HOURS: [f64; 24] = [
    1.0, 0.7, 0.5, 0.5, 0.8, 1.6, 2.8, 4.0, 4.7, 5.1, 5.5, 5.8, 5.6, 5.0, 4.9, 5.0, 5.3, 6.0, 7.2,
    8.0, 8.0, 6.3, 3.9, 1.8,
];

/// Each day's share, from Monday; seven on average make one.
const DAYS: [f64; 7] = [1.06, 1.02, 1.00, 0.99, 0.92, 0.88, 1.13];

const HOUR_MS: i64 = 3_600_000;

impl<'r> Rhythm<'r> {
    pub(super) fn new(
        rng: &'r mut Rng,
        visits_a_day: f64,
        since: Timestamp,
        until: Timestamp,
    ) -> Self {
        Self {
            rng,
            visits_a_day,
            hour_start_ms: since.as_millisecond(),
            until_ms: until.as_millisecond(),
            coming: Vec::new(),
        }
    }

    /// The next moment, with the generator for what happens then; `None` when time is up.
    pub(super) fn next_visit(&mut self) -> Option<(i64, &mut Rng)> {
        while self.coming.is_empty() {
            if self.hour_start_ms >= self.until_ms {
                return None;
            }
            self.fill_hour();
            self.hour_start_ms += HOUR_MS;
        }
        let at_ms = self.coming.pop()?;
        Some((at_ms, self.rng))
    }

    fn fill_hour(&mut self) {
        let expected = self.visits_a_day * share(self.hour_start_ms);
        let number = around(self.rng, expected);
        let (start, end) = (
            self.hour_start_ms,
            (self.hour_start_ms + HOUR_MS).min(self.until_ms),
        );
        self.coming
            .extend((0..number).map(|_| start + self.rng.i64(0..HOUR_MS)));
        self.coming.retain(|&at_ms| at_ms < end);
        self.coming.sort_unstable_by(|one, other| other.cmp(one));
    }
}

/// How many average days' visits fall between these moments.
pub(super) fn days_worth(since: Timestamp, until: Timestamp) -> f64 {
    let (since_ms, until_ms) = (since.as_millisecond(), until.as_millisecond());
    let hours = (since_ms..until_ms).step_by(HOUR_MS.unsigned_abs() as usize);
    hours
        .map(|start| share(start) * ((until_ms - start).min(HOUR_MS) as f64 / HOUR_MS as f64))
        .sum()
}

/// The share of an average day that falls into the hour that starts at this moment.
fn share(hour_start_ms: i64) -> f64 {
    let Ok(start) = Timestamp::from_millisecond(hour_start_ms) else {
        return 0.0;
    };
    let start = start.to_zoned(TimeZone::UTC);
    let day = usize::from(start.weekday().to_monday_zero_offset().unsigned_abs());
    let hour = usize::from(start.hour().unsigned_abs());
    DAYS[day] * HOURS[hour] / HOURS.iter().sum::<f64>()
}

/// A whole number about this large; its spread is that of a Poisson variable, by its normal approximation.
fn around(rng: &mut Rng, expected: f64) -> usize {
    let drawn = expected + expected.sqrt() * normal(rng);
    drawn.round().max(0.0) as usize
}
