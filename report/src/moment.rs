//! Moments as microseconds since 1970: what lines are compared, ordered and counted by.

use jiff::Timestamp;

/// Reads RFC 3339; the form the collector writes takes a short cut.
pub(crate) fn microseconds(text: &str) -> Option<i64> {
    collectors_own(text.as_bytes())
        .or_else(|| Some(text.parse::<Timestamp>().ok()?.as_microsecond()))
}

/// `2026-11-21T10:00:00.123Z` and nothing else.
fn collectors_own(text: &[u8]) -> Option<i64> {
    let &[
        y1,
        y2,
        y3,
        y4,
        b'-',
        m1,
        m2,
        b'-',
        d1,
        d2,
        b'T',
        h1,
        h2,
        b':',
        n1,
        n2,
        b':',
        s1,
        s2,
        b'.',
        f1,
        f2,
        f3,
        b'Z',
    ] = text
    else {
        return None;
    };
    let year = digits(&[y1, y2, y3, y4])?;
    let (month, day) = (digits(&[m1, m2])?, digits(&[d1, d2])?);
    let (hour, minute, second) = (digits(&[h1, h2])?, digits(&[n1, n2])?, digits(&[s1, s2])?);
    let usual = year >= 1970
        && (1..=12).contains(&month)
        // The last days of months are left to the library.
        && (1..=28).contains(&day)
        && hour < 24
        && minute < 60
        && second < 60;
    let seconds = (days_since_1970(year, month, day) * 24 + hour) * 3_600 + minute * 60 + second;
    usual.then_some(seconds * 1_000_000 + digits(&[f1, f2, f3])? * 1_000)
}

fn digits(text: &[u8]) -> Option<i64> {
    text.iter().try_fold(0, |number, byte| {
        byte.is_ascii_digit()
            .then(|| number * 10 + i64::from(byte - b'0'))
    })
}

/// Howard Hinnant's `days_from_civil`, <https://howardhinnant.github.io/date_algorithms.html>.
fn days_since_1970(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let (era, year_of_era) = (year / 400, year % 400);
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    era * 146_097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - 719_468
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_is_no_moment_is_none() {
        for text in [
            "",
            "yesterday",
            "2026-02-30T10:00:00.000Z",
            "2026-11-21T24:00:00.000Z",
            "2026-11-21T10:60:00.000Z",
            "2026-13-01T10:00:00.000Z",
            "2026-11-21T10:00:0x.000Z",
        ] {
            assert_eq!(microseconds(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn the_short_cut_leads_where_the_library_does(milliseconds in 0_i64..7_000_000_000_000) {
            let moment = Timestamp::from_millisecond(milliseconds).unwrap();
            let text = format!("{moment:.3}");
            prop_assert_eq!(microseconds(&text), Some(moment.as_microsecond()), "{}", text);
        }
    }
}
