//! Retention: which days are over long enough for their segments to go.

use super::segment::Found;
use super::storage::Storage;
use jiff::Span;
use jiff::civil::Date;
use std::collections::BTreeMap;
use std::io;
use std::time::Duration;

/// Whether lines of this day have been kept for so many days.
pub(super) fn is_over(day: Date, today: Date, days: u32) -> bool {
    let span = Span::new().try_days(days);
    let kept_since = span.and_then(|span| today.checked_sub(span));
    // Further back than there are days, nothing is old.
    kept_since.is_ok_and(|kept_since| day < kept_since)
}

/// Days without a line that a shop may well have. After a longer pause in the segments nobody can tell whether the
/// shop was quiet or the clock was changed.
const LONGEST_PAUSE: i64 = 31;

/// How many days have passed since each day, as far as the segments of events show: what the clock says now and
/// what it said then proves nothing while it is wrong, however often the process is started meanwhile.
///
/// Counted along the order of writing. A pause counts as one day if it is longer than a shop's would be, and
/// a clock set back counts as none: so lines may be kept too long, and never go too early.
pub(super) struct Passed(BTreeMap<Date, i64>);

impl Passed {
    /// By the segments in the order of writing, the newest of which was begun at most so long ago, or before
    /// this process was.
    pub(super) fn of(events: &[Found], today: Date, running: Duration) -> Self {
        let days_running = i64::try_from(running.as_secs() / 86_400).unwrap_or(0);
        let (mut since, mut later, mut passed) = (BTreeMap::new(), None, 0);
        for day in events.iter().rev().filter_map(Found::day) {
            passed += match later.map(|later| days(day, later)) {
                None => days(day, today).clamp(0, days_running + 1),
                Some(pause) if pause > LONGEST_PAUSE => 1,
                Some(pause) => pause.max(0),
            };
            // What was written last on a day is what must be old enough.
            since.entry(day).or_insert(passed);
            later = Some(day);
        }
        Self(since)
    }

    /// Whether lines of this day have been kept for so many days.
    pub(super) fn shows(&self, day: Date, kept: u32) -> bool {
        // Where no event is left of a day, those after it tell.
        let next = self.0.range(day..).next();
        next.is_some_and(|(&next, passed)| passed + days(day, next) > i64::from(kept))
    }
}

fn days(from: Date, to: Date) -> i64 {
    from.duration_until(to).as_hours() / 24
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
    use super::super::segment::Form;
    use super::*;
    use jiff::ToSpan;
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
            assert_eq!(is_over(day, today, days), over, "{day}, {days} days");
        }
    }

    /// Segments of these days, in the order of writing.
    fn segments(days: &[Date]) -> Vec<Found> {
        let found = |(index, day)| Found {
            number: index as u64 + 1,
            path: format!("data/events/date={day}/{index:06}.jsonl").into(),
            form: Form::Plain,
        };
        days.iter().enumerate().map(found).collect()
    }

    #[test]
    fn what_the_clock_says_is_old_goes_only_if_so_many_days_were_seen_to_pass() {
        let before = date(2026, 1, 10);
        let wrong = date(2031, 6, 1);
        let quiet = date(2026, 2, 10);
        let running = |days: u64| Duration::from_secs(days * 86_400);
        // What was written, today, how long the newest segment is known, and how many days have passed since the 10th.
        let rows = [
            (vec![before], date(2026, 1, 10), running(0), 0),
            (vec![before], date(2026, 1, 11), running(0), 1),
            (vec![before], date(2027, 1, 10), running(0), 1),
            (vec![before], date(2026, 1, 20), running(10), 10),
            (vec![before], date(1970, 1, 1), running(10), 0),
            (vec![before, quiet], quiet, running(0), 31),
            (
                vec![before, quiet.tomorrow().unwrap()],
                quiet.tomorrow().unwrap(),
                running(0),
                1,
            ),
            // Ahead, and started anew there.
            (vec![before, wrong], wrong, running(0), 1),
            (
                vec![before, wrong, date(2031, 6, 2)],
                date(2031, 6, 2),
                running(0),
                2,
            ),
            // Ahead and right again.
            (
                vec![before, wrong, date(2026, 1, 12), date(2026, 1, 15)],
                date(2026, 1, 15),
                running(0),
                4,
            ),
            // The day that was written to last is the one that counts.
            (
                vec![before, date(2026, 1, 20), before],
                date(2026, 1, 12),
                running(3),
                2,
            ),
        ];
        for (written, today, running, passed) in rows {
            let seen = Passed::of(&segments(&written), today, running);
            let hint = format!("{written:?} on {today}");
            assert!(!seen.shows(before, passed), "{hint}");
            assert!(passed == 0 || seen.shows(before, passed - 1), "{hint}");
        }
    }

    #[test]
    fn lines_of_a_clock_that_was_behind_are_kept_as_long_as_all_others() {
        let (behind, right) = (date(1970, 1, 1), date(2026, 11, 27));
        let mut written = vec![
            date(2026, 11, 26),
            behind,
            behind.tomorrow().unwrap(),
            right,
        ];
        let days: Vec<Date> = (1..=5).map(|days| right + days.days()).collect();
        written.extend(&days);
        let seen = Passed::of(&segments(&written), days[4], Duration::ZERO);
        assert!(seen.shows(behind, 6) && !seen.shows(behind, 7));
        // A contact of a day of which no event is left.
        assert!(seen.shows(right - 1.day(), 6) && !seen.shows(right - 1.day(), 8));
        assert!(!Passed::of(&[], right, Duration::ZERO).shows(behind, 0));
    }
}
