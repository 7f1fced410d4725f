//! Spans of time as people write them in settings: `90d`, `24h`, `30m`, `45s`.

use super::section::{Entry, Section};
use crate::frequency::Frequency;

/// The seconds of a written duration, or `None` where it is not one.
#[must_use]
pub fn seconds(text: &str) -> Option<u32> {
    let unit = text.chars().last()?;
    let seconds = match unit {
        's' => 1,
        'm' => 60,
        'h' => 60 * 60,
        'd' => 24 * 60 * 60,
        _ => return None,
    };
    let count: u32 = text[..text.len() - 1].parse().ok()?;
    count.checked_mul(seconds)
}

/// Reads `after_answer`, `after_dismissal` and `after_impression`; what is left out stays as it is.
pub fn frequency(section: &Section<'_>, usual: Frequency) -> Option<Frequency> {
    let clock = |name, usual| {
        let entry = section.get(name);
        entry.map_or(Some(usual), |entry| duration(&entry))
    };
    let answered = clock("after_answer", usual.answered);
    let dismissed = clock("after_dismissal", usual.dismissed);
    let shown = clock("after_impression", usual.shown);
    Some(Frequency {
        answered: answered?,
        dismissed: dismissed?,
        shown: shown?,
    })
}

fn duration(entry: &Entry<'_>) -> Option<u32> {
    let text = entry.text()?;
    let seconds = seconds(text);
    if seconds.is_none() {
        let hint = "write a whole number and `s`, `m`, `h` or `d`, for example \"30d\"";
        entry.fault(
            format!("`{}` cannot be `{text}`", entry.name()),
            Some(hint.to_owned()),
        );
    }
    seconds
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_are_read_as_people_write_them() {
        let rows = [
            ("90d", Some(7_776_000)),
            ("24h", Some(86_400)),
            ("30m", Some(1_800)),
            ("45s", Some(45)),
            ("0s", Some(0)),
            ("", None),
            ("d", None),
            ("90", None),
            ("-1d", None),
            ("1.5h", None),
            ("90 d", None),
            ("99999999d", None),
            ("3é", None),
        ];
        for (text, expected) in rows {
            assert_eq!(seconds(text), expected, "{text}");
        }
    }
}
