//! A shop's month, invented but reproducible: the lines a collector would have written.
//!
//! Lines are made as they are written, so millions of them need no more memory than thousands. The
//! same plan makes the same files, byte for byte.

mod command;
mod journal;
mod line;
mod remarks;
mod rhythm;
mod shopper;
mod staff;
mod story;
mod surveys;
mod visit;

use std::path::Path;

use anyhow::{Context, Result};
pub(crate) use command::{Arguments, run};
use fastrand::Rng;
use jiff::{Timestamp, ToSpan, tz::TimeZone};

use journal::Journal;
use remarks::Remarks;
use rhythm::Rhythm;
use shopper::Shopper;
use staff::Staff;
use story::Story;
use visit::{Left, Visit};

/// Which lines are to be made.
pub(crate) struct Plan {
    /// The same seed makes the same shop.
    pub(crate) seed: u64,
    /// The first day, in UTC, is this many before that of `until`.
    pub(crate) days: u16,
    /// No line was received at this moment or later.
    pub(crate) until: Timestamp,
    /// Visits on an average day.
    pub(crate) visits_a_day: f64,
    /// No more lines than these, whatever the days say.
    pub(crate) lines_max: u64,
    /// Whether the shop's people do something about bad answers.
    pub(crate) is_staffed: bool,
}

/// What was made.
pub(crate) struct Written {
    /// Lines in `events`.
    pub(crate) lines: u64,
    /// Their size.
    pub(crate) bytes: u64,
    /// When the pay button broke on phones.
    pub(crate) broke: Timestamp,
}

/// Lines a visit leaves on average, seen in the month of 50,000: most leave none.
const LINES_A_VISIT: f64 = 0.688;

impl Plan {
    /// A month of a shop with 2,400 visits a day: about 50,000 lines.
    pub(crate) fn month(until: Timestamp) -> Self {
        Self {
            seed: 20_260_101,
            days: 30,
            until,
            visits_a_day: 2_400.0,
            lines_max: u64::MAX,
            is_staffed: true,
        }
    }

    /// Exactly so many lines within so many days: the same shop with more visits.
    pub(crate) fn of_lines(lines: u64, days: u16, until: Timestamp) -> Result<Self> {
        let month = Self::month(until);
        let wanted = lines as f64;
        // So many more than needed that there are enough whatever the dice say.
        let visits = (wanted + 6.0 * wanted.sqrt()) * 1.002 / LINES_A_VISIT;
        let days_worth = rhythm::days_worth(first_moment(until, days)?, until);
        Ok(Self {
            days,
            visits_a_day: visits / days_worth,
            lines_max: lines,
            is_staffed: false,
            ..month
        })
    }
}

/// The start of the day so many before that of `until`, in UTC.
fn first_moment(until: Timestamp, days: u16) -> Result<Timestamp> {
    let today = until.to_zoned(TimeZone::UTC).date();
    let first_day = today.checked_sub(i64::from(days).days())?;
    Ok(first_day.to_zoned(TimeZone::UTC)?.timestamp())
}

/// Writes the lines of a plan into a data folder, which should have none yet.
pub(crate) fn write(data: &Path, plan: &Plan) -> Result<Written> {
    let today = plan.until.to_zoned(TimeZone::UTC).date();
    let story = Story::before(today).context("there is no Tuesday before that day")?;
    let since = first_moment(plan.until, plan.days)?;
    let remarks = Remarks::new()?;
    let mut rng = Rng::with_seed(plan.seed);
    let mut rhythm = Rhythm::new(&mut rng, plan.visits_a_day, since, plan.until);
    let mut events = Journal::new(data, "events");
    let mut contacts = Journal::new(data, "contacts");
    let mut left = Left::default();
    let mut staff = Staff::new(plan.seed, story.since());
    while let Some((started_ms, rng)) = rhythm.next_visit() {
        events.write_until(started_ms, plan.lines_max)?;
        if events.lines >= plan.lines_max {
            break;
        }
        Visit {
            shopper: Shopper::draw(rng),
            rng,
            story: &story,
            remarks: &remarks,
            started_ms,
            left: &mut left,
        }
        .happens();
        if plan.is_staffed {
            staff.follow_up(&mut left.lines);
        }
        events.take(&mut left.lines);
        contacts.take(&mut left.contacts);
    }
    let end_ms = plan.until.as_millisecond();
    events.write_until(end_ms, plan.lines_max)?;
    contacts.write_until(end_ms, u64::MAX)?;
    let written = Written {
        lines: events.lines,
        bytes: events.bytes,
        broke: story.since(),
    };
    events.close()?;
    contacts.close()?;
    Ok(written)
}

#[cfg(test)]
mod tests;
