//! Retention: which days are over long enough for their segments to go.

use super::segment::Found;
use super::storage::Storage;
use jiff::civil::Date;
use jiff::{Span, ToSpan};
use std::io;
use std::time::Duration;

/// Whether lines of this day have been kept for so many days.
pub(super) fn is_over(day: Option<Date>, today: Date, days: u32) -> bool {
    let span = Span::new().try_days(days);
    let kept_since = span.and_then(|span| today.checked_sub(span));
    // Further back than there are days, nothing is old.
    matches!((day, kept_since), (Some(day), Ok(kept_since)) if day < kept_since)
}

/// The day by which age is measured: the clock's, but never more days after the newest line than this
/// process has been running. A clock that jumps a year ahead must not empty the journal.
pub(super) fn trusted(today: Date, newest: Option<Date>, running: Duration) -> Date {
    let days_running = i64::try_from(running.as_secs() / 86_400).unwrap_or(0);
    let latest = newest.and_then(|newest| newest.checked_add((days_running + 1).days()).ok());
    latest.map_or(today, |latest| today.min(latest))
}

/// Removes a file, and its partition with the last one in it.
pub(super) fn remove(storage: &dyn Storage, found: &Found) -> io::Result<()> {
    storage.remove(&found.path)?;
    let Some(partition) = found.path.parent() else {
        return Ok(());
    };
    storage.sync_folder(partition)?;
    if storage.names(partition)?.is_empty() {
        storage.remove_folder(partition)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn a_day_is_over_once_it_was_kept_for_as_long_as_asked() {
        let today = date(2026, 11, 27);
        let rows = [
            (date(2026, 11, 27), 1, false),
            (date(2026, 11, 26), 1, false),
            (date(2026, 11, 25), 1, true),
            (date(2026, 11, 26), 0, true),
            (date(2026, 11, 27), 0, false),
            (date(2025, 10, 28), 395, false),
            (date(2025, 10, 27), 395, true),
            (date(2027, 1, 1), 1, false),
            (date(1970, 1, 1), u32::MAX, false),
        ];
        for (day, days, over) in rows {
            assert_eq!(is_over(Some(day), today, days), over, "{day}, {days} days");
        }
        assert!(!is_over(None, today, 0), "what has no day is not ours");
    }

    #[test]
    fn a_clock_that_jumps_ahead_makes_nothing_old() {
        let newest = date(2026, 11, 27);
        let days = |days: u64| Duration::from_secs(days * 86_400);
        let rows = [
            (date(2026, 11, 27), days(0), date(2026, 11, 27)),
            (date(2026, 11, 28), days(0), date(2026, 11, 28)),
            (date(2027, 11, 27), days(0), date(2026, 11, 28)),
            (date(2026, 12, 7), days(10), date(2026, 12, 7)),
            (date(1970, 1, 1), days(10), date(1970, 1, 1)),
        ];
        for (today, running, day) in rows {
            assert_eq!(trusted(today, Some(newest), running), day, "{today}");
        }
        assert_eq!(trusted(newest, None, days(0)), newest);
    }
}
