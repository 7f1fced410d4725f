//! How cases, times and figures of following up are called and written.

use jiff::{SignedDuration, Timestamp, tz::TimeZone};
use survey::case::Status;

use crate::cases::{Case, DUE_HOURS, Figures, Share, Span};
use crate::figures::ANSWERS_MIN;
use crate::verdict::thousands;

/// A status within a sentence.
#[must_use]
pub const fn status(status: Status) -> &'static str {
    match status {
        Status::Open => "open",
        Status::Answered => "answered",
        Status::Resolved => "resolved",
        Status::NoAction => "no action",
    }
}

/// What the figures say, a sentence each.
#[must_use]
pub fn figures(figures: &Figures) -> Vec<String> {
    vec![
        format!(
            "{} open, {} of them overdue; {} answered, {} resolved, {} no action",
            thousands(figures.open),
            thousands(figures.overdue),
            thousands(figures.answered),
            thousands(figures.resolved),
            thousands(figures.no_action)
        ),
        format!("first answer: {}", span(&figures.first_response)),
        format!("settled: {}", span(&figures.resolution)),
        format!("answered within {DUE_HOURS} h: {}", share(&figures.in_time)),
    ]
}

fn span(span: &Span) -> String {
    let Some(seconds) = span.seconds else {
        return too_few(span.n);
    };
    let interval = match (span.low, span.high) {
        (Some(low), Some(high)) => format!("{} to {}, ", lasting(low), lasting(high)),
        _ => String::new(),
    };
    format!(
        "after {}, the median ({interval}n = {})",
        lasting(seconds),
        thousands(span.n)
    )
}

fn share(share: &Share) -> String {
    let (count, n) = (thousands(share.count), thousands(share.n));
    share.percent.map_or_else(
        || format!("{count} of {n}; too few cases for a share, {ANSWERS_MIN} at least"),
        |rate| {
            format!(
                "{:.0} % ({:.0} to {:.0}), {count} of {n}",
                rate.value, rate.low, rate.high
            )
        },
    )
}

fn too_few(n: u64) -> String {
    format!("too few cases: {n} of at least {ANSWERS_MIN}")
}

/// A time in the unit that people would say it in.
#[must_use]
pub fn lasting(seconds: f64) -> String {
    let minutes = (seconds / 60.0).round();
    let hours = seconds / 3_600.0;
    if seconds < 59.5 {
        format!("{seconds:.0} s")
    } else if minutes < 60.0 {
        format!("{minutes:.0} min")
    } else if hours < 9.95 {
        format!("{hours:.1} h")
    } else if hours < 71.5 {
        format!("{hours:.0} h")
    } else {
        format!("{:.1} d", hours / 24.0)
    }
}

/// How much time is left, or how late it is; of a case that waits for an answer.
#[must_use]
pub fn due(case: &Case, now: Timestamp) -> String {
    if case.status != Status::Open {
        return String::new();
    }
    let left = now.duration_until(case.due_at);
    let time = lasting(left.abs().as_secs_f64());
    if left < SignedDuration::ZERO {
        format!("{time} late")
    } else {
        format!("in {time}")
    }
}

/// A moment as a day and a time, in UTC.
pub(super) fn moment(moment: Timestamp) -> String {
    moment
        .to_zoned(TimeZone::UTC)
        .strftime("%-d %b %Y %H:%M")
        .to_string()
}

/// On its scale.
pub(super) fn score(case: &Case) -> String {
    let most = case.response.metric.scale().end().to_owned();
    let score = case.response.score.unwrap_or_default();
    format!("{score}/{most}")
}

/// What somebody wrote, on one line and without orders to the terminal.
pub(super) fn plain(text: &str) -> String {
    let is_shown = |character: &char| !character.is_control();
    let words = text.split_whitespace();
    let words = words.map(|word| word.chars().filter(is_shown).collect::<String>());
    words.collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_said_as_people_say_them() {
        let rows = [
            (0.0, "0 s"),
            (59.4, "59 s"),
            (59.6, "1 min"),
            (3_540.0, "59 min"),
            (3_590.0, "1.0 h"),
            (19_800.0, "5.5 h"),
            (35_900.0, "10 h"),
            (172_800.0, "48 h"),
            (259_200.0, "3.0 d"),
        ];
        for (seconds, said) in rows {
            assert_eq!(lasting(seconds), said);
        }
    }

    #[test]
    fn a_terminal_is_ordered_nothing() {
        assert_eq!(plain("a\u{1b}[2J\n\tb  c\u{7}"), "a[2J b c");
    }
}
