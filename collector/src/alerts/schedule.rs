//! When to try again: the example schedule of Standard Webhooks, ten attempts in three days, with jitter.

use jiff::{SignedDuration, Timestamp};

const MINUTE: i64 = 60;
const HOUR: i64 = 60 * MINUTE;

/// Seconds from each failed attempt to the next.
const PAUSES: [i64; 9] = [
    5,
    5 * MINUTE,
    30 * MINUTE,
    2 * HOUR,
    5 * HOUR,
    10 * HOUR,
    14 * HOUR,
    20 * HOUR,
    24 * HOUR,
];

/// So much longer a pause may be, so that those who failed together do not come back together.
const JITTER: f64 = 0.2;

/// A receiver that asks for more patience than this is not believed.
const LONGEST_ASKED: SignedDuration = SignedDuration::from_hours(24);

/// No attempt lies farther ahead; one that seems to was planned by a clock that has since been set back.
pub(super) const LONGEST: SignedDuration = SignedDuration::from_hours(30);

/// The moment of the next attempt after so many that failed, or `None` when it is given up.
///
/// `luck` is from 0 to 1; `asked` is what the receiver wants to be left alone for.
pub(super) fn next(
    failed: u32,
    now: Timestamp,
    luck: f64,
    asked: Option<SignedDuration>,
) -> Option<Timestamp> {
    let pause = PAUSES.get(usize::try_from(failed).ok()?.checked_sub(1)?)?;
    let pause = SignedDuration::from_secs_f64(*pause as f64 * (1.0 + JITTER * luck));
    let asked = asked.unwrap_or_default().min(LONGEST_ASKED);
    now.checked_add(pause.max(asked)).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pause(failed: u32, luck: f64, asked: Option<i64>) -> Option<i64> {
        let asked = asked.map(SignedDuration::from_secs);
        let next = next(failed, Timestamp::UNIX_EPOCH, luck, asked)?;
        Some(next.as_second())
    }

    #[test]
    fn pauses_grow_and_end() {
        let pauses: Vec<_> = (1..=10).map(|failed| pause(failed, 0.0, None)).collect();
        let hours = |hours: i64| Some(hours * 3_600);
        let expected = [
            Some(5),
            Some(300),
            Some(1_800),
            hours(2),
            hours(5),
            hours(10),
            hours(14),
            hours(20),
            hours(24),
            None,
        ];
        assert_eq!(pauses, expected);
        let longest = SignedDuration::from_secs(pause(9, 1.0, None).expect("one more"));
        assert!(longest < LONGEST);
    }

    #[test]
    fn luck_makes_them_longer_and_a_receiver_can_ask_for_more() {
        assert_eq!(pause(2, 1.0, None), Some(360));
        assert_eq!(pause(1, 0.0, Some(90)), Some(90));
        assert_eq!(pause(2, 0.0, Some(90)), Some(300));
        assert_eq!(pause(1, 0.0, Some(1_000_000)), Some(86_400));
    }
}
