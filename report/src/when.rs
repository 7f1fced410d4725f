//! What people write after `--since` and `--until`, made a moment. The clock is an argument.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Span, Timestamp, ToSpan};

/// The text names no moment.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "`{given}` is not a time\n  write a duration back from now (`30d`, `12h`), a day in UTC (`2026-11-21`) or a moment (`2026-11-21T10:00:00Z`)"
)]
pub struct NotATime {
    given: String,
}

/// Why there is no such span of time.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotASpan {
    /// An end is no moment.
    #[error(transparent)]
    NotATime(#[from] NotATime),
    /// It ends before it begins.
    #[error(
        "`--until {until}` is not after `--since {since}`\n  both are moments; `--since 30d --until 7d` is from thirty days ago until a week ago"
    )]
    Reversed {
        /// As written.
        since: String,
        /// As written.
        until: String,
    },
}

/// Both ends of what counts, where they are said.
///
/// # Errors
/// When a text is no moment, or the end is not after the beginning.
pub fn span(
    from: Option<&str>,
    to: Option<&str>,
    now: Timestamp,
) -> Result<(Option<Timestamp>, Option<Timestamp>), NotASpan> {
    let first = from.map(|text| since(text, now)).transpose()?;
    let end = to.map(|text| until(text, now)).transpose()?;
    match (first, end, from, to) {
        (Some(first), Some(end), Some(since), Some(until)) if end <= first => {
            Err(NotASpan::Reversed {
                since: since.to_owned(),
                until: until.to_owned(),
            })
        }
        _ => Ok((first, end)),
    }
}

/// The first moment that counts: `30d` before `now`, the start of a day in UTC, or a moment.
fn since(text: &str, now: Timestamp) -> Result<Timestamp, NotATime> {
    moment(text, now, 0.days())
}

/// The first moment that no longer counts. A day is meant as a whole: its end, in UTC.
fn until(text: &str, now: Timestamp) -> Result<Timestamp, NotATime> {
    moment(text, now, 1.day())
}

fn moment(text: &str, now: Timestamp, into_day: Span) -> Result<Timestamp, NotATime> {
    let text = text.trim();
    exact(text)
        .or_else(|| day(text, into_day))
        .or_else(|| back_from(now, text))
        .ok_or_else(|| NotATime {
            given: text.to_owned(),
        })
}

fn exact(text: &str) -> Option<Timestamp> {
    text.parse().ok()
}

fn day(text: &str, into_day: Span) -> Option<Timestamp> {
    let start = text.parse::<Date>().ok()?.to_zoned(TimeZone::UTC).ok()?;
    Some(start.checked_add(into_day).ok()?.timestamp())
}

/// `30d`, but also `30 days ago` and `P30D`: every form leads back, none into the future.
fn back_from(now: Timestamp, text: &str) -> Option<Timestamp> {
    let span = text.parse::<Span>().ok()?.abs();
    let then = now.to_zoned(TimeZone::UTC).checked_sub(span).ok()?;
    Some(then.timestamp())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn now() -> Timestamp {
        "2026-11-21T10:00:00Z".parse().unwrap()
    }

    #[test]
    fn durations_days_and_moments_are_understood() {
        let rows = [
            ("30d", "2026-10-22T10:00:00Z", "2026-10-22T10:00:00Z"),
            ("12h", "2026-11-20T22:00:00Z", "2026-11-20T22:00:00Z"),
            ("2w", "2026-11-07T10:00:00Z", "2026-11-07T10:00:00Z"),
            ("90min", "2026-11-21T08:30:00Z", "2026-11-21T08:30:00Z"),
            ("1mo", "2026-10-21T10:00:00Z", "2026-10-21T10:00:00Z"),
            ("3 days ago", "2026-11-18T10:00:00Z", "2026-11-18T10:00:00Z"),
            ("2026-11-01", "2026-11-01T00:00:00Z", "2026-11-02T00:00:00Z"),
            (
                "2026-11-01T09:30:00+01:00",
                "2026-11-01T08:30:00Z",
                "2026-11-01T08:30:00Z",
            ),
        ];
        for (text, first, end) in rows {
            assert_eq!(since(text, now()).unwrap().to_string(), first, "{text}");
            assert_eq!(until(text, now()).unwrap().to_string(), end, "{text}");
        }
    }

    #[test]
    fn a_span_that_ends_before_it_begins_is_refused() {
        assert!(span(Some("30d"), Some("7d"), now()).is_ok());
        assert!(span(Some("2026-11-21"), Some("2026-11-21"), now()).is_ok());
        let refusal = span(Some("7d"), Some("30d"), now())
            .unwrap_err()
            .to_string();
        assert!(
            refusal.starts_with("`--until 30d` is not after `--since 7d`"),
            "{refusal}"
        );
    }

    #[test]
    fn what_is_no_time_is_refused_with_examples() {
        for text in [
            "",
            "30",
            "d",
            "yesterday",
            "2026-13-01",
            "30parsecs",
            "99999999y",
        ] {
            let refusal = since(text, now()).unwrap_err().to_string();
            assert!(
                refusal.starts_with(&format!("`{text}` is not a time")),
                "{refusal}"
            );
            assert!(refusal.contains("`30d`"), "{refusal}");
        }
    }
}
